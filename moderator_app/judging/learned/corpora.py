"""Reads the labelled texts that the learned score is trained on, mended."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from moderator_app.judging.folded import fold

Row = Mapping[str, Any]

SPAM_MIX = "spam_mix_tg_umputun"
CHAT = "spam_ru_tg_monalenka"
VK = "tox_ru_vk_allag"
RUDE = "toxonly_ru_rudetoxifier"
TWEETS = "tox_en_davidson"
WIKIPEDIA = "tox_en_wiki_conversationai"
SOCIAL = "tox_en_surge"
NEEDED = (SPAM_MIX, CHAT, VK, RUDE, TWEETS, WIKIPEDIA, SOCIAL)

WRITTEN = "written"
TALK = "talk"
WORDS = "words"
PHRASES = "phrases"

_SEED, _PHRASE = 7, 4

# An advert that its set calls ordinary.
_MISLABELLED = "b8a832ff94"
# Lost line breaks of the set left one Latin n each between Russian words.
_LOST_BREAKS = re.compile(r"(?<=[^\sA-Za-z])n{1,2}(?=[А-ЯЁ\u2190-\u2bff\U0001f000-\U0001faff])")
_LOST_BREAKS_BEHIND_NAMES = re.compile(r"(?<=\w)nn(?=[\u2190-\u2bff\U0001f000-\U0001faff])")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts as written with what they are labelled, each with the set it comes from."""

    texts: tuple[str, ...]
    labels: npt.NDArray[np.float64]
    sources: npt.NDArray[np.str_]

    def __len__(self) -> int:
        return len(self.texts)

    def from_source(self, *sources: str) -> npt.NDArray[np.intp]:
        """The indices of the texts of these sets."""
        return np.flatnonzero(np.isin(self.sources, sources))

    def part(self, indices: npt.NDArray[np.intp]) -> "Corpus":
        return Corpus(tuple(self.texts[index] for index in indices), self.labels[indices], self.sources[indices])


def missing(data: Path) -> list[str]:
    """The files that are not in the folder."""
    return [name for name in NEEDED if not (data / f"{name}.jsonl").is_file()]


def spam_corpus(data: Path, samples: Path) -> Corpus:
    """Spam, and ordinary texts of many kinds. Toxic ones are ordinary here."""
    return _corpus(
        [
            *_labelled(data, SPAM_MIX, lambda row: row["label"] == "spam" or row["id"] == _MISLABELLED),
            *_labelled(data, CHAT, lambda row: False, lambda row: row["label"] == "ham"),
            *_labelled(data, VK, lambda row: False),
            *_labelled(data, SOCIAL, lambda row: False),
            *_labelled(data, WIKIPEDIA, lambda row: False),
            *_labelled(data, TWEETS, lambda row: False, lambda row: row["class"] == "neither"),
            *((text, True, WRITTEN) for text in _lines(samples / "spam.txt")),
            *((text, False, WRITTEN) for text in _lines(samples / "ordinary.txt")),
        ]
    )


def toxicity_corpus(data: Path, samples: Path) -> Corpus:
    """Toxic texts, and others in the same languages; decent words alone and several in a row."""
    words = _lines(samples / "words.txt")
    return _corpus(
        [
            *_labelled(data, VK, _is_toxic),
            *_labelled(data, RUDE, _is_toxic),
            *_labelled(data, CHAT, lambda row: False, lambda row: row["label"] == "ham"),
            *_labelled(data, SPAM_MIX, lambda row: False, lambda row: row["label"] == "ham"),
            *_labelled(data, TWEETS, _is_toxic),
            *_labelled(data, WIKIPEDIA, _is_toxic),
            *_labelled(data, SOCIAL, _is_toxic),
            *((text, False, WRITTEN) for text in _lines(samples / "ordinary.txt")),
            *((text, False, TALK) for text in _lines(samples / "talk.txt")),
            *((text, False, WORDS) for text in words),
            *((text, False, PHRASES) for text in _phrases(words)),
        ]
    )


def near_equal(texts: Sequence[str]) -> npt.NDArray[np.intp]:
    """A group number for each text; texts that share half of the shorter one's 5-letter pieces are of one group."""
    pieces = [_pieces(text) for text in texts]
    groups = np.arange(len(texts))
    for one in range(len(texts)):
        for other in range(one):
            least = min(len(pieces[one]), len(pieces[other]))
            if groups[one] != groups[other] and len(pieces[one] & pieces[other]) * 2 >= least > 5:
                groups[groups == groups[one]] = groups[other]
    return groups


def mended(text: str) -> str:
    """`text` with the line breaks that the spam set lost."""
    return _LOST_BREAKS.sub("\n", _LOST_BREAKS_BEHIND_NAMES.sub("\n", text))


def _corpus(found: Sequence[tuple[str, bool, str]]) -> Corpus:
    texts, labels, sources = zip(*found, strict=True)
    return Corpus(texts, np.array(labels, np.float64), np.array(sources))


def _labelled(
    data: Path, name: str, label: Callable[[Row], bool], wanted: Callable[[Row], bool] = lambda row: True
) -> Iterator[tuple[str, bool, str]]:
    for line in _lines(data / f"{name}.jsonl"):
        row = json.loads(line)
        if wanted(row):
            yield mended(row["text"]) if name == SPAM_MIX else row["text"], label(row), name


def _phrases(words: Sequence[str]) -> Iterator[str]:
    """All `words` in another order, a few to a phrase."""
    order = np.random.default_rng(_SEED).permutation(len(words))
    for at in range(0, len(order), _PHRASE):
        yield " ".join(words[index] for index in order[at : at + _PHRASE])


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")[:-1]


def _is_toxic(row: Row) -> bool:
    return bool(row["label"] == "toxic")


def _pieces(text: str) -> frozenset[str]:
    letters = " ".join(fold(text).words)
    return frozenset(letters[at : at + 5] for at in range(max(1, len(letters) - 4)))
