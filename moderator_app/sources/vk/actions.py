"""Carries orders out with the tokens of a community, so that a repeated one has its effect once."""

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.errors import AnswerNeeded, ModeratorError, Refused
from moderator_app.domain.message import AuthorKey, MessageKey, Platform
from moderator_app.domain.ports import Archive, Sighting, SightingState
from moderator_app.sources.vk import errors
from moderator_app.sources.vk.attachments import picture_of
from moderator_app.sources.vk.bans import Bans
from moderator_app.sources.vk.convert import attached
from moderator_app.sources.vk.fields import number, record, records
from moderator_app.sources.vk.looking import Looking
from moderator_app.sources.vk.means import Means, method_for
from moderator_app.sources.vk.places import Kind, Place, community_key, place_of
from moderator_app.sources.vk.questions import Questions
from moderator_app.sources.vk.warning import warning

# Of one chat, in one request.
_MOST_TOGETHER = 100
# Refusals behind which the thing may be gone: it is looked for.
_LEAST_PIXELS = 300
_PERHAPS_GONE = errors.NO_RIGHT | {100}


class Actions:
    """Raises Refused, TryLater, SignInNeeded and AnswerNeeded. `gap` seconds lie between two writes."""

    def __init__(
        self, means: Means, group: int, archive: Archive, bans: Bans, questions: Questions, gap: Callable[[], float]
    ) -> None:
        self._means, self._group, self._archive = means, group, archive
        self._bans, self._questions, self._gap = bans, questions, gap
        self._looking = Looking(means, group)

    async def look(self, key: MessageKey) -> Sighting:
        return await self._looking.look(await self._place(key))

    async def look_many(self, keys: Sequence[MessageKey]) -> list[Sighting]:
        """At messages of one chat."""
        return await self._looking.look_in_chat([await self._place(key) for key in keys])

    async def picture(self, key: MessageKey, index: int) -> str:
        """The address of a small picture of an attachment; "" where there is none. Raises as `look`, and Refused."""
        found = await self._looking.read(await self._place(key))
        parts = attached(found) if found is not None else []
        return picture_of(parts[index], _LEAST_PIXELS) if index < len(parts) else ""

    async def perform(self, order: Order) -> None:
        """See `domain.ports.Source.perform`."""
        self._questions.raise_if_open([order.action])
        if order.kind.on_author and order.kind is not ActionKind.WARN and order.author == f"-{self._group}":
            raise Refused("vk.own_community")
        place = await self._place(order.message)
        if method_for(order.kind, place.kind) is None:
            raise Refused("right.not_here")
        try:
            await self._carry_out(order, place)
        except AnswerNeeded as error:
            self._questions.stop([order.action], error)
            raise
        except Refused as error:
            if errors.code_of(error) not in errors.ALREADY_SO:
                raise
        self._questions.settle()

    async def delete_many(self, orders: Sequence[Order]) -> list[ModeratorError | None]:
        """Messages of one chat; see `domain.ports.BulkSource.delete_many`."""
        actions = [order.action for order in orders]
        self._questions.raise_if_open(actions)
        places = [await self._place(order.message) for order in orders]
        try:
            found = await self._delete_in_chat(actions, places)
        except AnswerNeeded as error:
            self._questions.stop(actions, error)
            raise
        self._questions.settle()
        return [None if error and errors.code_of(error) in errors.ALREADY_SO else error for error in found]

    def _carry_out(self, order: Order, place: Place) -> Awaitable[Any]:
        match order.kind:
            case ActionKind.DELETE:
                return self._delete(order, place)
            case ActionKind.RESTORE:
                return self._restore(order, place)
            case ActionKind.BAN:
                return self._ban(order)
            case ActionKind.UNBAN:
                return self._write(order, "groups.unban", group_id=self._group, owner_id=int(order.author))
            case ActionKind.KICK:
                return self._kick(order, place)
            case ActionKind.DELETE_ALL:
                return self._delete_all(order)
            case ActionKind.WARN:
                method, values = warning(order, place, self._group)
                return self._write(order, method, **values)
        post = {"owner_id": -self._group, "post_id": _known_post(place)}
        return self._write(order, method_for(order.kind, place.kind) or "", **post)

    async def _delete(self, order: Order, place: Place) -> None:
        if place.kind is Kind.CHAT:
            _raise_first(await self._delete_in_chat([order.action], [place]))
            return
        try:
            await self._write(order, method_for(ActionKind.DELETE, place.kind) or "", **self._named(place))
        except Refused as error:
            if errors.code_of(error) not in _PERHAPS_GONE or not await self._is_gone(place):
                raise

    async def _delete_in_chat(self, actions: Sequence[int], places: Sequence[Place]) -> list[ModeratorError | None]:
        """For everybody, in one chat. What VK refuses stands inside its answer, for each message."""
        cmids = [place.id for place in places]
        answer = await self._send(actions, "messages.delete", peer_id=places[0].peer, cmids=cmids, delete_for_all=True)
        if not isinstance(answer, list):
            return [None] * len(places)
        told = _by_message(answer, cmids)
        refused = [place for place in places if (each := told.get(place.id)) and number(each.get("response")) != 1]
        there = await self._present(refused)
        return [_error_in(told[place.id]) if place in there else None for place in places]

    async def _present(self, places: Sequence[Place]) -> list[Place]:
        """Those of one chat that are not known to be gone."""
        if not places:
            return []
        try:
            seen = await self._looking.look_in_chat(places)
        except ModeratorError:
            return list(places)
        return [place for place, sight in zip(places, seen, strict=True) if sight.state is not SightingState.GONE]

    async def _restore(self, order: Order, place: Place) -> None:
        try:
            done = await self._write(order, method_for(ActionKind.RESTORE, place.kind) or "", **self._named(place))
        except Refused as error:
            if errors.code_of(error) in errors.NO_RIGHT and self._means.is_manager:
                raise Refused("vk.too_late") from error
            raise
        if number(done) == 0:
            raise Refused("vk.too_late")

    async def _ban(self, order: Order) -> None:
        until = None if order.length is None else datetime.now(UTC) + timedelta(seconds=order.length)
        if await self._bans.stands(self._means, self._group, order, until):
            return
        await self._bans.take_one()
        await self._write(order, "groups.ban", **self._bans.values(self._group, order, until))

    async def _kick(self, order: Order, place: Place) -> None:
        if place.kind is Kind.CHAT:
            await self._write(order, "messages.removeChatUser", chat_id=place.thing, member_id=int(order.author))
        else:
            await self._write(order, "groups.removeUser", group_id=self._group, user_id=int(order.author))

    async def _delete_all(self, order: Order) -> None:
        """What the console knows of the author there, of the last `length` seconds if it is given.

        What cannot be deleted costs nothing else; the first reason is raised in the end.
        """
        since = datetime.now(UTC) - timedelta(seconds=order.length) if order.length else None
        who = AuthorKey(Platform.VK, order.author)
        places = [
            await self._place(key) for key in await self._archive.by_author(community_key(self._group), who, since)
        ]
        refused: list[Refused] = []
        for some in _together(places):
            try:
                if some[0].kind is Kind.CHAT:
                    _raise_first(await self._delete_in_chat([order.action], some))
                else:
                    await self._delete(order, some[0])
            except Refused as error:
                refused.append(error)
            await asyncio.sleep(self._gap())
        if refused:
            raise refused[0]

    async def _write(self, order: Order, method: str, /, **values: Any) -> Any:
        return await self._send([order.action], method, **values)

    async def _send(self, actions: Sequence[int], method: str, /, **values: Any) -> Any:
        # Actions at even distances look like a machine's.
        await asyncio.sleep(random.uniform(0, 0.3) * self._gap())
        return await self._means.call(method, **values, **self._questions.values(actions))

    async def _is_gone(self, place: Place) -> bool:
        try:
            return (await self._looking.look(place)).state is SightingState.GONE
        except ModeratorError:
            return False

    async def _place(self, key: MessageKey) -> Place:
        place = place_of(key.message)
        if place is None:
            raise Refused("vk.no_message")
        if place.kind is not Kind.WALL:
            return place
        return place_of(key.message, await self._archive.thread(key)) or place

    def _named(self, place: Place) -> dict[str, int]:
        """The parameters by which a comment is named."""
        if place.kind is Kind.TOPIC:
            return {"group_id": self._group, "topic_id": place.thing, "comment_id": place.id}
        return {"owner_id": -self._group, "comment_id": place.id}


def _by_message(answer: list[Any], cmids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
    """What VK says of each message; of those that it does not name, in the order in which they were asked for."""
    listed = list(records(answer))
    named = {id: each for each in listed if (id := number(each.get("conversation_message_id")))}
    return named or dict(zip(cmids, listed, strict=False))


def _error_in(told: Mapping[str, Any]) -> ModeratorError:
    error = record(told.get("error"))
    return errors.answered({"error_code": error.get("code"), "error_msg": error.get("description")})


def _raise_first(found: Sequence[ModeratorError | None]) -> None:
    for error in found:
        if error is not None:
            raise error


def _known_post(place: Place) -> int:
    if not place.thing:
        raise Refused("vk.post_unknown")
    return place.thing


def _together(places: list[Place]) -> list[list[Place]]:
    """Chat messages of one chat go in one request, comments alone."""
    parts: list[list[Place]] = [[place] for place in places if place.kind is not Kind.CHAT]
    chats: dict[int, list[Place]] = {}
    for place in places:
        if place.kind is Kind.CHAT:
            chats.setdefault(place.thing, []).append(place)
    for listed in chats.values():
        parts += [listed[start : start + _MOST_TOGETHER] for start in range(0, len(listed), _MOST_TOGETHER)]
    return parts
