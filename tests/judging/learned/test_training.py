"""Training, on a few texts of our own."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pymorphy3
import pytest

from moderator_app.judging.learned import SPAM, TOXICITY, corpora, train
from moderator_app.judging.learned.corpora import mended, near_equal
from moderator_app.judging.learned.fitting import fit, sample_of
from moderator_app.judging.learned.model import Learned
from moderator_app.judging.learned.training import best_threshold, folds, material
from moderator_app.judging.learned.words import mistaken

ADVERTS = ("набор в команду, доход от 500$ в неделю", "удаленная работа, пишите в личку за подробностями")
CHAT = ("завтра едем на дачу сажать картошку", "кто забыл зонт в классе? он у вахтера")
RUDE = ("ты глупый баран и врешь", "заткнись, тупая овца")


def write(folder: Path, name: str, rows: Sequence[tuple[str, str]], repeat: int = 6) -> None:
    lines = [
        json.dumps({"id": f"{n}-{k}", "text": f"{text} №{k}", "label": label, "class": "neither"})
        for k in range(repeat)
        for n, (text, label) in enumerate(rows)
    ]
    (folder / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    spam = [(text, "spam") for text in ADVERTS]
    ham = [(text, "ham") for text in CHAT]
    toxic = [(text, "toxic") for text in RUDE]
    neutral = [(text, "neutral") for text in CHAT]
    write(tmp_path, corpora.SPAM_MIX, spam + ham)
    write(tmp_path, corpora.CHAT, ham)
    write(tmp_path, corpora.RUDE, toxic)
    for name in (corpora.VK, corpora.TWEETS, corpora.WIKIPEDIA, corpora.SOCIAL):
        write(tmp_path, name, toxic + neutral)
    return tmp_path


def test_the_command_writes_weights_that_tell_the_texts_apart(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    output, samples = tmp_path / "weights", _samples(tmp_path)
    monkeypatch.setattr("sys.argv", ["train", "--data", str(data), "--samples", str(samples), "-o", str(output)])
    assert train.main() == 0
    scores = Learned.load(output).scores([*ADVERTS, *RUDE, *CHAT])
    assert (scores[:2, SPAM] > 0.5).all()
    assert (scores[2:4, TOXICITY] > 0.5).all()
    assert (scores[4:] < 0.5).all()


def test_the_command_names_the_sets_that_are_missing(
    data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (data / f"{corpora.VK}.jsonl").unlink()
    monkeypatch.setattr("sys.argv", ["train", "--data", str(data)])
    assert train.main() == 1
    assert corpora.VK in capsys.readouterr().err


def test_near_equal_texts_are_kept_in_one_fold(data: Path, tmp_path: Path) -> None:
    ready = material(corpora.spam_corpus(data, _samples(tmp_path)), SPAM, corpora.SPAM_MIX)
    judged = ready.corpus.from_source(corpora.SPAM_MIX)
    held = folds(ready, judged, 3, seed=1)
    assert sorted(np.concatenate(held)) == sorted(judged)
    assert len(set(ready.groups[judged])) == len(ADVERTS + CHAT)
    groups = [set(ready.groups[fold]) for fold in held]
    assert all(one.isdisjoint(other) for at, one in enumerate(groups) for other in groups[:at])


def test_texts_that_share_half_of_the_shorter_one_are_near_equal() -> None:
    one, same, other = near_equal([ADVERTS[0], ADVERTS[0].upper() + "!!! срочно", CHAT[0]])
    assert one == same != other


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("порадовалоnА до того", "порадовало\nА до того"),
        ("не пускает.nnПотом", "не пускает.\nПотом"),
        ("Python и IKEA", "Python и IKEA"),
        ("сменный блок", "сменный блок"),
    ],
)
def test_lost_line_breaks_are_mended(broken: str, whole: str) -> None:
    assert mended(broken) == whole


def test_a_fit_follows_its_labels_and_the_doubt_about_them() -> None:
    sample, labels = sample_of([*ADVERTS, *CHAT], SPAM), np.array([1.0, 1.0, 0.0, 0.0])
    loose, intercept = fit(sample, labels, np.ones(4), 0.1, 30)
    strict, _ = fit(sample, labels, np.ones(4), 100.0, 30)
    assert ((sample.times(loose) + intercept > 0) == (labels == 1)).all()
    assert np.abs(strict).sum() < np.abs(loose).sum()


def test_the_best_threshold_parts_hits_from_the_rest() -> None:
    assert 1 < best_threshold(np.array([3.0, 2.0, 1.0, -np.inf]), np.array([1.0, 1.0, 0.0, 0.0])) < 2


def test_words_are_ordinary_texts_alone_and_a_few_in_a_row(data: Path, tmp_path: Path) -> None:
    samples = _samples(tmp_path)
    words = ["хлеб", "соль", "мыло", "ложка", "щепка"]
    (samples / "words.txt").write_text("".join(f"{word}\n" for word in words), encoding="utf-8")
    corpus = corpora.toxicity_corpus(data, samples)
    alone, rows = corpus.from_source(corpora.WORDS), corpus.from_source(corpora.PHRASES)
    assert [corpus.texts[index] for index in alone] == words
    assert sorted(" ".join(corpus.texts[index] for index in rows).split()) == sorted(words)
    assert not corpus.labels[[*alone, *rows]].any()


def test_decent_words_that_look_toxic_are_found() -> None:
    analyzer = pymorphy3.MorphAnalyzer(lang="ru")
    words = ["хлебать", "идиотина", "хуйня", "мразь", "глеб", "стол"]
    margins = np.array([5.0, 5.0, 5.0, 5.0, -2.0, -2.0])
    assert list(mistaken(analyzer, words, margins, frozenset({"мразь"}))) == ["хлебать", "глеб"]


def _samples(folder: Path) -> Path:
    for name in ("spam.txt", "ordinary.txt", "talk.txt", "words.txt"):
        (folder / name).write_text("", encoding="utf-8")
    return folder
