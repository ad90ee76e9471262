"""A queue in memory that answers like the review, for tests of the window alone."""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from moderator_app.domain.decision import Choice, Note
from moderator_app.domain.errors import ConsentNeeded, ModeratorError, Refused
from moderator_app.domain.message import (
    Author,
    AuthorKey,
    Community,
    CommunityKey,
    Message,
    MessageKey,
    Platform,
)
from moderator_app.domain.profile import Profile
from moderator_app.domain.queue import (
    AuthorNote,
    AuthorRecord,
    Card,
    Closed,
    CommunityQueue,
    Conversation,
    QueuePage,
    QueueRow,
)
from moderator_app.domain.reach import Reach
from moderator_app.domain.traits import EVERYTHING, QueueCounts, QueueFilter, Traits, View, counted, traits_of
from moderator_app.domain.verdict import Finding, Label, Verdict, contributions, noisy_or
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.review import Decided, Undone

NOW = datetime.now(UTC)


def card(
    item: int,
    text: str = "зарабатывай от 500$ в день, пиши в лс",
    *,
    author: str = "",
    community: str = "Двор чат",
    platform: Platform = Platform.TELEGRAM,
    findings: tuple[Finding, ...] = (),
    can_act: bool = True,
) -> Card:
    key = CommunityKey(platform, str(100 + len(community)))
    found = findings or (finding(),)
    return Card(
        item=item,
        message=Message(
            MessageKey(platform, key.community, str(item)),
            text,
            date=NOW - timedelta(minutes=item),
            author=Author(AuthorKey(platform, str(1000 + item)), author or f"Автор {item}", f"author{item}"),
        ),
        community=Community(key, community),
        verdict=Verdict(noisy_or(one.score for one in found), found, (), (), 1),
        contributions=contributions(found),
        suggested=Choice.DELETE,
        can_act=can_act,
    )


def finding(rule: str = "stop_words", score: float = 0.8, spans: tuple[tuple[int, int], ...] = ((12, 19),)) -> Finding:
    return Finding(rule, Label.SPAM, score, "action.imported_file", spans, (("word", "от 500$"),))


def row(shown: Card) -> QueueRow:
    message = shown.message
    assert message.date is not None
    return QueueRow(
        item=shown.item,
        rank=float(shown.item),
        key=message.key,
        community_name=shown.community.name,
        author_name=message.author.name if message.author else "",
        excerpt=message.text[:300].replace("\n", " "),
        spans=tuple(span for one in shown.verdict.findings for span in one.spans),
        rules=tuple(dict.fromkeys(one.rule for one in shown.verdict.findings)),
        score=shown.verdict.score,
        suggested=shown.suggested,
        posted=message.date,
        can_act=shown.can_act,
    )


