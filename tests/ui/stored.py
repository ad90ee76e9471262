"""The use cases behind the pages, kept in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from moderator_app.accounts import TelegramAccounts
from moderator_app.credentials import Credentials
from moderator_app.domain import list_entries
from moderator_app.domain.donors import Candidates
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.history import HistoryFilter, HistoryLine
from moderator_app.domain.lists import ListKind, Lists, StopWord
from moderator_app.domain.message import AuthorKey, Community, CommunityKey
from moderator_app.domain.statistics import DayCount, Overview, Period, TopUser, TopWord
from moderator_app.moderation import policies
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.donors import DonorKeeping
from moderator_app.moderation.exporting import Exporting, ExportKind
from moderator_app.moderation.history import EVERYTHING, History
from moderator_app.moderation.lists import ListKeeping
from moderator_app.moderation.policies import KeptPolicies, PolicyKeeping, Scope
from moderator_app.moderation.review import Decided, Review, Undone
from moderator_app.moderation.statistics import Statistics
from moderator_app.settings import Telegram, Vk
from moderator_app.vk_communities import VkCommunities
from tests.builders import NOON


def accounts_in(folder: Path, telegram: Telegram | None = None) -> TelegramAccounts:
    """The accounts of a profile in `folder`, which speak to the server that `telegram` names."""
    return TelegramAccounts(folder / "settings.json", Credentials(), lambda: telegram or Telegram(), lambda: "en")


def vk_in(folder: Path, vk: Vk | None = None, kept: Credentials | None = None) -> VkCommunities:
    """The VK communities of a profile in `folder`, whose server `vk` names."""
    return VkCommunities(folder / "settings.json", kept or Credentials(), lambda: vk or Vk())


class DonorsInMemory(DonorKeeping):
    """`banned` are the calls of `ban`; `asked` counts those of `ask`."""

    def __init__(self, kept: Candidates = Candidates((), ())) -> None:  # noqa: B008 - a frozen value
        self.kept = kept
        self.banned: list[tuple[CommunityKey, tuple[AuthorKey, ...], str]] = []
        self.asked = 0

    async def candidates(self) -> Candidates:
        return self.kept

    async def ask(self) -> None:
        self.asked += 1

    async def ban(self, community: CommunityKey, authors: Collection[AuthorKey], reason: str = "") -> Decided:
        self.banned.append((community, tuple(authors), reason))
        return Decided(1, (), NOON)


class HistoryInMemory(History):
    def __init__(self, lines: Sequence[HistoryLine] = ()) -> None:
        self.stored = {line.decision.decision: line for line in lines}
        self.pages_read = 0

    async def page(
        self, filter: HistoryFilter = EVERYTHING, before: int | None = None, limit: int = 200
    ) -> tuple[HistoryLine, ...]:
        self.pages_read += 1
        found = [self.stored[number] for number in sorted(self.stored, reverse=True)]
        asked = [line for line in found if before is None or line.decision.decision < before]
        return tuple(line for line in asked if _fits(line, filter))[:limit]

    async def lines(self, decisions: Collection[int]) -> tuple[HistoryLine, ...]:
        return tuple(self.stored[number] for number in decisions if number in self.stored)

    def put(self, line: HistoryLine) -> None:
        self.stored[line.decision.decision] = line


class ReviewInMemory(Review):
    """Undoes by marking the line; `refusal` is raised instead where it is set."""

    def __init__(self, history: HistoryInMemory, changes: Changes) -> None:
        self._history = history
        self._heard = changes
        self.refusal: ModeratorError | None = None
        self.confirmed: list[int] = []

    async def undo(self, case: int | None = None, *, item: int | None = None, pending_only: bool = False) -> Undone:
        if self.refusal:
            raise self.refusal
        assert case is not None
        line = self._history.stored[case]
        self._history.put(replace(line, decision=replace(line.decision, undone=NOON)))
        self._heard.publish(Change(decisions=frozenset({case})))
        return Undone(case, (line.decision.item,))

    async def confirm(self, case: int) -> bool:
        self.confirmed.append(case)
        return True


class ExportingInMemory(Exporting):
    def __init__(self) -> None:
        self.written: list[tuple[ExportKind, Path]] = []

    async def export(self, what: ExportKind, path: Path) -> int:
        self.written.append((what, path))
        return 3


class StatisticsInMemory(Statistics):
    def __init__(self, overview: Overview, communities: Sequence[Community] = ()) -> None:
        self.shown = overview
        self.known = tuple(communities)
        self.asked: list[tuple[Period, CommunityKey | None]] = []

    async def overview(self, period: Period, community: CommunityKey | None = None) -> Overview:
        self.asked.append((period, community))
        return replace(self.shown, period=period)

    async def communities(self) -> tuple[Community, ...]:
        return self.known


NOTHING_KEPT = KeptPolicies({}, {})


class ListsInMemory(ListKeeping):
    """`refusal` is raised by the next saving where it is set."""

    def __init__(self, lists: Lists = Lists()) -> None:  # noqa: B008 - a frozen value
        self.lists = lists
        self.refusal: ModeratorError | None = None

    async def read(self) -> Lists:
        return self.lists

    async def set_lines(self, kind: ListKind, entries: Sequence[str]) -> None:
        kept = {each: list_entries.entries(self.lists, each) for each in list_entries.LINES}
        kept[kind] = list_entries.normalised_list(kind, entries)
        self.lists = list_entries.lists_of(kept, self.lists.stop_words)

    async def set_stop_words(self, words: Sequence[StopWord]) -> None:
        if self.refusal:
            raise self.refusal
        self.lists = replace(self.lists, stop_words=tuple(words))


class PoliciesInMemory(PolicyKeeping):
    def __init__(self, kept: KeptPolicies = NOTHING_KEPT) -> None:
        self.kept = kept

    async def read(self) -> KeptPolicies:
        return self.kept

    async def change(self, changes: Mapping[Scope, policies.Change]) -> None:
        own = dict(self.kept.own)
        for scope, values in changes.items():
            changed = {**own.get(scope, {}), **values}
            own[scope] = {key: value for key, value in changed.items() if value is not None}
        self.kept = replace(self.kept, own=own)


def counted(messages: int = 1200) -> Overview:
    """Ten days in March 2026."""
    first = date(2026, 3, 2)
    days = tuple(DayCount(first + timedelta(days=n), 40 + n, n, 1, 2 * n) for n in range(10))
    users = (TopUser("42", "Иван", 9),)
    return Overview(
        Period.ALL, first, days[-1].day, messages, 300, 7, 90, (("оскорбление", 3),), users, (TopWord("х**", 5),), days
    )


def _fits(line: HistoryLine, wanted: HistoryFilter) -> bool:
    decision = line.decision
    places = " ".join((line.author_name, line.community_name, decision.reason, decision.by)).casefold()
    return (
        (wanted.choice is None or decision.choice is wanted.choice)
        and (wanted.state is None or any(action.state is wanted.state for action in decision.actions))
        and all(word.casefold() in places for word in wanted.words.split())
    )
