"""Takes the work of `scan` apart and tells what each part of it takes."""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import process_time

from moderator_app.app import DATABASE
from moderator_app.cli import scan
from moderator_app.domain.judgement import Judged
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.domain.verdict import Finding
from moderator_app.judging.folded import fold
from moderator_app.judging.learned.scorer import score_all
from moderator_app.judging.rules import TEXT_RULES
from moderator_app.judging.rules.rule import MeetingRule
from moderator_app.judging.sequence_engine import SequenceEngine
from moderator_app.judging.text_hash import text_hash
from moderator_app.moderation import workers
from moderator_app.moderation.records import json_line
from moderator_app.sources.json_lines import Line, read_line
from moderator_app.storage.lists import rule_book_of

_NOWHERE = Community(CommunityKey(Platform.TELEGRAM, ""))


class _Clock:
    """Adds up processor time by the name of what is done."""

    def __init__(self) -> None:
        self.took: defaultdict[str, float] = defaultdict(float)

    @contextmanager
    def time(self, part: str) -> Iterator[None]:
        began = process_time()
        yield
        self.took[part] += process_time() - began


def parts(lines: str, home: str, count: int) -> dict[str, float]:
    """Microseconds a message. What several rules read in a folded text is made for, and counted to, the first of them.

    The first chunk is done twice, as loading the weights is not judging.
    """
    work = _Work(Path(home))
    with Path(lines).open("rb") as file:
        content = list(islice(file, count))
    work.chunk(content[: scan.CHUNK])
    work.clock.took.clear()
    for at in range(0, len(content), scan.CHUNK):
        work.chunk(content[at : at + scan.CHUNK])
    return {part: seconds / len(content) * 1e6 for part, seconds in work.clock.took.items()}


class _Work:
    """Does what `scan` does, part by part."""

    def __init__(self, home: Path) -> None:
        self.clock = _Clock()
        self._book = rule_book_of(home / DATABASE)
        self._rules = [rule(self._book) for rule in TEXT_RULES]
        self._sequences = SequenceEngine(self._book)
        workers.collect_rarely()

    def chunk(self, content: list[bytes]) -> None:
        time = self.clock.time
        with time("reading"):
            read = [read_line(line, 1, _NOWHERE) for line in content]
        judged = self._judge(read)
        with time("record, with sequence rules"):
            records = [scan._record(each, self._book, self._sequences) for each in zip(read, judged, strict=True)]
        with time("writing"), Path(os.devnull).open("wb") as nowhere:
            nowhere.writelines(json_line(record) for record in records)

    def _judge(self, read: list[Line]) -> list[Judged]:
        time = self.clock.time
        with time("fold"):
            folded = [fold(line.message.text) for line in read]
        with time("learned scores, without the words"):
            score_all(folded)
        found: list[list[Finding]] = [[] for _ in read]
        for rule in self._rules:
            with time(f"rule {rule.id}"):
                if isinstance(rule, MeetingRule):
                    rule.meet(_NOWHERE.key, folded)
                for line, text, findings in zip(read, folded, found, strict=True):
                    findings += rule.look(line.message, text)
        with time("text hash"):
            return [Judged(tuple(findings), text_hash(text)) for findings, text in zip(found, folded, strict=True)]
