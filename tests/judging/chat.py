"""A chat in which people post, and what the sequence rules say of it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.message import Attachment, Join, Message, MessageKey
from moderator_app.domain.policy import Policy, RulePolicy
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.engine import Engine
from moderator_app.judging.rules.whitelist import Trust
from moderator_app.judging.sequence_engine import Observed, SequenceEngine
from tests.builders import NOON, author, message

ENGINE = Engine(RuleBook())

LINK = Finding("links", Label.SPAM, 0.4, "finding.links.link")


class Chat:
    """Posts messages, numbered from 1, and keeps what was found."""

    def __init__(self, book: RuleBook | None = None) -> None:
        self.book = book or RuleBook()
        self.sequences = SequenceEngine(self.book)
        self._trust = Trust(self.book)
        self.posted: list[tuple[Message, Judged]] = []

    def observe(
        self, who: str, seconds: float = 0, text: str | None = None, *found: Finding, **overrides: Any
    ) -> Observed:
        """`found` is what text rules found in it."""
        number = len(self.posted) + 1
        defaults = {"id": str(number), "author": author(who), "date": NOON + timedelta(seconds=seconds)}
        posted = message(f"Сообщение под номером {number}" if text is None else text, **{**defaults, **overrides})
        passed = self._trust.look(posted)
        judged = Judged(found if passed is None else (passed,), ENGINE.judge(posted).text_hash)
        self.posted.append((posted, judged))
        return self.sequences.observe(posted, judged)

    def post(
        self, who: str, seconds: float = 0, text: str | None = None, *found: Finding, **overrides: Any
    ) -> list[Finding]:
        return list(self.observe(who, seconds, text, *found, **overrides).findings)

    def found(
        self, rule: str, who: str, seconds: float = 0, text: str | None = None, *found: Finding, **overrides: Any
    ) -> bool:
        """Whether `rule` speaks of this message."""
        return any(each.rule == rule for each in self.post(who, seconds, text, *found, **overrides))

    def join(self, who: str, seconds: float = 0, community: str = "100") -> None:
        key = MessageKey(author().key.platform, community, "").community_key
        self.sequences.join(Join(key, author(who), NOON + timedelta(seconds=seconds), "link"))

    def restart(self) -> None:
        """A new engine that is told what was posted."""
        self.sequences = SequenceEngine(self.book)
        for posted, judged in self.posted:
            self.sequences.remember(posted, judged.text_hash)


def named(finding: Finding) -> tuple[str, ...]:
    return tuple(key.message for key in finding.earlier)


def numbers(rule: str, **values: float) -> RuleBook:
    """A rule book in which a rule has other numbers."""
    return RuleBook(Policy(rules={rule: RulePolicy(numbers=values)}))


def without(*rules: str) -> RuleBook:
    return RuleBook(Policy(rules={rule: RulePolicy(enabled=False) for rule in rules}))


def media(kind: str = "photo", id: str = "", **overrides: Any) -> Mapping[str, Any]:
    """What a message with one attachment differs by."""
    return {"attachments": (Attachment(kind, id),), **overrides}
