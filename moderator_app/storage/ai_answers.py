"""Between an answer of an AI and JSON."""

from typing import Any

from moderator_app.domain.ai import Answer, SpamKind, Word


def stored(answer: Answer) -> dict[str, Any]:
    """As it is kept with a message."""
    return {
        "spam": answer.spam,
        "kind": answer.kind.value,
        "reason": answer.reason,
        "words": [[word.word, word.base_form, word.confidence, word.spans] for word in answer.words],
        "toxicity": [list(pair) for pair in answer.toxicity],
        "suspicious": answer.suspicious,
        "model": answer.model,
        "prompt": answer.prompt,
        "cached": answer.cached,
        "cost": answer.cost,
        "pictured": answer.pictured,
    }


def answer_of(record: dict[str, Any]) -> Answer:
    words = ((word, form, share, tuple(map(tuple, spans))) for word, form, share, spans in record["words"])
    return Answer(
        spam=record["spam"],
        kind=SpamKind(record["kind"]),
        reason=record["reason"],
        words=tuple(Word(*each) for each in words),
        toxicity=tuple((kind, share) for kind, share in record["toxicity"]),
        suspicious=record["suspicious"],
        model=record["model"],
        prompt=record["prompt"],
        cached=record["cached"],
        cost=record["cost"],
        pictured=record["pictured"],
    )
