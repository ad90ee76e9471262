"""Reads what was written within a period, where a token allows it: the events of that time are lost."""

import logging
from collections.abc import AsyncIterator, Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from moderator_app.domain.errors import Refused, TryThisLater
from moderator_app.sources.vk.convert import chat_place, comment_place
from moderator_app.sources.vk.fields import moment, number, record, records
from moderator_app.sources.vk.means import Means
from moderator_app.sources.vk.places import CHATS, Kind, Place, place_of

log = logging.getLogger(__name__)

Found = tuple[Place, Mapping[str, Any]]
# Comments of one answer, with those who wrote them.
Page = tuple[list[Found], Mapping[str, Any]]

_PAGE = 100
_MOST_PAGES = 20
_THREAD = 10
# New comments come under these, and under the posts of which some came lately.
_MOST_POSTS = 100
_MOST_CHATS = 100
_FIELDS = "screen_name"


class Reading:
    """`unread` holds, afterwards, what no token may read; `cut` tells that something was too long to be read whole."""

    def __init__(self, means: Means, group: int, since: datetime, threads: Collection[str], most: int) -> None:
        self._means, self._group, self._since = means, group, since
        self._places = [place for thread in threads if (place := _thread(thread)) is not None]
        self._left = most
        self.unread: set[Kind] = set()
        self.cut = False

    async def pages(self) -> AsyncIterator[Page]:
        """At most so many messages as wanted. Raises TryLater and SignInNeeded."""
        ways = {
            Kind.WALL: self._wall(), Kind.PHOTO: self._photos(), Kind.VIDEO: self._under(Kind.VIDEO),
            Kind.MARKET: self._under(Kind.MARKET), Kind.TOPIC: self._topics(), Kind.CHAT: self._chats(),
        }  # fmt: skip
        for kind, pages in ways.items():
            try:
                async for found, answer in pages:
                    shown = [each for each in found if self._is_new(each[1])][: max(0, self._left)]
                    self._left -= len(shown)
                    if shown:
                        yield shown, answer
                    if self._left <= 0:
                        return
            except (Refused, TryThisLater) as error:
                # A user's token that is refused must not keep the community's from going on.
                log.info("%s cannot be read: %s", kind or "wall", error)
                self.unread.add(kind)

    async def under(self, kind: Kind, thing: int) -> AsyncIterator[Page]:
        """All comments on a post, photo, video, item or topic. Raises Refused, TryLater and SignInNeeded."""
        if kind is Kind.WALL:
            pages = self._post(thing)
        elif kind is Kind.TOPIC:
            pages = self._found(kind, self._paged("board.getComments", group_id=self._group, topic_id=thing), thing)
        else:
            method = f"{_SECTION[kind]}.getComments"
            pages = self._found(kind, self._comments(method, **{_NAME[kind]: thing}), thing)
        async for page in pages:
            yield page

    async def _found(self, kind: Kind, pages: "_Pages", thing: int) -> AsyncIterator[Page]:
        async for items, answer in pages:
            yield _comments_in(kind, items, **{_NAME[kind]: thing}), answer

    def _is_new(self, shown: Mapping[str, Any]) -> bool:
        date = moment(shown.get("date"))
        return date is not None and date >= self._since and shown.get("deleted") is not True and "from_id" in shown

    async def _wall(self) -> AsyncIterator[Page]:
        answer = record(await self._means.ask("wall.get", owner_id=-self._group, count=_MOST_POSTS))
        posts = {number(each.get("id")) or 0 for each in records(answer.get("items")) if _has_comments(each)}
        posts |= {place.thing for place in self._places if place.kind is Kind.WALL}
        for post in sorted(posts - {0}, reverse=True):
            try:
                async for page in self._post(post):
                    yield page
            except Refused as error:
                # Deleted meanwhile, or its comments are closed.
                log.info("post %s cannot be read: %s", post, error)

    async def _post(self, post: int) -> AsyncIterator[Page]:
        """All levels: what is answered to an old comment stands below it."""
        async for items, answer in self._comments("wall.getComments", post_id=post, thread_items_count=_THREAD):
            yield _comments_in(Kind.WALL, items, post_id=post), answer
            for each in items:
                thread = record(each.get("thread"))
                replies = list(records(thread.get("items")))
                if (number(thread.get("count")) or 0) <= len(replies):
                    yield _comments_in(Kind.WALL, replies, post_id=post), answer
                    continue
                below = self._comments("wall.getComments", post_id=post, comment_id=number(each.get("id")))
                async for more, their_answer in below:
                    yield _comments_in(Kind.WALL, more, post_id=post), their_answer

    async def _photos(self) -> AsyncIterator[Page]:
        async for items, answer in self._comments("photos.getAllComments"):
            yield _comments_in(Kind.PHOTO, items), answer
            if items and not any(map(self._is_new, items)):
                return

    async def _under(self, kind: Kind) -> AsyncIterator[Page]:
        for place in self._places:
            if place.kind is kind:
                async for page in self.under(kind, place.thing):
                    yield page

    async def _topics(self) -> AsyncIterator[Page]:
        answer = record(await self._means.ask("board.getTopics", group_id=self._group, order=1, count=_PAGE))
        for topic in records(answer.get("items")):
            updated, id = moment(topic.get("updated")), number(topic.get("id"))
            if id and (updated is None or updated >= self._since):
                async for items, more in self._paged("board.getComments", group_id=self._group, topic_id=id):
                    yield _comments_in(Kind.TOPIC, items, topic_id=id), more
                    if items and not any(map(self._is_new, items)):
                        break

    async def _chats(self) -> AsyncIterator[Page]:
        answer = record(await self._means.ask("messages.getConversations", count=_MOST_CHATS))
        for each in records(answer.get("items")):
            peer = number(record(record(each.get("conversation")).get("peer")).get("id"))
            if peer and peer > CHATS:
                try:
                    async for page in self._chat(peer):
                        yield page
                except Refused as error:
                    # The community must be an administrator of the chat.
                    log.info("chat %s cannot be read: %s", peer - CHATS, error)
                    self.unread.add(Kind.CHAT)

    async def _chat(self, peer: int) -> AsyncIterator[Page]:
        async for items, answer in self._paged("messages.getHistory", sort=None, peer_id=peer):
            named = ((chat_place(each), each) for each in items if not each.get("action"))
            yield [(place, each) for place, each in named if place is not None], answer
            if items and not any(map(self._is_new, items)):
                return

    def _comments(self, method: str, **values: Any) -> "_Pages":
        return self._paged(method, owner_id=-self._group, preview_length=0, **values)

    async def _paged(self, method: str, sort: str | None = "desc", **values: Any) -> "_Pages":
        """Until a page is empty: what VK counts is not what it gives."""
        for number_ in range(_MOST_PAGES):
            answer = record(
                await self._means.ask(
                    method, sort=sort, count=_PAGE, offset=number_ * _PAGE, extended=True, fields=_FIELDS, **values
                )
            )
            items = list(records(answer.get("items")))
            if not items:
                return
            yield items, answer
        self.cut = True


_Pages = AsyncIterator[tuple[list[Mapping[str, Any]], Mapping[str, Any]]]

_SECTION = {Kind.PHOTO: "photos", Kind.VIDEO: "video", Kind.MARKET: "market"}
_NAME = {Kind.PHOTO: "photo_id", Kind.VIDEO: "video_id", Kind.MARKET: "item_id", Kind.TOPIC: "topic_id"}


def _comments_in(kind: Kind, listed: Iterable[Mapping[str, Any]], **where: int) -> list[Found]:
    """`where` is what was asked for, and is not repeated in the answer."""
    found: list[Found] = []
    for each in listed:
        shown = {**where, **each}
        place = comment_place(kind, shown)
        if place is not None:
            found.append((place, shown))
    return found


def _has_comments(post: Mapping[str, Any]) -> bool:
    return number(record(post.get("comments")).get("count")) != 0


def _thread(thread: str) -> Place | None:
    """Where something was written of late."""
    return Place(Kind.WALL, int(thread), 0) if thread.isdecimal() else place_of(f"{thread}_0")
