"""Quality of the checks on labelled sets: spam and toxicity over folds, profanity by kind.

The learned score is trained anew for every fold, by the code that trains the shipped weights; its thresholds are chosen
inside the training folds. What the shipped weights say of texts they were trained on is never shown.
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median, stdev
from time import process_time

import numpy as np
import numpy.typing as npt

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message, MessageKey, Platform
from moderator_app.domain.policy import Policy
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.engine import Engine
from moderator_app.judging.folded import fold
from moderator_app.judging.learned import SPAM, TOXICITY, corpora
from moderator_app.judging.learned.fitting import Floats
from moderator_app.judging.learned.model import Learned, probabilities, shipped
from moderator_app.judging.learned.train import rules_say
from moderator_app.judging.learned.training import Indices, Material, folds, material, rest, train_spam, train_toxicity
from moderator_app.judging.rules.learned_spam import LEAST
from moderator_app.paths import resources
from tests.benchmarks import figures
from tests.benchmarks.quality_disguises import DISGUISES

DATA = Path(__file__).parents[3] / "shared" / "data"
SEEDS = 5
FOLDS = 5

# The half-width of a 95 % interval of the mean over so many seeds is this many standard errors (Student's t).
_STUDENT = {2: 12.71, 3: 4.30, 4: 3.18, 5: 2.78}
_WANTED_SPAM_F1, _WANTED_FALSE, _WANTED_LOSS = 0.95, 0.01, 0.01
_WANTED_TOXICITY_F1, _WANTED_AREA = 0.60, 0.85

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Counts:
    """How often a check was right."""

    hits: int
    called: int
    labelled: int
    rest: int

    @property
    def precision(self) -> float:
        return self.hits / self.called if self.called else math.nan

    @property
    def recall(self) -> float:
        return self.hits / self.labelled if self.labelled else math.nan

    @property
    def f1(self) -> float:
        return 2 * self.hits / (self.called + self.labelled) if self.called + self.labelled else math.nan

    @property
    def false(self) -> float:
        return (self.called - self.hits) / self.rest if self.rest else math.nan


def run(data: Path | None = None) -> None:
    folder = data or DATA
    if names := lacking(folder):
        figures.heading(f"Quality: not measured, {folder} lacks {', '.join(names)}")
        return
    _profanity(folder)
    _speed(folder)
    _spam(folder)
    _toxicity(folder)


def lacking(folder: Path) -> list[str]:
    """The sets that are not in the folder."""
    return [*corpora.missing(folder), *(name for name in _WORDS if not (folder / f"{name}.jsonl").is_file())]


def texts(folder: Path) -> list[str]:
    """All texts of all sets, as written."""
    files = (folder / f"{name}.jsonl" for name in (*corpora.NEEDED, *_WORDS))
    return [json.loads(line)["text"] for file in files for line in file.read_bytes().splitlines()]


def _speed(folder: Path) -> None:
    corpus = corpora.spam_corpus(folder, resources() / "learned" / "samples")
    texts = [fold(corpus.texts[index]).text[:300] for index in corpus.from_source(corpora.CHAT)]
    learned = shipped()
    learned.scores(texts)
    figures.heading(f"Time of both learned scores, texts of {mean(map(len, texts)):.0f} signs on average")
    for size in (1, 32, 256):
        rounds = [_time_of(learned, texts, size) for _ in range(3)]
        figures.fact(f"batches of {size}", f"{median(rounds) * 1e6:.1f} microseconds a message")


def _time_of(learned: Learned, texts: Sequence[str], size: int) -> float:
    began = process_time()
    for at in range(0, len(texts), size):
        learned.scores(texts[at : at + size])
    return (process_time() - began) / len(texts)


def _spam(folder: Path) -> None:
    figures.heading(f"Spam, rules and learned score at default settings ({FOLDS} folds, {SEEDS} seeds)")
    corpus = corpora.spam_corpus(folder, resources() / "learned" / "samples")
    ready = material(corpus, SPAM, corpora.SPAM_MIX)
    mix, chat = corpus.from_source(corpora.SPAM_MIX), corpus.from_source(corpora.CHAT)
    others = rules_say(corpus.texts)
    disguised = {name: _disguised(corpus, mix, disguise) for name, disguise in DISGUISES.items()}
    counts: list[Counts] = []
    chats: list[float] = []
    recalls: defaultdict[str, list[float]] = defaultdict(list)
    for seed in range(SEEDS):
        called, seen = _spam_of_one_seed(ready, others, np.concatenate([mix, chat]), disguised, seed)
        counts.append(_counts(called[mix], corpus.labels[mix] == 1))
        chats.append(float(called[chat].mean()))
        for name, flags in seen.items():
            recalls[name].append(float(flags[corpus.labels[mix] == 1].mean()))
    _table("spam_mix", counts)
    figures.bound("spam_mix, 1 - F1", 1 - mean(each.f1 for each in counts), "", 1 - _WANTED_SPAM_F1)
    figures.bound("spam_mix, false positives", mean(each.false for each in counts), "", _WANTED_FALSE)
    figures.fact("rules alone", _line(_counts(others[mix] >= 0.5, corpus.labels[mix] == 1)))
    figures.fact("rules alone, ordinary chat", f"{(others[chat] >= 0.5).mean():.4f}")
    figures.bound("ordinary chat called spam", mean(chats), "", _WANTED_FALSE)
    for name, values in recalls.items():
        figures.bound(f"recall lost by: {name}", mean(each.recall for each in counts) - mean(values), "", _WANTED_LOSS)


@dataclass(frozen=True, slots=True)
class _Disguised:
    """The judged texts in a disguise: folded, and what the rules say of them."""

    folded: tuple[str, ...]
    others: Floats


def _disguised(corpus: corpora.Corpus, indices: Indices, disguise: Callable[[str], str]) -> _Disguised:
    texts = [disguise(corpus.texts[index]) for index in indices]
    return _Disguised(tuple(fold(text).text for text in texts), rules_say(texts))


def _spam_of_one_seed(
    ready: Material, others: Floats, judged: Indices, disguised: Mapping[str, _Disguised], seed: int
) -> tuple[Flags, dict[str, Flags]]:
    """What is called spam of all texts, and of the first of the judged ones in each disguise."""
    called = np.zeros(len(ready.corpus), bool)
    place = {int(index): at for at, index in enumerate(judged)}
    seen = {name: np.zeros(len(texts.folded), bool) for name, texts in disguised.items()}
    for held in folds(ready, judged, FOLDS, seed):
        kept = rest(ready, held)
        column = train_spam(ready.part(kept), others[kept])
        called[held] = _flags(column.margins([ready.folded[index] for index in held]), others[held])
        for name, texts in disguised.items():
            at = np.array([place[int(index)] for index in held if place[int(index)] < len(texts.folded)])
            seen[name][at] = _flags(column.margins([texts.folded[index] for index in at]), texts.others[at])
    return called, seen


def _flags(margins: Floats, others: Floats) -> Flags:
    learned = probabilities(margins)
    learned = np.where(learned >= LEAST, learned, 0)
    return np.asarray(1 - (1 - learned) * (1 - others) >= 0.5)


def _toxicity(folder: Path) -> None:
    figures.heading(f"Toxicity, learned score at default settings ({FOLDS} folds, {SEEDS} seeds)")
    corpus = corpora.toxicity_corpus(folder, resources() / "learned" / "samples")
    ready = material(corpus, TOXICITY, corpora.VK)
    counts: defaultdict[str, list[Counts]] = defaultdict(list)
    areas: defaultdict[str, list[float]] = defaultdict(list)
    everything = np.arange(len(corpus))
    for seed in range(SEEDS):
        margins = np.zeros(len(corpus))
        for held in folds(ready, everything, FOLDS, seed):
            column = train_toxicity(ready.part(rest(ready, held)))
            margins[held] = column.margins([ready.folded[index] for index in held])
        for source in sorted(set(corpus.sources)):
            indices = corpus.from_source(source)
            labels = corpus.labels[indices] == 1
            counts[source].append(_counts(margins[indices] >= 0, labels))
            if 0 < labels.sum() < len(labels):
                areas[source].append(area(margins[indices], labels))
    for source, each in counts.items():
        _table(source, each)
        if areas[source]:
            figures.fact(f"{source}, AUC", _interval(areas[source]))
    figures.bound("VK comments, 1 - F1", 1 - mean(each.f1 for each in counts[corpora.VK]), "", 1 - _WANTED_TOXICITY_F1)
    figures.bound("VK comments, 1 - AUC", 1 - mean(areas[corpora.VK]), "", 1 - _WANTED_AREA)


def area(margins: Floats, labels: Flags) -> float:
    """The area under the curve of hits over false alarms: how often a hit ranks above the rest."""
    order = np.argsort(margins, kind="stable")
    ranked = margins[order]
    _, first, number = np.unique(ranked, return_index=True, return_counts=True)
    ranks = np.empty(len(margins))
    ranks[order] = np.repeat(first + (number + 1) / 2, number)
    hits = int(labels.sum())
    return float((ranks[labels].sum() - hits * (hits + 1) / 2) / (hits * (len(labels) - hits)))


_WORDS = ("profanity_ru", "profanity_en")


def _profanity(folder: Path) -> None:
    plain = Engine(RuleBook())
    for name in _WORDS:
        figures.heading(f"Profanity, {name} at default settings")
        rows = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        flags = np.array([_is_profane(plain, row["text"]) for row in rows])
        labels = np.array([row["label"] == "profane" for row in rows])
        figures.fact("all", _line(_counts(flags, labels)))
        if name == "profanity_en":
            grave = np.array([row["kind"] != "surge_mild" for row in rows])
            figures.fact("without mild words", _line(_counts(flags[grave], labels[grave])))
        for kind in sorted({row["kind"] for row in rows}):
            of_kind = np.array([row["kind"] == kind for row in rows])
            word = "found" if labels[of_kind].all() else "flagged, though clean"
            figures.fact(kind, f"{flags[of_kind].sum()} of {of_kind.sum()} {word} ({flags[of_kind].mean():.3f})")
    _profanity_of_chat(folder, plain)


def _profanity_of_chat(folder: Path, engine: Engine) -> None:
    corpus = corpora.spam_corpus(folder, resources() / "learned" / "samples")
    texts = [corpus.texts[index] for index in corpus.from_source(corpora.CHAT)]
    found = [_profanities(engine, text) for text in texts]
    figures.heading("Profanity in ordinary chat")
    figures.fact("messages with a finding", f"{mean(bool(each) for each in found):.4f}")
    masked = [any(_is_masked(text, finding) for finding in each) for text, each in zip(texts, found, strict=True)]
    figures.bound("messages with a masked word", mean(masked), "", 0.003)


def _is_masked(text: str, finding: Finding) -> bool:
    return any(not text[start:end].isalpha() for start, end in finding.spans)


def _is_profane(engine: Engine, text: str) -> bool:
    return any(finding.score >= Policy().threshold(Label.PROFANITY) for finding in _profanities(engine, text))


def _profanities(engine: Engine, text: str) -> list[Finding]:
    message = Message(MessageKey(Platform.TELEGRAM, "1", "1"), text)
    return [finding for finding in engine.judge(message).findings if finding.label is Label.PROFANITY]


def _counts(called: Flags, labels: Flags) -> Counts:
    return Counts(int((called & labels).sum()), int(called.sum()), int(labels.sum()), int((~labels).sum()))


def _line(counts: Counts) -> str:
    return f"P {counts.precision:.3f}  R {counts.recall:.3f}  F1 {counts.f1:.3f}  FPR {counts.false:.4f}"


def _table(name: str, counts: Sequence[Counts]) -> None:
    figures.fact(f"{name}, precision", _interval(each.precision for each in counts))
    figures.fact(f"{name}, recall", _interval(each.recall for each in counts))
    figures.fact(f"{name}, F1", _interval(each.f1 for each in counts))
    figures.fact(f"{name}, false positives", _interval(each.false for each in counts))


def _interval(values: Iterable[float]) -> str:
    """The mean and the half-width of its 95 % interval."""
    known = list(values)
    if any(math.isnan(value) for value in known):
        return "-"
    spread = _STUDENT[len(known)] * stdev(known) / math.sqrt(len(known)) if len(known) in _STUDENT else 0.0
    return f"{mean(known):.4f} +- {spread:.4f}"
