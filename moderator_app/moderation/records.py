"""The shapes in which items, decisions and messages leave the program; other programs rely on their keys."""

import json
from collections.abc import Callable, Mapping, Sequence
from itertools import repeat
from typing import Any

import orjson

from moderator_app.domain.ai import Answer
from moderator_app.domain.decision import Action, Note
from moderator_app.domain.history import HistoryLine
from moderator_app.domain.queue import QueueEntry
from moderator_app.domain.verdict import Finding, contributions
from moderator_app.storage.messages import ExportedMessage

Record = dict[str, Any]

Explain = Callable[[Finding], str]
ExplainNote = Callable[[Note], str]


def json_line(record: Mapping[str, object]) -> bytes:
    """One JSON object on one line, in UTF-8, whatever a reader takes for the end of a line."""
    try:
        line = orjson.dumps(record)
    except TypeError:
        # A lone surrogate, which no file in UTF-8 can hold, never leaves as one; nor is a number too large for any.
        line = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
    for end, escape in _LINE_ENDS:
        if end in line:
            line = line.replace(end, escape)
    return line + b"\n"


# What `str.splitlines` and other readers split at besides the control characters, which JSON escapes anyway.
_LINE_ENDS = tuple((end.encode(), f"\\u{ord(end):04x}".encode()) for end in "\x85\u2028\u2029")


def finding_record(finding: Finding, contribution: float, explain: Explain) -> Record:
    """`spans` are [start, end] in code points of the text as written; `score` is weighted by the policy."""
    record: Record = {
        "rule": finding.rule,
        "label": finding.label.value,
        "score": round(finding.score, 4),
        "contribution": round(contribution, 4),
        "spans": finding.spans,
        "base_form": finding.base_form or None,
        "explanation": explain(finding),
    }
    if finding.earlier:
        record["earlier"] = [key.message for key in finding.earlier]
    return record


def finding_records(findings: Sequence[Finding], explain: Explain) -> list[Record]:
    return list(map(finding_record, findings, contributions(findings), repeat(explain)))


def queue_record(entry: QueueEntry, explain: Explain) -> Record:
    row = entry.row
    return {
        "item": str(row.item),
        "source": row.key.platform.value,
        "community": row.key.community,
        "community_name": row.community_name,
        "message": row.key.message,
        "author": entry.author,
        "author_name": row.author_name,
        "date": row.posted.isoformat(),
        "text": entry.text,
        "score": round(row.score, 4),
        "findings": finding_records(entry.findings, explain),
        "suggested": row.suggested.value,
        "count": row.count,
        "album": row.album,
        "items": [str(item) for item in entry.items],
        "communities": entry.communities,
        "authors": entry.authors,
    }


def history_record(line: HistoryLine, explain: ExplainNote) -> Record:
    decision = line.decision
    return {
        "item": str(decision.item),
        "decision": decision.choice.value,
        "reason": decision.reason,
        "by": decision.by,
        "at": decision.at.isoformat(),
        "actions": [_action_record(action, explain) for action in decision.actions],
        "undone": decision.undone is not None,
        "source": line.key.platform.value,
        "community": line.key.community,
        "community_name": line.community_name,
        "message": line.key.message,
        "author": line.author,
        "author_name": line.author_name,
    }


def message_record(message: ExportedMessage) -> Record:
    """`ai` is null while no AI has answered."""
    return {
        "platform": message.key.platform.value,
        "community": message.key.community,
        "message": message.key.message,
        "author": message.author,
        "author_name": message.author_name,
        "date": message.date.isoformat(),
        "text": message.text,
        "edited": None if message.edited is None else message.edited.isoformat(),
        "deleted": message.deleted,
        "score": None if message.score is None else round(message.score, 4),
        "flagged": message.flagged,
        "ai": None if message.ai is None else _ai_record(message.ai),
    }


def _ai_record(answer: Answer) -> Record:
    return {
        "spam": answer.spam,
        "kind": answer.kind.value,
        "reason": answer.reason,
        "words": [
            {"word": word.word, "base_form": word.base_form, "confidence": word.confidence, "spans": word.spans}
            for word in answer.words
        ],
        "toxicity": dict(answer.toxicity),
        "model": answer.model,
        "prompt": answer.prompt,
        "cached": answer.cached,
        "cost": answer.cost,
    }


def _action_record(action: Action, explain: ExplainNote) -> Record:
    return {
        "kind": action.kind.value,
        "state": action.state.value,
        "error": None if action.note is None else explain(action.note),
    }
