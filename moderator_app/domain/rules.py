"""The checks as admins know them: what each is called, counts as, suggests, and the numbers it goes by."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from moderator_app.domain.decision import Choice
from moderator_app.domain.verdict import Label

_DAY = 24 * 3600.0


class Unit(StrEnum):
    """What a number counts: things, whole seconds, a part of one, or nothing but off and on."""

    COUNT = "count"
    SECONDS = "seconds"
    SHARE = "share"
    SWITCH = "switch"


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a rule goes by, and the range in which it may be set, both ends included.

    Names ending in `seconds` are times, those ending in `share` parts of one; the others are counts, or switches
    where the range is 0-1.
    """

    default: float
    least: float = 0
    most: float = 1

    def unit(self, name: str) -> Unit:
        for unit in (Unit.SECONDS, Unit.SHARE):
            if name.endswith(unit):
                return unit
        return Unit.SWITCH if (self.least, self.most) == (0, 1) else Unit.COUNT


def _count(default: float, most: float = 1000, least: float = 1) -> Number:
    return Number(default, least, most)


def _seconds(default: float, most: float = _DAY) -> Number:
    return Number(default, 1, most)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is declared of a rule; a policy may change all but its id and label.

    `reaches_back`: what it finds concerns the earlier messages of the sequence as much as the one that completes it.
    `threshold`: what counts less is dropped. `aggravates`: it speaks only beside other rules, and what it suggests
    counts however strong their evidence is.
    """

    id: str
    label: Label
    suggested: Choice = Choice.DELETE
    numbers: Mapping[str, Number] = field(default_factory=dict)
    reaches_back: bool = False
    threshold: float = 0.0
    aggravates: bool = False


WHITELIST = "whitelist"
TOXICITY = "toxicity"

# Those whose findings are a model's answer.
AI_RULES = frozenset({"spam_text", "spam_image", "spam_bio", "suspicious_profile"})

_RULES = (
    Rule(WHITELIST, Label.LIST, Choice.DISMISS),
    Rule("blacklist", Label.LIST, Choice.DELETE_BAN),
    Rule("sender_chat", Label.LIST, numbers={"count": _count(3), "seconds": _seconds(3600)}),
    Rule("foreign_bot", Label.LIST),
    Rule("stop_words", Label.LIST),
    # `obfuscated`: also what only a reader takes for an address ("site точка ру").
    Rule("links", Label.SPAM, numbers={"obfuscated": Number(0)}),
    Rule("vk_links", Label.SPAM),
    Rule("link_attachment", Label.SPAM),
    Rule("video", Label.SPAM),
    Rule("audio_and_photo", Label.SPAM, Choice.DELETE_BAN),
    Rule("forward", Label.SPAM),
    Rule("thread_spam", Label.SPAM),
    Rule("mixed_alphabets", Label.SPAM),
    Rule("emoji", Label.SPAM, numbers={"count": _count(10), "share": Number(0.5)}),
    Rule("mentions", Label.SPAM, numbers={"count": _count(5)}),
    Rule(
        "script", Label.SPAM,
        numbers={
            "letters": _count(8), "share": Number(0.3),
            "arabic": Number(1), "hebrew": Number(1), "cjk": Number(1), "other": Number(1),
        },
    ),
    Rule("spacing", Label.SPAM, numbers={"words": _count(8), "share": Number(0.5)}),
    Rule("learned_spam", Label.SPAM),
    Rule(
        "repeated_text", Label.SPAM,
        numbers={
            "count": _count(2, least=2), "seconds": _seconds(3600),
            "authors": _count(3, least=2), "authors_seconds": _seconds(_DAY),
        },
    ),
    Rule(
        "repeated_text_day", Label.SPAM, Choice.BAN, {"count": _count(5, least=2), "seconds": _seconds(_DAY)}, True
    ),
    Rule(
        "repeated_media_day", Label.SPAM, Choice.BAN, {"count": _count(5, least=2), "seconds": _seconds(_DAY)}, True
    ),
    # What only an AI tells.
    Rule("spam_text", Label.SPAM, threshold=0.5),
    Rule("spam_image", Label.SPAM, threshold=0.5),
    Rule("spam_bio", Label.SPAM, Choice.DELETE_BAN, threshold=0.5),
    Rule("suspicious_profile", Label.SPAM, threshold=0.5),
    Rule("profanity", Label.PROFANITY, numbers={"mild": Number(0)}),
    # Resemblance is called toxic sooner than it is worth a human's time: most of a chat is neither insult nor threat.
    Rule(TOXICITY, Label.TOXICITY, numbers={"queue_share": Number(0.9)}),
    Rule(
        "flood", Label.BEHAVIOUR, Choice.DELETE_MUTE, {"count": _count(5, least=2), "seconds": _seconds(10, 3600)}
    ),
    Rule("media_spam", Label.BEHAVIOUR, numbers={"count": _count(5, least=2), "seconds": _seconds(60, 3600)}),
    Rule(
        "newcomer", Label.BEHAVIOUR, Choice.DELETE_BAN,
        {"seconds": _seconds(_DAY), "raid_joins": _count(10, least=2), "raid_seconds": _seconds(60, 3600)},
        aggravates=True,
    ),
    Rule("reported", Label.BEHAVIOUR),
)  # fmt: skip

RULES: Mapping[str, Rule] = {rule.id: rule for rule in _RULES}