class FakeReview:
    """`grace` in seconds. `asked` lists the calls in their order.

    A decision on an item of `refusing` is refused; no page can be read while something is `broken`.
    """

    def __init__(self, cards: Sequence[Card] = (), grace: float = 5.0) -> None:
        self.changes = Changes()
        self.cards = {one.item: one for one in cards}
        self.rows_of = {one.item: row(one) for one in cards}
        self.open = set(self.cards)
        self.entered = dict.fromkeys(self.cards, 1)
        self.revision = 1
        self.grace = grace
        self.cases: list[tuple[int, tuple[int, ...], Choice, datetime]] = []
        self.asked: list[tuple[str, object]] = []
        self.refusing: set[int] = set()
        self.broken: Exception | None = None
        self.gate = asyncio.Event()
        self.gate.set()
        self.note: Note | None = None
        self.may_warn = True
        self.closed_by: dict[int, Closed] = {}
        self._cases = 0

    def add(self, *cards: Card) -> None:
        """Let items enter the queue, as the intake does."""
        self.revision += 1
        for one in cards:
            self.cards[one.item], self.rows_of[one.item] = one, row(one)
            self.entered[one.item] = self.revision
            self.open.add(one.item)
        self.changes.publish(Change(items=frozenset(one.item for one in cards)))

    def close(self, *items: int, by: str = "") -> None:
        """Let items leave the queue, as another process does; `by` somebody who deletes them."""
        self.open -= set(items)
        self.closed_by |= {item: Closed(item, Choice.DELETE, by) for item in items if by}
        self.changes.publish(Change(items=frozenset(items)))

    def close_elsewhere(self, item: int, note: Note) -> None:
        """Let an item leave the queue because of what somebody did on the platform."""
        self.open.discard(item)
        self.closed_by[item] = Closed(item, note=note)
        self.changes.publish(Change(items=frozenset({item})))

    def fail(self, item: int, text_id: str) -> None:
        self.rows_of[item] = replace(self.rows_of[item], failure=Note(text_id))
        self.changes.publish(Change(items=frozenset({item})))

    async def page(
        self,
        after: tuple[float, int] | None = None,
        limit: int = 200,
        revision: int | None = None,
        wanted: QueueFilter = EVERYTHING,
    ) -> QueuePage:
        self.asked.append(("page", (after, limit)))
        await asyncio.sleep(0)
        if self.broken is not None:
            raise self.broken
        newest = self.revision if revision is None else revision
        found = sorted(
            (self.rows_of[item] for item in self.open if self.entered[item] <= newest and self.fits(item, wanted)),
            key=lambda one: (one.rank, one.item),
        )
        behind = [one for one in found if after is None or (one.rank, one.item) > after]
        cut = tuple(behind[:limit])
        last = (cut[-1].rank, cut[-1].item) if len(cut) == limit else None
        return QueuePage(cut, last, newest)

    async def rows(self, items: Collection[int]) -> tuple[QueueRow, ...]:
        self.asked.append(("rows", tuple(items)))
        await asyncio.sleep(0)
        return tuple(self.rows_of[item] for item in sorted(items) if item in self.open)

    async def standing_for(self, items: Collection[int] = (), campaigns: Collection[int] = ()) -> tuple[QueueRow, ...]:
        """Every message here is in no campaign."""
        return await self.rows(items)

    async def closed(self, items: Collection[int]) -> tuple[Closed, ...]:
        await asyncio.sleep(0)
        return tuple(self.closed_by[item] for item in items if item in self.closed_by and item not in self.open)

    async def communities(self) -> tuple[CommunityQueue, ...]:
        await asyncio.sleep(0)
        counts = Counter(self.cards[item].community for item in self.open)
        return tuple(CommunityQueue(community, count) for community, count in counts.most_common())

    async def newer(self, revision: int, wanted: QueueFilter = EVERYTHING) -> int:
        await asyncio.sleep(0)
        return sum(1 for item in self.open if self.entered[item] > revision and self.fits(item, wanted))

    def traits(self, item: int) -> Traits:
        shown = self.cards[item]
        return traits_of(shown.message, shown.verdict.findings, shown.suggested, (), violator=False)

    def fits(self, item: int, wanted: QueueFilter) -> bool:
        return wanted.lets_through(self.traits(item))

    async def card(self, item: int) -> Card:
        self.asked.append(("card", item))
        await asyncio.sleep(0)
        if item not in self.cards:
            raise Refused("queue.unknown_item", item=item)
        return self.cards[item]

    async def conversation(self, item: int, before: int = 5, after: int = 5) -> Conversation:
        await asyncio.sleep(0)
        said = self.cards[item].message
        return Conversation(
            (replace(said, text="Кто-нибудь знает, когда включат воду?"),), (replace(said, text="Опять реклама…"),)
        )

    async def reach(self, items: Collection[int]) -> Reach:
        await asyncio.sleep(0)
        return Reach(len(items), len(items), 1)

    async def author(self, key: AuthorKey) -> AuthorRecord:
        await asyncio.sleep(0)
        return AuthorRecord(Author(key, "Автор"), NOW - timedelta(days=3), NOW - timedelta(hours=3), 12, 3, 3, 2)

    async def decide(
        self,
        items: Sequence[int],
        choice: Choice,
        *,
        reason: str = "",
        grace: float | None = None,
        length: int | None = None,
        consent: bool = False,
        partly: bool = False,
        confirmed: bool = False,
        whole_group: bool = True,
    ) -> Decided:
        self.asked.append(("decide", (tuple(items), choice)))
        await self.gate.wait()
        if choice is Choice.WARN and not (consent or self.may_warn):
            raise ConsentNeeded("warning.consent", communities="Двор чат")
        self.may_warn = self.may_warn or consent
        if self.refusing & set(items) or not set(items) <= self.open:
            raise Refused("decide.already", item=items[0])
        self._cases += 1
        due = datetime.now(UTC) + timedelta(seconds=self.grace)
        self.open -= set(items)
        self.cases.append((self._cases, tuple(items), choice, due))
        self.changes.publish(Change(items=frozenset(items)))
        return Decided(self._cases, tuple(items), due, self.note)

    async def undo(self, case: int | None = None, *, item: int | None = None, pending_only: bool = False) -> Undone:
        self.asked.append(("undo", case))
        await asyncio.sleep(0)
        found = [one for one in self.cases if case in (None, one[0])]
        if not found:
            raise Refused("undo.nothing")
        taken = found[-1]
        self.cases.remove(taken)
        self.open |= set(taken[1])
        self.changes.publish(Change(items=frozenset(taken[1])))
        return Undone(taken[0], taken[1])

    def decisions(self) -> list[tuple[int, Choice]]:
        """What stands decided, oldest first."""
        return [(taken, choice) for _case, items, choice, _due in self.cases for taken in items]


