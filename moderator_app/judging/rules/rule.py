"""What a check looks like: rules for single messages and rules for sequences of them."""

from collections.abc import Iterable
from typing import Protocol

from moderator_app.domain.judgement import Judged
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding
from moderator_app.judging.folded import Folded
from moderator_app.judging.window import Window


class TextRule(Protocol):
    """Judges one message by itself. Built once for a rule book; never raises for any message."""

    id: str

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        """What the rule finds in `message`; spans refer to its text as written."""


class SequenceRule(Protocol):
    """Judges a message by what came before it. `window` does not hold `message` yet."""

    id: str

    def look(self, message: Message, judged: Judged, window: Window) -> Iterable[Finding]:
        """What `message` completes; `judged` is what the text rules say of it."""
