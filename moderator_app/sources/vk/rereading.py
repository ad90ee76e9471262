"""Reads stored messages again after a time without events: what was edited or deleted meanwhile is told by nothing."""

import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from moderator_app.domain.errors import Refused, TryThisLater
from moderator_app.domain.ports import SightingState
from moderator_app.sources.vk.convert import message_of
from moderator_app.sources.vk.fields import number, record, records
from moderator_app.sources.vk.looking import Looking, is_deleted
from moderator_app.sources.vk.means import Means
from moderator_app.sources.vk.places import Kind, Place
from moderator_app.sources.vk.reading import Found, Reading

log = logging.getLogger(__name__)

# As many as VK takes in one question.
_MOST_TOGETHER = 100
# Of a post whose comments do not all fit into what is read, so many are asked for one by one.
_MOST_ALONE = 50


@dataclass(slots=True)
class Changes:
    """What became of messages of one post, photo or chat: `edited` as it reads now, and what is `gone`."""

    edited: list[Found] = field(default_factory=list)
    gone: list[Place] = field(default_factory=list)
    answers: list[Mapping[str, Any]] = field(default_factory=list)


class Rereading:
    """`texts` are those that are stored, by where the message stands."""

    def __init__(self, means: Means, group: int, reading: Reading, texts: Mapping[Place, str]) -> None:
        self._means, self._group, self._reading, self._texts = means, group, reading, texts
        self._looking = Looking(means, group)

    async def changes(self) -> AsyncIterator[Changes]:
        """Nothing of what no token may read. Raises TryLater and SignInNeeded."""
        for (kind, thing), places in _by_thing(self._texts).items():
            try:
                changes = await (self._in_chat(places) if kind is Kind.CHAT else self._under(kind, thing, places))
            except (Refused, TryThisLater) as error:
                log.info("%s %s cannot be read again: %s", kind or "post", thing, error)
                continue
            if changes.edited or changes.gone:
                yield changes

    async def _in_chat(self, places: Sequence[Place]) -> Changes:
        changes = Changes()
        shown: dict[int, Mapping[str, Any]] = {}
        for start in range(0, len(places), _MOST_TOGETHER):
            cmids = [place.id for place in places[start : start + _MOST_TOGETHER]]
            answer = record(
                await self._means.ask(
                    "messages.getByConversationMessageId", peer_id=places[0].peer, conversation_message_ids=cmids,
                    extended=True,
                )
            )  # fmt: skip
            changes.answers.append(answer)
            shown |= {number(each.get("conversation_message_id")) or 0: each for each in records(answer.get("items"))}
        if not shown:
            # Nothing at all is shown where the community may not read, too.
            return changes
        self._compare(places, shown, changes)
        changes.gone = [place for place in places if place.id not in shown or is_deleted(shown[place.id])]
        return changes

    async def _under(self, kind: Kind, thing: int, places: Sequence[Place]) -> Changes:
        changes, shown = Changes(), dict[int, Mapping[str, Any]]()
        self._reading.cut = False
        async for found, answer in self._reading.under(kind, thing):
            shown |= {place.id: each for place, each in found}
            changes.answers.append(answer)
        self._compare(places, shown, changes)
        changes.gone = [place for place in places if place.id in shown and is_deleted(shown[place.id])]
        missing = [place for place in places if place.id not in shown]
        changes.gone += await self._gone(missing) if self._reading.cut else missing
        return changes

    async def _gone(self, missing: Sequence[Place]) -> list[Place]:
        """Of what was not met among as much as is read."""
        looked = [(place, await self._looking.look(place)) for place in missing[:_MOST_ALONE]]
        return [place for place, sight in looked if sight.state is SightingState.GONE]

    def _compare(self, places: Sequence[Place], shown: Mapping[int, Mapping[str, Any]], changes: Changes) -> None:
        there = [(place, shown[place.id]) for place in places if place.id in shown and not is_deleted(shown[place.id])]
        changes.edited = [
            (place, each)
            for place, each in there
            if message_of(place, each, self._group, {}).text != self._texts[place]
        ]


def _by_thing(places: Iterable[Place]) -> dict[tuple[Kind, int], list[Place]]:
    """Of what is commented on, where that is known."""
    found: defaultdict[tuple[Kind, int], list[Place]] = defaultdict(list)
    for place in places:
        if place.thing:
            found[place.kind, place.thing].append(place)
    return found
