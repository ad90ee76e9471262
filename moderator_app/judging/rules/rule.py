"""What a check looks like: rules for single messages and rules for sequences of them."""

from collections.abc import Iterable, Sequence
from typing import Protocol, runtime_checkable

from moderator_app.domain.message import CommunityKey, Message
from moderator_app.domain.verdict import Finding
from moderator_app.judging.folded import Folded
from moderator_app.judging.window import Sighting


class TextRule(Protocol):
    """Judges one message by itself. Built once for a rule book; never raises for any message."""

    id: str

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        """What the rule finds in `message`; spans refer to its text as written."""


@runtime_checkable
class MeetingRule(TextRule, Protocol):
    """A text rule that saves work by taking in together the texts that it will look at one by one."""

    def meet(self, community: CommunityKey, texts: Sequence[Folded]) -> None:
        """Called before `look` with every text of messages in `community`."""


class SequenceRule(Protocol):
    """Judges messages of one community by what was seen besides them. Built once for a rule book and a community."""

    id: str

    def look(self, seen: Sighting, found: Sequence[Finding]) -> Finding | None:
        """What the message completes; `found` is what other rules found in it, text rules and those before this one."""

    def still(self, finding: Finding) -> Finding | None:
        """A finding of this rule by an earlier judgement as it is by the numbers of now; None if it is none, or not."""
