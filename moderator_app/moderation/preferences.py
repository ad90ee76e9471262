"""What can be set: the machine's settings, the policies and the admins' lists, each under a dotted key."""

import asyncio
import logging
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from moderator_app import settings
from moderator_app.domain import list_entries, policy_keys
from moderator_app.domain.errors import ModeratorError, Refused
from moderator_app.domain.ids import bare
from moderator_app.domain.lists import ListKind, StopWord
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.moderation.changes import INTERVAL_SECONDS
from moderator_app.moderation.lists import ListKeeping
from moderator_app.moderation.policies import PolicyKeeping
from moderator_app.setting_values import Value
from moderator_app.settings import Settings

log = logging.getLogger(__name__)

LISTS = {f"lists.{kind}": kind for kind in ListKind}
COMMUNITIES = "communities"
# Takes a value of one's own back, so that the common one holds.
DEFAULT = "default"


class Preferences:
    """The settings in force. Listeners are called with every new value."""

    def __init__(self, path: Path, lists: ListKeeping, policies: PolicyKeeping) -> None:
        """Raises Unreadable when the file holds something wrong."""
        self._path = path
        self._lists = lists
        self._policies = policies
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
        """Every setting and list under its key, and what communities have of their own."""
        lists, policies = await self._lists.read(), await self._policies.read()
        communities = {
            f"{COMMUNITIES}.{scope.platform}:{scope.community}.{key}": value
            for scope, values in policies.own.items()
            if scope is not None
            for key, value in values.items()
        }
        return {
            **settings.show(self._current),
            **{f"lists.{kind}": list(list_entries.entries(lists, kind)) for kind in list_entries.LINES},
            "lists.stop_words": [str(word) for word in lists.stop_words],
            **policy_keys.show(policies.policy(None)),
            **communities,
        }

    async def set_any(self, key: str, text: str) -> bool:
        """Set a setting, a value of a policy, or a whole list from comma-separated entries. Raises Refused.

        Returns whether messages are judged otherwise from now on.
        """
        group = key.partition(".")[0]
        if group in (COMMUNITIES, *policy_keys.GROUPS) and key not in settings.show(self._current):
            await self._set_policy(key, text)
        elif group == "lists":
            await self._set_list(key, text)
        else:
            self._set_of_machine(key, text)
            return False
        return True

    def _set_of_machine(self, key: str, text: str) -> None:
        try:
            self.set(key, text)
        except Refused as error:
            if error.text_id != "settings.unknown_key":
                raise
            others = [f"{group}.*" if group != "mute_seconds" else group for group in policy_keys.GROUPS]
            known = ", ".join([str(error.parameters["known"]), *LISTS, *others, f"{COMMUNITIES}.*"])
            raise Refused(error.text_id, key=key, known=known) from None

    async def _set_policy(self, key: str, text: str) -> None:
        scope, rest = _scope(key)
        try:
            if text.strip() in ("", DEFAULT):
                policy_keys.setting_of(rest)
                await self._policies.change({scope: {rest: None}})
            else:
                await self._policies.change({scope: {rest: policy_keys.parse(rest, text)}})
        except Refused as error:
            # As it was given, with the community.
            if error.parameters.get("key") != rest:
                raise
            raise Refused(error.text_id, **{**error.parameters, "key": key}) from None

    async def _set_list(self, key: str, text: str) -> None:
        kind = LISTS.get(key)
        if kind is None:
            raise Refused("settings.unknown_key", key=key, known=", ".join(LISTS))
        entries = list_entries.split(text)
        if kind is ListKind.STOP_WORDS:
            stored = (await self._lists.read()).stop_words
            await self._lists.set_stop_words(_stop_words(entries, stored))
        else:
            await self._lists.set_lines(kind, entries)


def _scope(key: str) -> tuple[CommunityKey | None, str]:
    """The community that a key names, if any, and the key within its policy."""
    if key.partition(".")[0] != COMMUNITIES:
        return None, key
    found = _OF_COMMUNITY.fullmatch(key)
    if found is None:
        raise Refused("settings.community", key=key[:100])
    platform = Platform(found[1])
    return CommunityKey(platform, bare(found[2], platform)), found[3]


_OF_COMMUNITY = re.compile(rf"{COMMUNITIES}\.(telegram|vk):(-?[0-9]{{1,19}})\.(.+)", re.ASCII)


def _stop_words(entries: Sequence[str], stored: Sequence[StopWord]) -> list[StopWord]:
    """What stands already keeps its label and community, and its kind where the entry names none."""
    known: defaultdict[str, list[StopWord]] = defaultdict(list)
    for word in stored:
        known[word.text].append(word)
    return [word for entry in entries for word in _stop_word(entry, known)]


def _stop_word(entry: str, known: Mapping[str, Sequence[StopWord]]) -> Sequence[StopWord]:
    written = StopWord.parse(entry)
    if not written.text:
        raise Refused("lists.kind_alone", entry=entry)
    same = known.get(written.text, ())
    alike = [word for word in same if word.kind is written.kind]
    if alike or not same:
        return alike or [written]
    return same if written.text == entry else [replace(same[0], kind=written.kind)]
