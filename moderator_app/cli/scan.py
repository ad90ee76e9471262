"""The command `scan`: judges JSON lines and stores nothing."""

import sys
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from moderator_app import paths
from moderator_app.app import DATABASE
from moderator_app.domain.errors import Unreadable
from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.domain.policy import judge
from moderator_app.domain.verdict import Label
from moderator_app.judging.engine import Engine
from moderator_app.judging.reports import completed
from moderator_app.judging.sequence_engine import SequenceEngine
from moderator_app.language import explain_error, explain_finding
from moderator_app.moderation import workers as processes
from moderator_app.moderation.records import finding_records, json_line
from moderator_app.private_files import reason
from moderator_app.sources.encoding import HEAD, foreign_encoding
from moderator_app.sources.json_lines import BadLine, Line, lines, read_line
from moderator_app.storage.lists import rule_book_of

CHUNK = 500
# In bytes: hundreds of lines of a megabyte must not sit in the memory at once.
LONGEST_CHUNK = 1_000_000

_NOWHERE = Community(CommunityKey(Platform.TELEGRAM, ""))

Numbered = tuple[int, bytes]
Read = tuple[Line, Judged] | BadLine


def run(file: Path | None, workers: int, profile: Path | None) -> int:
    """Print one line for each line of `file`, or of stdin, in its order. Raises Unreadable."""
    book = rule_book_of((profile or paths.default_profile()).expanduser() / DATABASE)
    with _opened(file) as source:
        chunks = _chunks(source)
        judged = _judged_here(chunks, book) if workers == 1 else _judged_by(workers, chunks, book)
        sequences = SequenceEngine(book)
        for chunk in judged:
            output = (_record(read, book, sequences) for read in chunk)
            sys.stdout.buffer.writelines(json_line(record) for record in output)
    sys.stdout.buffer.flush()
    return 0


def _opened(file: Path | None) -> Any:
    if file is None:
        return nullcontext(_stdin())
    try:
        return file.open("rb")
    except OSError as error:
        raise _unreadable(file, error) from error


def _stdin() -> BinaryIO:
    if sys.stdin is None or sys.stdin.closed:
        raise Unreadable("scan.no_input")
    return sys.stdin.buffer


def _chunks(source: BinaryIO) -> Iterator[list[Numbered]]:
    chunk: list[Numbered] = []
    size = 0
    try:
        for numbered in enumerate(_in_utf8(source), 1):
            chunk.append(numbered)
            size += len(numbered[1])
            if len(chunk) == CHUNK or size >= LONGEST_CHUNK:
                yield chunk
                chunk, size = [], 0
    except OSError as error:
        # What came before the break is judged all the same.
        yield chunk
        raise _unreadable(Path(source.name), error) from error
    yield chunk


def _in_utf8(source: BinaryIO) -> Iterator[bytes]:
    """The lines of `source`. Raises Unreadable where its beginning is of another encoding."""
    head = b""
    for line in lines(source):
        if len(head) < HEAD:
            head += line[:HEAD]
            if encoding := foreign_encoding(head):
                raise Unreadable("import.encoding", file=str(source.name), encoding=encoding)
        yield line


def _unreadable(file: Path, error: OSError) -> Unreadable:
    return Unreadable("import.unreadable", file=str(file), detail=reason(error))


def _judged_here(chunks: Iterator[list[Numbered]], book: RuleBook) -> Iterator[list[Read]]:
    engine = Engine(book, alike=False)
    processes.collect_rarely()
    return (_judge(engine, chunk) for chunk in chunks)


def _judged_by(workers: int, chunks: Iterator[list[Numbered]], book: RuleBook) -> Iterator[list[Read]]:
    """The same by worker processes, a few chunks ahead and no more: a long input must not fill the memory."""
    with processes.pool(workers, _start, book) as pool:
        ahead: deque[Future[list[Read]]] = deque()
        broken: Unreadable | None = None
        try:
            for chunk in chunks:
                ahead.append(pool.submit(_judge_chunk, chunk))
                if len(ahead) > 2 * workers:
                    yield ahead.popleft().result()
        except Unreadable as error:
            broken = error
        while ahead:
            yield ahead.popleft().result()
        if broken is not None:
            raise broken


_engine: Engine | None = None


def _start(book: RuleBook) -> None:
    global _engine
    _engine = Engine(book, alike=False)


def _judge_chunk(chunk: list[Numbered]) -> list[Read]:
    assert _engine is not None
    return _judge(_engine, chunk)


def _judge(engine: Engine, chunk: list[Numbered]) -> list[Read]:
    read = [_read(number, line) for number, line in chunk]
    judged = iter(engine.judge_all([line.message for line in read if isinstance(line, Line)]))
    return [(line, next(judged)) if isinstance(line, Line) else line for line in read]


def _read(number: int, line: bytes) -> Line | BadLine:
    try:
        return read_line(line, number, _NOWHERE)
    except BadLine as error:
        return error


def _record(read: Read, book: RuleBook, sequences: SequenceEngine) -> dict[str, Any]:
    if isinstance(read, BadLine):
        return {"id": read.id, "line": read.line, "error": explain_error(read)}
    line, judged = read
    findings = judged.findings
    if line.message.author is not None and line.message.date is not None:
        observed, reached = sequences.observe(line.message, judged)
        # Earlier lines are printed: what concerns none but them is told where it becomes known.
        findings += (*observed, *completed(line.message.key, reached))
    verdict = judge(findings, book.policy(line.community.key)) if findings else None
    # Most messages are told nothing about.
    if verdict is None or not verdict.findings:
        return {"id": line.id, **_NOTHING_FOUND}
    return {
        "id": line.id,
        "score": round(verdict.score, 4),
        "flagged": verdict.flagged,
        "verdicts": [label.value for label in verdict.verdicts],
        "labels": _NO_LABELS | {label.value: round(share, 4) for label, share in verdict.labels if label in _NO_LABELS},
        "findings": finding_records(verdict.findings, explain_finding),
    }


# The labels that have a probability of their own in the output.
_NO_LABELS: dict[str, float] = dict.fromkeys((Label.SPAM.value, Label.PROFANITY.value, Label.TOXICITY.value), 0.0)
_NOTHING_FOUND: Mapping[str, Any] = {
    "score": 0.0,
    "flagged": False,
    "verdicts": (),
    "labels": _NO_LABELS,
    "findings": (),
}
