"""Looks at a comment or chat message again, as far as a token may read it."""

from collections.abc import Mapping, Sequence
from typing import Any

from moderator_app.domain.errors import Refused
from moderator_app.domain.ports import Sighting, SightingState
from moderator_app.sources.vk import errors
from moderator_app.sources.vk.convert import message_of
from moderator_app.sources.vk.fields import number, record, records
from moderator_app.sources.vk.means import Means
from moderator_app.sources.vk.places import Kind, Place

_GONE = Sighting(SightingState.GONE)
_UNKNOWN = Sighting(SightingState.UNKNOWN)
_LISTS = {
    Kind.PHOTO: ("photos.getComments", "photo_id"),
    Kind.VIDEO: ("video.getComments", "video_id"),
    Kind.MARKET: ("market.getComments", "item_id"),
}


class Looking:
    def __init__(self, means: Means, group: int) -> None:
        self._means, self._group = means, group

    async def look(self, place: Place) -> Sighting:
        """UNKNOWN where no token may read it. Raises TryLater and SignInNeeded."""
        method, _ = self._question(place)
        if not self._means.can(method):
            return _UNKNOWN
        try:
            found = await self.read(place)
        except Refused as error:
            return _GONE if self._tells_gone(error, place) else _UNKNOWN
        return self._sighting(place, found)

    def _sighting(self, place: Place, found: Mapping[str, Any] | None) -> Sighting:
        if found is None or is_deleted(found):
            return _GONE
        message = message_of(place, found, self._group, {})
        return Sighting(SightingState.PRESENT, message.text, message.edited)

    async def look_in_chat(self, places: Sequence[Place]) -> list[Sighting]:
        """At messages of one chat, in one request. Raises as `look`."""
        cmids = [place.id for place in places]
        method = "messages.getByConversationMessageId"
        if not self._means.can(method):
            return [_UNKNOWN] * len(places)
        try:
            answer = await self._means.ask(method, peer_id=places[0].peer, conversation_message_ids=cmids)
        except Refused:
            return [_UNKNOWN] * len(places)
        shown = {number(each.get("conversation_message_id")): each for each in records(record(answer).get("items"))}
        return [self._sighting(place, shown.get(place.id)) for place in places]

    async def read(self, place: Place) -> Mapping[str, Any] | None:
        """As VK shows it; None where it is gone. Raises Refused, TryLater and SignInNeeded."""
        method, values = self._question(place)
        answer = await self._means.ask(method, **values)
        listed = records(record(answer).get("items") if isinstance(answer, dict) else answer)
        found = next((each for each in listed if self._is(each, place)), None)
        return None if found is None or is_deleted(found) else found

    def _question(self, place: Place) -> tuple[str, dict[str, Any]]:
        if place.kind is Kind.CHAT:
            values: dict[str, Any] = {"peer_id": place.peer, "conversation_message_ids": [place.id]}
            return "messages.getByConversationMessageId", values
        if place.kind is Kind.WALL:
            return "wall.getComment", {"owner_id": -self._group, "comment_id": place.id}
        first = {"start_comment_id": place.id, "count": 1, "sort": "asc"}
        if place.kind is Kind.TOPIC:
            return "board.getComments", {"group_id": self._group, "topic_id": place.thing, **first}
        method, name = _LISTS[place.kind]
        return method, {"owner_id": -self._group, name: place.thing, **first}

    def _tells_gone(self, error: Refused, place: Place) -> bool:
        """To a manager of the community, who may see all, VK refuses what is not there."""
        code = errors.code_of(error)
        return place.kind is Kind.WALL and self._means.is_manager and (code in errors.NO_RIGHT or code == 100)

    @staticmethod
    def _is(shown: Mapping[str, Any], place: Place) -> bool:
        name = "conversation_message_id" if place.kind is Kind.CHAT else "id"
        return number(shown.get(name)) == place.id


def is_deleted(shown: Mapping[str, Any]) -> bool:
    """Comments with answers and chat messages may still be shown, without what they said."""
    return number(shown.get("deleted")) == 1
