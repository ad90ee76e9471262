"""What an answer of an AI means for a message, as findings like those of every rule."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from moderator_app.domain.ai import Answer, Check, Toxicity, Word
from moderator_app.domain.rules import TOXICITY
from moderator_app.domain.verdict import Finding, Label

SPAM_TEXT, SPAM_IMAGE, SPAM_BIO, SUSPICIOUS_PROFILE = "spam_text", "spam_image", "spam_bio", "suspicious_profile"
# What counts less is not told: a community's threshold may ask for more.
LEAST_SPAM = 0.3
LEAST_WORD = 0.5
LEAST_TOXIC = 0.5
# Orders to a model are no proof of spam; they are for a human to see.
ORDERS = 0.6
MOST_PLACES = 100

_TOXICITY = {
    "harassment": "finding.ai.toxicity.harassment",
    "hate": "finding.ai.toxicity.hate",
    "insult": "finding.ai.toxicity.insult",
    "self_harm": "finding.ai.toxicity.self_harm",
    "sexual": "finding.ai.toxicity.sexual",
    "threat": "finding.ai.toxicity.threat",
}

Span = tuple[int, int]


def findings(check: Check, others: Iterable[Finding] = ()) -> tuple[Finding, ...]:
    """The findings of an answer, not weighed yet. `others` are the rules': a word they found is not found twice."""
    found: list[Finding] = []
    if check.orders:
        found.append(Finding(SPAM_TEXT, Label.SPAM, ORDERS, "finding.ai.instructions"))
    if check.profile is not None:
        found += profile_findings(check.profile)
    answer = check.answer
    if answer is None:
        return (*found, *_toxic(check.toxicity))
    if answer.spam >= LEAST_SPAM:
        found.append(_spam(answer))
    known = [span for finding in others if finding.label is Label.PROFANITY for span in finding.spans]
    found += _profanity(answer.words, known)
    return (*found, *_toxic(answer.toxicity))


def profile_findings(answer: Answer) -> tuple[Finding, ...]:
    """The same of an answer about a profile."""
    found = []
    reason = ("reason", answer.reason)
    if answer.spam >= LEAST_SPAM:
        parameters = (_percent(answer.spam), reason)
        found.append(Finding(SPAM_BIO, Label.SPAM, answer.spam, "finding.ai.spam", (), parameters))
    if answer.suspicious >= LEAST_SPAM:
        parameters = (_percent(answer.suspicious), reason)
        found.append(Finding(SUSPICIOUS_PROFILE, Label.SPAM, answer.suspicious, "finding.ai.profile", (), parameters))
    return tuple(found)


def disagrees(found: Sequence[Finding]) -> bool:
    """Whether, of the weighed findings on an answered message, all or none are the AI's."""
    return bool(found) and len({finding.of_ai for finding in found}) == 1


def located(answer: Answer, text: str) -> Answer:
    """The answer with its words where they stand in `text`; a word that does not stand there is dropped."""
    words = (word._replace(spans=_places(word.word, text)) for word in answer.words)
    return replace(answer, words=tuple(word for word in words if word.spans))


def moved(answer: Answer, places: Sequence[tuple[Word, tuple[Span, ...]]]) -> Answer:
    """The answer with the places of its words in another text; a word without any is dropped."""
    return replace(answer, words=tuple(word._replace(spans=spans) for word, spans in places if spans))


def _places(word: str, text: str) -> tuple[Span, ...]:
    """Where a word stands as a whole, in whatever case."""
    pattern = re.compile(rf"(?<!\w){re.escape(word.strip())}(?!\w)", re.IGNORECASE)
    return tuple(match.span() for match in pattern.finditer(text))[:MOST_PLACES]


def _spam(answer: Answer) -> Finding:
    rule = SPAM_IMAGE if answer.pictured else SPAM_TEXT
    parameters = (_percent(answer.spam), ("reason", answer.reason), ("kind", answer.kind.value))
    return Finding(rule, Label.SPAM, answer.spam, "finding.ai.spam", (), parameters)


def _toxic(toxicity: Toxicity) -> list[Finding]:
    return [
        Finding(TOXICITY, Label.TOXICITY, share, _TOXICITY[kind], (), (_percent(share),), kind)
        for kind, share in toxicity
        if kind in _TOXICITY and share >= LEAST_TOXIC
    ]


def _profanity(words: Iterable[Word], known: Sequence[Span]) -> list[Finding]:
    """One for each base form, without the words that rules found at the same places."""
    by_form: dict[str, list[Word]] = {}
    for word in words:
        spans = tuple(span for span in word.spans if not any(_touch(span, other) for other in known))
        if spans and word.confidence >= LEAST_WORD:
            by_form.setdefault(word.base_form, []).append(word._replace(spans=spans))
    found = []
    for form, listed in by_form.items():
        score = max(word.confidence for word in listed)
        spans = tuple(sorted({span for word in listed for span in word.spans}))
        parameters = (("count", len(spans)), ("word", listed[0].word), _percent(score))
        text_id = "finding.ai.profanity"
        found.append(Finding("profanity", Label.PROFANITY, score, text_id, spans, parameters, form))
    return found


def _touch(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _percent(share: float) -> tuple[str, int]:
    return "percent", round(100 * share)
