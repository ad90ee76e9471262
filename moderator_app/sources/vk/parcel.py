"""Turns a batch of raw events into what is delivered; an event that cannot be read costs no other one."""

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.message import AuthorKey, Join, Message, Platform
from moderator_app.domain.ports import Delivery, Penalty, Removal
from moderator_app.sources.vk.convert import chat_place, comment_place, message_of, people_in
from moderator_app.sources.vk.fields import moment, number, record, text
from moderator_app.sources.vk.people import Known, author
from moderator_app.sources.vk.places import CHATS, Kind, Place, community_key
from moderator_app.sources.vk.state import Progress

log = logging.getLogger(__name__)

_COMMENTS = {
    "wall_reply": Kind.WALL,
    "photo_comment": Kind.PHOTO,
    "video_comment": Kind.VIDEO,
    "market_comment": Kind.MARKET,
    "board_post": Kind.TOPIC,
}
COMMENT_EVENTS = tuple(f"{name}_{what}" for name in _COMMENTS for what in ("new", "edit", "delete", "restore"))
_CHAT_EVENTS = ("message_new", "message_edit", "message_reply")
_PEOPLE_EVENTS = ("group_join", "group_leave", "user_block", "user_unblock", "group_officers_edit")
# What a community has to tell for everything to work.
WANTED_EVENTS = (*COMMENT_EVENTS, *_CHAT_EVENTS, *_PEOPLE_EVENTS)
OFFICERS = "group_officers_edit"

_CAME_IN = {
    "chat_invite_user": "invite",
    "chat_invite_user_by_link": "link",
    "chat_invite_user_by_message_request": "request",
}
_NOT_YET_IN = frozenset({"request", "unsure"})


class Parcel:
    """`known` are the people of the events; `now` is when they came; `progress` is brought up to them."""

    def __init__(self, group: int, known: Known, now: datetime, progress: Progress) -> None:
        self._group, self._known, self._now, self._progress = group, known, now, progress
        self._place = community_key(group)
        self._messages: list[Message] = []
        self._joins: list[Join] = []
        self._removals: list[Removal] = []
        self._penalties: list[Penalty] = []

    def add(self, update: Any) -> None:
        """One event as it came. What was met before, and what cannot be read, adds nothing."""
        try:
            found = record(update)
            if self._progress.is_news(text(found.get("event_id"))):
                self._take(text(found.get("type")), record(found.get("object")))
        except Exception:
            # Neither its text nor its people belong into the log.
            log.exception("an event of VK could not be read")

    def show(self, place: Place, shown: Mapping[str, Any], *, edited: bool = False) -> None:
        """A comment or message that was found by reading."""
        when = self._now if edited else None
        self._messages.append(message_of(place, shown, self._group, self._known, when))

    def miss(self, place: Place) -> None:
        """A stored message that is not there any more; by whom it was deleted nobody tells."""
        self._remove(place, None)

    def delivery(self, cursor: str) -> Delivery:
        return Delivery(
            tuple(self._messages), tuple(self._joins), cursor=cursor, removals=tuple(self._removals),
            penalties=tuple(self._penalties),
        )  # fmt: skip

    def _take(self, event: str, thing: Mapping[str, Any]) -> None:
        name, _, what = event.rpartition("_")
        if name in _COMMENTS:
            self._take_comment(_COMMENTS[name], what, thing)
        elif event in _CHAT_EVENTS:
            self._take_chat(event, record(thing.get("message")) or thing)
        elif event == "group_join":
            self._join(thing)
        elif event in ("user_block", "user_unblock"):
            kind = ActionKind.BAN if event == "user_block" else ActionKind.UNBAN
            self._punish(kind, number(thing.get("user_id")), number(thing.get("admin_id")))

    def _take_comment(self, kind: Kind, what: str, comment: Mapping[str, Any]) -> None:
        place = comment_place(kind, comment)
        if place is None:
            return
        gone = self._progress.gone
        if what == "delete":
            by = number(comment.get("deleter_id")) or number(comment.get("user_id"))
            self._remove(place, by)
            gone.add(place.message)
            return
        if what == "restore":
            gone.drop(place.message)
            if number(comment.get("from_id")) is None:
                return
        self._write(place, comment, edited=what == "edit")
        if place.message in gone:
            # The deletion came before what was deleted.
            self._remove(place, None)

    def _take_chat(self, event: str, message: Mapping[str, Any]) -> None:
        place = chat_place(message)
        if place is None:
            return
        action = record(message.get("action"))
        if action:
            self._take_action(action, message)
        else:
            self._write(place, message, edited=event == "message_edit")

    def _write(self, place: Place, shown: Mapping[str, Any], *, edited: bool) -> None:
        # VK does not say when a comment was edited.
        when = self._now if edited else None
        self._messages.append(message_of(place, shown, self._group, self._known, when))
        if place.thread:
            self._progress.threads.add(place.thread)

    def _remove(self, place: Place, by: int | None) -> None:
        who = author(by, self._known) if by else None
        self._removals.append(Removal(place.key(self._group), who, self._now))

    def _take_action(self, action: Mapping[str, Any], message: Mapping[str, Any]) -> None:
        kind, member = text(action.get("type")), number(action.get("member_id"))
        by = number(message.get("from_id"))
        if kind in _CAME_IN:
            who = member or by
            if who:
                date = moment(message.get("date")) or self._now
                self._joins.append(Join(self._place, author(who, self._known), date, _CAME_IN[kind]))
        elif kind == "chat_kick_user" and member and by and member != by and by != -self._group:
            self._punish(ActionKind.KICK, member, by)

    def _join(self, thing: Mapping[str, Any]) -> None:
        who, how = number(thing.get("user_id")), text(thing.get("join_type"))
        if who and how not in _NOT_YET_IN:
            self._joins.append(Join(self._place, author(who, self._known), self._now, how or "join"))

    def _punish(self, kind: ActionKind, who: int | None, by: int | None) -> None:
        if who:
            punished = AuthorKey(Platform.VK, str(who))
            by_whom = author(by, self._known) if by else None
            self._penalties.append(Penalty(self._place, punished, kind, by_whom, self._now))


def people_of(updates: Sequence[Any]) -> set[int]:
    """Everybody whose name the events want."""
    ids: set[int] = set()
    for update in updates:
        thing = record(record(update).get("object"))
        message = record(thing.get("message")) or thing
        named = (message.get("from_id"), *(thing.get(name) for name in ("user_id", "admin_id", "deleter_id")))
        ids |= {id for id in map(number, named) if id}
        ids |= people_in(message)
        if member := number(record(message.get("action")).get("member_id")):
            ids.add(member)
    return {id for id in ids if abs(id) < CHATS}


def tells(updates: Sequence[Any], kinds: Collection[str]) -> bool:
    return any(text(record(update).get("type")) in kinds for update in updates)
