"""Two hundred messages that a moderator is to decide, made up for the benchmark, and what is right for each.

What is right, decided before any figure was taken: spam of an account that came in today is deleted and its author
banned; spam of a member, who may have been robbed of the account, is deleted, and so are profanity and abuse; who
floods is muted besides; everything decent is dismissed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Author, AuthorKey, CommunityKey, Message, MessageKey, Platform
from tests.benchmarks import chats

PLACE = CommunityKey(Platform.TELEGRAM, "100")
FLOODS = 30
# What completes a flood is its fifth message.
BEFORE = 4
REPORT = "/report"

_APART = timedelta(seconds=40)
_WANTED = {
    "spam": Choice.DELETE,
    "spam of a newcomer": Choice.DELETE_BAN,
    "profanity": Choice.DELETE,
    "toxicity": Choice.DELETE,
    "flood": Choice.DELETE_MUTE,
    "decent": Choice.DISMISS,
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """`before` are what its author wrote in the seconds before it."""

    kind: str
    message: Message
    before: tuple[Message, ...] = ()

    @property
    def id(self) -> str:
        return self.message.key.message

    @property
    def wanted(self) -> Choice:
        return _WANTED[self.kind]


def sample(newest: datetime) -> tuple[Labelled, ...]:
    """All kinds mixed, oldest first, none near in time to another, each of an author of its own."""
    texts = list(_texts())
    random.Random(8).shuffle(texts)
    began = newest - len(texts) * _APART
    return tuple(_labelled(number, *each, began + number * _APART) for number, each in enumerate(texts, 1))


def report(about: Labelled, date: datetime) -> Message:
    """A member calls the moderators to a message."""
    number = 10_000 + int(about.id)
    return _message(number, REPORT, date, number, reply_to=about.id)


def _texts() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Kinds, and what one author writes in a row."""
    lines = (Path(__file__).parent / "words" / "triage.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        kind, text = line.split("\t")
        # Every second of those who spread it has just come.
        yield ("spam of a newcomer" if kind == "spam" and number % 2 else kind), (text,)
    talk = chats.talk(seed=8, every=10**9)
    for _ in range(FLOODS):
        yield "flood", tuple(islice(talk, BEFORE + 1))


def _labelled(number: int, kind: str, texts: tuple[str, ...], date: datetime) -> Labelled:
    joined = date - timedelta(hours=1) if kind == "spam of a newcomer" else None
    *before, last = texts
    return Labelled(
        kind,
        _message(number, last, date, number, joined=joined),
        tuple(
            _message(1000 * place + number, text, date - timedelta(seconds=len(texts) - place), number)
            for place, text in enumerate(before, 1)
        ),
    )


def _message(
    number: int, text: str, date: datetime, author: int, *, joined: datetime | None = None, reply_to: str = ""
) -> Message:
    who = Author(AuthorKey(Platform.TELEGRAM, str(100_000 + author)), f"Member {author}")
    key = MessageKey(*PLACE, str(number))
    return Message(key, text, date, who, joined=joined, reply_to=reply_to)
