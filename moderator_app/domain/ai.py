"""What an AI is asked about messages, what it answers, and what that costs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Which(StrEnum):
    """The messages AI is asked about."""

    ALL = "all"
    FLAGGED = "flagged"
    NEWCOMERS = "newcomers"
    FLAGGED_AND_NEWCOMERS = "flagged+newcomers"
    SAMPLE = "sample"


class SpamKind(StrEnum):
    NONE = "none"
    ADVERT = "advert"
    SCAM = "scam"
    JOB = "job"
    CRYPTO = "crypto"
    GAMBLING = "gambling"
    ADULT = "adult"
    DRUGS = "drugs"
    PHISHING = "phishing"
    OTHER = "other"


# What toxicity is told of; a server's moderation has no word for insults.
TOXIC = ("insult", "threat", "hate", "harassment", "sexual", "self_harm")

# Of a text no more is sent.
MOST_CHARACTERS = 1000
# So many short messages share one request; what they say together stays short beside the fixed part of the prompt.
BATCH = 5
BATCH_CHARACTERS = 1600


@dataclass(frozen=True, slots=True)
class AiPolicy:
    """What a community wants of AI. `sample_share` of its messages are asked about where `which` is a sample."""

    enabled: bool = False
    which: Which = Which.FLAGGED_AND_NEWCOMERS
    mask: bool = False
    pictures: bool = False
    profiles: bool = False
    sample_share: float = 0.05


# The probability of each kind that was told of.
Toxicity = tuple[tuple[str, float], ...]


class Subject(StrEnum):
    """What a question is about."""

    MESSAGE = "message"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Question:
    """One text as it is sent: masked and cut. `alone`: it shares its request with no other.

    `picture` is a JPEG, PNG or WebP that goes with it. `toxicity` was told of it before, and is not asked again.
    """

    id: int
    text: str
    alone: bool = False
    picture: bytes | None = None
    subject: Subject = Subject.MESSAGE
    toxicity: Toxicity = ()


class Word(NamedTuple):
    """An obscene word as it stands in a text. `spans` are offsets into that text, empty until it was looked for."""

    word: str
    base_form: str
    confidence: float
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What AI says about one text. Probabilities are 0-1; `reason` is the model's own words and nothing else's.

    `model` gave it to the prompt of version `prompt`; `cost` is this text's part of the price, 0 where `cached`.
    `suspicious` is told of profiles.
    """

    spam: float
    kind: SpamKind
    reason: str
    words: tuple[Word, ...] = ()
    toxicity: Toxicity = ()
    suspicious: float = 0.0
    model: str = ""
    prompt: str = ""
    cached: bool = False
    cost: float = 0.0
    pictured: bool = False


class State(StrEnum):
    """How far a message has come. `OFFERED`: nobody has seen yet whether its community wants it asked about.

    `UNANSWERED`: the provider gave nothing, ask again; `INVALID`: nothing of use. Neither says that a message is clean.
    """

    OFFERED = "offered"
    WAITING = "waiting"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    INVALID = "invalid"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Check:
    """What came of asking about a message; `answer` where there is one. `orders`: its text gives orders to a model.

    `profile` is what was answered about its author; `toxicity` was told though the rest was not answered.
    """

    state: State
    answer: Answer | None = None
    orders: bool = False
    profile: Answer | None = None
    toxicity: Toxicity = ()


@dataclass(frozen=True, slots=True)
class Use:
    """What requests took: `prompt` tokens, `cached` ones among them, tokens written, and US dollars."""

    requests: int = 0
    prompt: int = 0
    cached: int = 0
    written: int = 0
    cost: float = 0.0

    @property
    def tokens(self) -> int:
        return self.prompt + self.written

    def __add__(self, other: "Use") -> "Use":
        return Use(
            self.requests + other.requests,
            self.prompt + other.prompt,
            self.cached + other.cached,
            self.written + other.written,
            self.cost + other.cost,
        )

    def __sub__(self, other: "Use") -> "Use":
        return self + Use(-other.requests, -other.prompt, -other.cached, -other.written, -other.cost)


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars for a million tokens."""

    prompt: float = 0.0
    cached: float = 0.0
    written: float = 0.0

    def of(self, use: Use) -> float:
        fresh = max(0, use.prompt - use.cached)
        return (fresh * self.prompt + use.cached * self.cached + use.written * self.written) / 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that may be used in a day and in a month."""

    requests_per_day: int
    requests_per_month: int
    tokens_per_day: int
    tokens_per_month: int
    money_per_day: float
    money_per_month: float

    def exceeded(self, day: Use, month: Use) -> str:
        """The first limit that would be overstepped, as its name says; empty where none is."""
        pairs = (
            ("requests_per_day", day.requests, self.requests_per_day),
            ("requests_per_month", month.requests, self.requests_per_month),
            ("tokens_per_day", day.tokens, self.tokens_per_day),
            ("tokens_per_month", month.tokens, self.tokens_per_month),
            ("money_per_day", day.cost, self.money_per_day),
            ("money_per_month", month.cost, self.money_per_month),
        )
        return next((name for name, used, most in pairs if used > most), "")


@dataclass(frozen=True, slots=True)
class Asked:
    """`answers` by the ids of the questions; a question without one was answered with nothing of use."""

    answers: Mapping[int, Answer] = field(default_factory=dict)


def price_table(text: str) -> dict[str, Price]:
    """Prices from `MODEL=PROMPT/CACHED/WRITTEN` entries with blanks between them. Raises ValueError."""
    found = {}
    for entry in text.split():
        model, _, prices = entry.rpartition("=")
        numbers = [float(each) for each in prices.split("/")]
        if not model or len(numbers) != 3 or not all(0 <= each < 1e6 for each in numbers):
            raise ValueError(entry)
        found[model] = Price(*numbers)
    return found