class FakePictures:
    """`found` are the contents of files by message and number; `faults` are raised in their place, one each.

    `asked` lists what was asked for; nothing is answered while `gate` is closed.
    """

    def __init__(self) -> None:
        self.found: dict[tuple[str, int], bytes] = {}
        self.faults: dict[tuple[str, int], list[ModeratorError]] = {}
        self.asked: list[tuple[str, int]] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.at_once = self.most_at_once = 0

    async def thumbnail(self, key: MessageKey, index: int) -> bytes | None:
        place = key.message, index
        self.asked.append(place)
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await self.gate.wait()
        await asyncio.sleep(0)
        self.at_once -= 1
        if self.faults.get(place):
            raise self.faults[place].pop(0)
        return self.found.get(place)


class FakeProfiles:
    """`told` are profiles by the author's id; `faults` are raised in their place. `asked` lists whose were asked."""

    def __init__(self) -> None:
        self.told: dict[str, Profile] = {}
        self.faults: list[ModeratorError] = []
        self.asked: list[str] = []
        self._kept: dict[str, Profile] = {}

    def kept(self, community: CommunityKey, author: AuthorKey) -> Profile | None:
        return self._kept.get(author.author)

    async def profile(self, key: MessageKey, author: AuthorKey) -> Profile | None:
        self.asked.append(author.author)
        await asyncio.sleep(0)
        if self.faults:
            raise self.faults.pop(0)
        found = self.told.get(author.author)
        if found is not None:
            self._kept[author.author] = found
        return found


class FakeViews:
    """Views in memory over the queue of a review."""

    def __init__(self, review: FakeReview) -> None:
        self._review = review
        self.kept: list[View] = []

    async def counts(self, wanted: QueueFilter = EVERYTHING) -> tuple[tuple[View, ...], QueueCounts]:
        await asyncio.sleep(0)
        sets = [(self._review.traits(item), 1) for item in self._review.open]
        return tuple(self.kept), counted(sets, wanted, self.kept)


class FakeNotes:
    """`kept` are those about each author, the newest first."""

    def __init__(self) -> None:
        self.kept: dict[AuthorKey, tuple[AuthorNote, ...]] = {}

    async def add(self, author: AuthorKey, text: str) -> None:
        await asyncio.sleep(0)
        known = self.kept.get(author, ())
        self.kept[author] = (AuthorNote(len(known) + 1, text, "anna", NOW), *known)

    async def remove(self, note: int) -> None:
        await asyncio.sleep(0)
        self.kept = {key: tuple(one for one in notes if one.id != note) for key, notes in self.kept.items()}


class FakeSnoozing:
    """Nothing is put off here."""


class FakeSweeping:
    """Nothing is swept here."""
