"""What can be set: the machine's settings and the admins' lists, each under a dotted key."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from moderator_app import settings
from moderator_app.domain.errors import ModeratorError, Refused
from moderator_app.domain.lists import ListKind, StopWord
from moderator_app.domain.message import AuthorKey
from moderator_app.moderation.changes import INTERVAL_SECONDS
from moderator_app.moderation.lists import ListKeeping
from moderator_app.setting_values import Value
from moderator_app.settings import Settings

log = logging.getLogger(__name__)

LISTS = {f"lists.{kind}": kind for kind in (ListKind.WHITELIST, ListKind.BLACKLIST, ListKind.STOP_WORDS)}


class Preferences:
    """The settings in force. Listeners are called with every new value."""

    def __init__(self, path: Path, lists: ListKeeping) -> None:
        """Raises Unreadable when the file holds something wrong."""
        self._path = path
        self._lists = lists
        # Before the file is read: what is written meanwhile is found to be newer.
        self._seen = self._changed_at()
        self._current = settings.load(path)
        self._listeners: list[Callable[[Settings], None]] = []

    @property
    def current(self) -> Settings:
        return self._current

    def subscribe(self, listener: Callable[[Settings], None]) -> None:
        self._listeners.append(listener)

    def set(self, key: str, text: str) -> None:
        """Set one of the machine's settings and keep it. Raises Refused for an unknown key or a wrong value."""
        # A command beside the window may have set another one meanwhile.
        changed = settings.with_value(settings.load(self._path), key, text)
        settings.save(changed, self._path)
        self._take(changed)

    def refresh(self) -> None:
        """Take over what another process has set. Raises Unreadable."""
        self._take(settings.load(self._path))

    async def watch(self) -> None:
        """Take over what a command beside the window sets, for ever."""
        while True:
            await asyncio.sleep(INTERVAL_SECONDS)
            newest = self._changed_at()
            if newest == self._seen:
                continue
            self._seen = newest
            try:
                self.refresh()
            except ModeratorError as error:
                # Somebody is writing the file by hand; what was in force stays so.
                log.warning("settings not taken over: %s", error)

    def _changed_at(self) -> int:
        try:
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0

    def _take(self, changed: Settings) -> None:
        if changed != self._current:
            self._current = changed
            for listener in self._listeners:
                listener(changed)

    async def show(self) -> dict[str, Value | list[str]]:
        """Every setting and list under its key."""
        lists = await self._lists.read()
        return {
            **settings.show(self._current),
            "lists.whitelist": sorted(map(str, lists.whitelist)),
            "lists.blacklist": sorted(map(str, lists.blacklist)),
            "lists.stop_words": [str(word) for word in lists.stop_words],
        }

    async def set_any(self, key: str, text: str) -> None:
        """Set a setting, or a whole list from comma-separated entries. Raises Refused."""
        kind = LISTS.get(key)
        entries = [entry.strip() for entry in text.split(",") if entry.strip()]
        if kind is None:
            self.set(key, text)
        elif kind is ListKind.STOP_WORDS:
            known = {word.text: word for word in (await self._lists.read()).stop_words}
            await self._lists.set_stop_words([_stop_word(entry, known) for entry in entries])
        else:
            await self._lists.set_authors(kind, [_author(entry) for entry in entries])


def _stop_word(entry: str, known: Mapping[str, StopWord]) -> StopWord:
    """What stands already keeps its label and community, and its kind where the entry names none."""
    written = StopWord.parse(entry)
    stored = known.get(written.text)
    if stored is None:
        return written
    return stored if written.text == entry else replace(stored, kind=written.kind)


def _author(entry: str) -> AuthorKey:
    try:
        return AuthorKey.parse(entry)
    except ValueError:
        raise Refused("lists.author", entry=entry[:60]) from None
