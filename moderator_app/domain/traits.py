"""What a row of the queue can be filtered by: its traits, what is wanted of them, and how many rows have each."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from moderator_app.domain.ai_findings import disagrees
from moderator_app.domain.decision import Choice
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import CommunityKey, Message
from moderator_app.domain.rules import AI_RULES
from moderator_app.domain.verdict import Finding


class Group(StrEnum):
    """The attributes. A trait is written `group:value`; a community's value is `platform:id`."""

    SOURCE = "source"
    COMMUNITY = "community"
    LABEL = "label"
    RULE = "rule"
    AUTHOR = "author"
    HAS = "has"
    IS = "is"
    AI = "ai"
    SUGGESTED = "suggested"


Traits = frozenset[str]

NEWCOMER = f"{Group.AUTHOR}:newcomer"
VIOLATOR = f"{Group.AUTHOR}:violator"
WHITELISTED = f"{Group.AUTHOR}:{ListKind.WHITELIST}"
BLACKLISTED = f"{Group.AUTHOR}:{ListKind.BLACKLIST}"
CHANNEL = f"{Group.AUTHOR}:channel"
MEDIA = f"{Group.HAS}:media"
LINK = f"{Group.HAS}:link"
EDITED = f"{Group.IS}:edited"
GROUPED = f"{Group.IS}:group"
SECOND_OPINION = f"{Group.IS}:second_opinion"
BY_AI = f"{Group.AI}:found"
DISAGREES = f"{Group.AI}:disagrees"

# The attachment that is nothing but an address.
_LINK = "link"
_NEWCOMER_RULE = "newcomer"
NEWCOMER_SECONDS = 24 * 3600.0


def community_trait(key: CommunityKey) -> str:
    return f"{Group.COMMUNITY}:{key.platform}:{key.community}"


def group_of(trait: str) -> Group:
    return Group(trait.partition(":")[0])


def value_of(trait: str) -> str:
    return trait.partition(":")[2]


def traits_of(
    message: Message,
    findings: Iterable[Finding],
    suggested: Choice,
    listed: Collection[str],
    *,
    violator: bool,
    answered: bool = False,
) -> Traits:
    """The traits of one message in the queue. `listed`: the lists its author is on. `answered`: AI has answered."""
    found = list(findings)
    traits = {
        f"{Group.SOURCE}:{message.key.platform}",
        community_trait(message.key.community_key),
        f"{Group.SUGGESTED}:{suggested}",
        *(f"{Group.LABEL}:{each.label}" for each in found),
        *(f"{Group.RULE}:{each.rule}" for each in found),
        *(f"{Group.AUTHOR}:{each}" for each in listed),
    }
    kinds = {part.kind for part in message.attachments}
    said = {
        NEWCOMER: _is_new(message, found),
        VIOLATOR: violator,
        CHANNEL: bool(message.sender_chat) or (message.author is not None and message.author.key.author[:1] == "-"),
        MEDIA: bool(kinds - {_LINK}),
        LINK: bool(message.links) or _LINK in kinds or "://" in message.text,
        EDITED: message.edited is not None,
        BY_AI: any(each.of_ai or each.rule in AI_RULES for each in found),
        DISAGREES: answered and disagrees(found),
    }
    return frozenset(traits | {trait for trait, holds in said.items() if holds})


def _is_new(message: Message, found: Sequence[Finding]) -> bool:
    """By the rule, or because the platform said when the author joined."""
    if any(each.rule == _NEWCOMER_RULE for each in found):
        return True
    if message.joined is None or message.date is None:
        return False
    return 0 <= (message.date - message.joined).total_seconds() <= NEWCOMER_SECONDS


class Wish(StrEnum):
    """What is wanted of a trait; a key goes through them in this order."""

    IGNORE = "ignore"
    REQUIRE = "require"
    EXCLUDE = "exclude"

    @property
    def following(self) -> "Wish":
        wishes = tuple(Wish)
        return wishes[(wishes.index(self) + 1) % len(wishes)]


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """Which rows to show: of each attribute one of those required of it, if any are, and none of the excluded."""

    require: Traits = frozenset()
    exclude: Traits = frozenset()

    def __bool__(self) -> bool:
        return bool(self.require or self.exclude)

    def wish(self, trait: str) -> Wish:
        if trait in self.require:
            return Wish.REQUIRE
        return Wish.EXCLUDE if trait in self.exclude else Wish.IGNORE

    def wishing(self, trait: str, wish: Wish) -> "QueueFilter":
        """The filter with another wish about a trait."""
        require, exclude = self.require - {trait}, self.exclude - {trait}
        return QueueFilter(
            require | {trait} if wish is Wish.REQUIRE else require,
            exclude | {trait} if wish is Wish.EXCLUDE else exclude,
        )

    def lets_through(self, traits: Traits) -> bool:
        return not self._unmet(traits) and self.exclude.isdisjoint(traits)

    def offers(self, traits: Traits) -> Iterable[str]:
        """Those of a row's traits by whose count it goes: it is shown, or would be if that trait were wanted."""
        unmet, barred = self._unmet(traits), self.exclude & traits
        if not unmet and not barred:
            return traits
        return [each for each in traits if unmet <= {group_of(each)} and barred <= {each}]

    def _unmet(self, traits: Traits) -> set[Group]:
        wanted = {group_of(each) for each in self.require}
        return wanted - {group_of(each) for each in self.require & traits}


EVERYTHING = QueueFilter()


@dataclass(frozen=True, slots=True)
class View:
    """A filter with a name. One that came with the program has its `builtin` id, and no name until it is given one."""

    view: int
    name: str
    filter: QueueFilter
    builtin: str = ""


BUILTIN_VIEWS: Mapping[str, QueueFilter] = {
    "newcomers": QueueFilter(frozenset({NEWCOMER})),
    "grave": QueueFilter(
        frozenset({f"{Group.SUGGESTED}:{Choice.BAN}", f"{Group.SUGGESTED}:{Choice.DELETE_BAN}"}),
    ),
    "groups": QueueFilter(frozenset({GROUPED})),
    "violators": QueueFilter(frozenset({VIOLATOR})),
    "disagreement": QueueFilter(frozenset({DISAGREES})),
    "reported": QueueFilter(frozenset({f"{Group.RULE}:reported"})),
}


@dataclass(frozen=True, slots=True)
class QueueCounts:
    """How many rows the filter shows, how many have each trait as it `offers` them, and how many each view shows."""

    rows: int
    traits: Mapping[str, int]
    views: Mapping[int, int]
    everything: int


def counted(sets: Iterable[tuple[Traits, int]], wanted: QueueFilter, views: Iterable[View]) -> QueueCounts:
    """Counts from how many rows have exactly these traits."""
    listed = list(views)
    rows = everything = 0
    traits: dict[str, int] = {}
    of_views = dict.fromkeys((each.view for each in listed), 0)
    for these, count in sets:
        everything += count
        rows += count if wanted.lets_through(these) else 0
        for trait in wanted.offers(these):
            traits[trait] = traits.get(trait, 0) + count
        for view in listed:
            if view.filter.lets_through(these):
                of_views[view.view] += count
    return QueueCounts(rows, traits, of_views, everything)
