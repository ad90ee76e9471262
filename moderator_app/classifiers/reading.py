"""Reads what a server answered: whatever is not exactly what was asked for is no answer."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from moderator_app.domain.ai import TOXIC, SpamKind, Toxicity, Use, Word

MOST_WORDS = 100
LONGEST_WORD = 100
LONGEST_REASON = 1000
SHOWN_REASON = 200
# An answer to five messages has some kilobytes.
MOST_BYTES = 1_000_000

_BREAKS = re.compile(r"[\s\x00-\x1f\x7f]+")


class Unusable(Exception):
    """The answer is not what was asked for. Never tells what stands in it."""


class Form(NamedTuple):
    """What the model filled in about one message; `words` not yet looked for in it."""

    spam: float
    kind: SpamKind
    reason: str
    words: tuple[Word, ...]
    toxicity: Toxicity
    profile: float


def completion(body: bytes) -> tuple[str, Use]:
    """The content of a chat completion and what it took. Raises Unusable, also for a refusal or one cut short."""
    reply = _parsed(body)
    use = usage(reply)
    try:
        choice = reply["choices"][0]
        message, ended = choice["message"], choice.get("finish_reason")
        content, refusal = message["content"], message.get("refusal")
    except (KeyError, IndexError, TypeError, AttributeError):
        raise Unusable from None
    if ended not in ("stop", None) or refusal or not isinstance(content, str):
        raise Unusable
    return content, use


def usage(reply: Mapping[str, Any]) -> Use:
    """What the server says that a request took; nothing where it says nothing of sense."""
    told = reply.get("usage")
    if not isinstance(told, dict):
        return Use(requests=1)
    details = told.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else 0
    prompt = _count(told.get("prompt_tokens"))
    return Use(1, prompt, min(prompt, _count(cached)), _count(told.get("completion_tokens")))


def told_use(body: bytes) -> Use:
    """The same of a whole answer, whatever it is."""
    try:
        return usage(_parsed(body))
    except Unusable:
        return Use(requests=1)


def forms(content: str, ids: Sequence[str], *, toxicity: bool, profile: bool = False) -> dict[str, Form]:
    """The forms of `ids`. Left out is every id that has none, a wrong one, or more than one. Raises Unusable."""
    answers = _parsed(content.encode("utf-8", "replace")).get("answers")
    if not isinstance(answers, list):
        raise Unusable
    found: dict[str, Form | None] = {}
    for entry in answers:
        id = entry.get("id") if isinstance(entry, dict) else None
        if isinstance(id, str) and id in ids:
            found[id] = None if id in found else _form(entry, toxicity=toxicity, profile=profile)
    return {id: form for id, form in found.items() if form is not None}


def moderations(body: bytes, count: int) -> tuple[Toxicity, ...]:
    """The toxicity of `count` texts in their order; they are matched by nothing else. Raises Unusable."""
    results = _parsed(body).get("results")
    if not isinstance(results, list) or len(results) != count:
        raise Unusable
    return tuple(_toxicity(result) for result in results)


def model_names(body: bytes) -> tuple[str, ...]:
    """The models that a server lists; none where it lists nothing of sense."""
    try:
        listed = _parsed(body).get("data")
    except Unusable:
        return ()
    entries = listed if isinstance(listed, list) else []
    return tuple(
        sorted(entry["id"] for entry in entries if isinstance(entry, dict) and isinstance(entry.get("id"), str))
    )


# Which of a server's categories each kind is the greatest of.
_CATEGORIES: Mapping[str, tuple[str, ...]] = {
    "threat": ("harassment/threatening", "hate/threatening", "violence"),
    "hate": ("hate",),
    "harassment": ("harassment",),
    "sexual": ("sexual", "sexual/minors"),
    "self_harm": ("self-harm", "self-harm/intent", "self-harm/instructions"),
}


def _toxicity(result: object) -> Toxicity:
    scores = result.get("category_scores") if isinstance(result, dict) else None
    if not isinstance(scores, dict) or not all(_is_share(score) for score in scores.values() if score is not None):
        raise Unusable
    found = []
    for kind, names in _CATEGORIES.items():
        given = [float(scores[name]) for name in names if scores.get(name) is not None]
        if given:
            found.append((kind, max(given)))
    if not found:
        raise Unusable
    return tuple(found)


def _form(entry: Mapping[str, Any], *, toxicity: bool, profile: bool) -> Form | None:
    """None for one that is not as the schema has it."""
    wanted = {"id", "spam", "kind", "reason", "words", *["toxicity"] * toxicity, *["profile"] * profile}
    if set(entry) != wanted or not _is_share(entry["spam"]):
        return None
    reason, kind = entry["reason"], entry["kind"]
    if not isinstance(reason, str) or len(reason) > LONGEST_REASON or kind not in [each.value for each in SpamKind]:
        return None
    words, toxic = _words(entry["words"]), _told_toxicity(entry["toxicity"]) if toxicity else ()
    if words is None or toxic is None or (profile and not _is_share(entry["profile"])):
        return None
    shown = _BREAKS.sub(" ", reason).strip()[:SHOWN_REASON]
    made_up = float(entry["profile"]) if profile else 0.0
    return Form(float(entry["spam"]), SpamKind(kind), shown, words, toxic, made_up)


def _words(listed: object) -> tuple[Word, ...] | None:
    if not isinstance(listed, list) or len(listed) > MOST_WORDS:
        return None
    found = []
    for entry in listed:
        if not isinstance(entry, dict) or set(entry) != {"word", "base_form", "confidence"}:
            return None
        word, base = entry["word"], entry["base_form"]
        if not _is_word(word) or not _is_word(base) or not _is_share(entry["confidence"]):
            return None
        found.append(Word(word, base.casefold(), float(entry["confidence"])))
    return tuple(found)


def _told_toxicity(told: object) -> Toxicity | None:
    if not isinstance(told, dict) or set(told) != set(TOXIC) or not all(map(_is_share, told.values())):
        return None
    return tuple((kind, float(told[kind])) for kind in TOXIC)


def _is_word(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip()) and len(value) <= LONGEST_WORD


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0.0 <= value <= 1.0


def _count(value: object) -> int:
    return int(value) if isinstance(value, int | float) and math.isfinite(value) and 0 <= value < 1e9 else 0


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise Unusable from None
    if not isinstance(found, dict):
        raise Unusable
    return found
