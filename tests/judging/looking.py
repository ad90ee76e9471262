"""Short ways to ask the engine what one text holds."""

from typing import Any

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists, StopWord
from moderator_app.domain.verdict import Finding
from moderator_app.judging.engine import Engine
from tests.builders import message

PLAIN = Engine(RuleBook())


def found(rule: str, text: str, engine: Engine = PLAIN, **overrides: Any) -> list[Finding]:
    """What `rule` finds in a message."""
    return [finding for finding in engine.judge(message(text, **overrides)).findings if finding.rule == rule]


def marked(rule: str, text: str, engine: Engine = PLAIN, **overrides: Any) -> list[str]:
    """The pieces of the text, as written, that `rule` points at."""
    return [text[start:end] for finding in found(rule, text, engine, **overrides) for start, end in finding.spans]


def engine_with(*stop_words: StopWord) -> Engine:
    return Engine(RuleBook(lists=Lists(stop_words=stop_words)))
