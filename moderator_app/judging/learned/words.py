"""Finds decent words that a toxicity score mistakes: `python -m moderator_app.judging.learned.words --data DIR -o DIR`.

What it writes, `words.txt`, comes with the program: `train` takes those words as ordinary texts. The score asked is one
that saw no VK comment, so that what is said of these in the model card is not flattered.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from moderator_app.judging.folded import fold
from moderator_app.judging.learned import TOXICITY, corpora
from moderator_app.judging.learned.fitting import Floats
from moderator_app.judging.learned.training import TOXICITY_RECIPE, Column, material, rest, train
from moderator_app.judging.profane.lexicon import look_up
from moderator_app.paths import resources

_MOST = 7000
_USUAL = 3000
_SHORTEST = 3
_BATCH = 200_000
# A word of so low a margin is no mistake; names get a second look.
_LEAST_MARGIN, _LEAST_OF_NAMES = -1.0, -3.0
# A word is taken while one of its pieces of so many signs was taken less often than so.
_PIECE, _ENOUGH = 4, 3
# What is toxic more often than so much of what it is elsewhere belongs to toxic texts.
_TOXIC_SHARE, _OFTEN = 3, 2
# Roots of insults and threats that are no obscene words.
_INSULTS = re.compile(
    "идиот|дебил|дурак|дурац|дураш|дурен|дурищ|придур|кретин|урод(?!и|н)|мраз[иьо]|ублюд|вырод|подон|сволоч|гнид|паскуд"
    "|мерзав|мерзост|шлюх|проститу|педераст|педик|козе?л|осл[аиоу]|бараны?$|овц|свин|скотин|твар[иьяю]|хохл|хохол|жид"
    "|чурк|тупиц|тупор|тупой|имбецил|даун|^лох|быдл|стрел|уби[тв]|стебан|психу[юе]|долб|мозгл|пидо|вешат|говн|дерьм"
)


def main() -> int:
    parser = argparse.ArgumentParser("python -m moderator_app.judging.learned.words", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the labelled sets")
    parser.add_argument("-o", "--output", type=Path, default=resources() / "learned" / "samples")
    arguments = parser.parse_args()
    corpus = corpora.toxicity_corpus(arguments.data, arguments.output)
    ready = material(corpus, TOXICITY)
    column = train(ready.part(rest(ready, corpus.from_source(corpora.VK))), TOXICITY_RECIPE)
    analyzer = _analyzer()
    words = dictionary(analyzer)
    margins = _margins(column, words)
    toxic = _toxic_lemmas(analyzer, corpus)
    known = frozenset(corpus.texts[index] for index in corpus.from_source(corpora.WORDS))
    found = known | frozenset(mistaken(analyzer, words, margins, toxic)) | frozenset(_usual(words, margins))
    (arguments.output / "words.txt").write_text("".join(f"{word}\n" for word in sorted(found)), encoding="utf-8")
    return 0


def dictionary(analyzer: Any) -> list[str]:
    """All word forms of the Russian dictionary, folded."""
    words = {str(word).replace("ё", "е") for word in analyzer.dictionary.words.keys()}  # noqa: SIM118
    return sorted(word for word in words if word.isalpha() and not word.isascii() and len(word) >= _SHORTEST)


def mistaken(analyzer: Any, words: Sequence[str], margins: Floats, toxic: frozenset[str]) -> Iterator[str]:
    """The decent words of the highest `margins`, no more than some of each piece, and first names."""
    taken: Counter[str] = Counter()
    found = 0
    for index in np.argsort(-margins):
        word, margin = words[index], margins[index]
        if margin < _LEAST_OF_NAMES:
            return
        parses = analyzer.parse(word) if margin >= _LEAST_MARGIN else analyzer.parse(word)[:1]
        is_name = "Name" in parses[0].tag and parses[0].normal_form.replace("ё", "е") == word
        if not is_name:
            pieces = _pieces(word)
            if found >= _MOST or margin < _LEAST_MARGIN or all(taken[piece] >= _ENOUGH for piece in pieces):
                continue
            if any(parse.normal_form.replace("ё", "е") in toxic for parse in parses):
                continue
            if (
                _INSULTS.search(word)
                or look_up(word)
                or any(look_up(parse.normal_form.replace("ё", "е")) for parse in parses)
            ):
                continue
            taken.update(pieces)
            found += 1
        yield word


def _usual(words: Sequence[str], margins: Floats) -> Iterator[str]:
    """Words taken at random from those that are not mistaken."""
    random = np.random.default_rng(1)
    usual = np.flatnonzero(margins < _LEAST_MARGIN)
    for index in random.choice(usual, _USUAL, replace=False):
        if not look_up(words[index]):
            yield words[index]


def _margins(column: Column, words: Sequence[str]) -> Floats:
    parts = [column.margins(words[at : at + _BATCH]) for at in range(0, len(words), _BATCH)]
    return np.concatenate(parts)


def _toxic_lemmas(analyzer: Any, corpus: corpora.Corpus) -> frozenset[str]:
    """Base forms that occur in toxic comments above all."""
    toxic = Counter(_lemmas(analyzer, corpus, corpora.RUDE))
    usual = Counter(_lemmas(analyzer, corpus, corpora.CHAT, corpora.TALK, corpora.WRITTEN))
    return frozenset(lemma for lemma, times in toxic.items() if times >= _OFTEN and times > _TOXIC_SHARE * usual[lemma])


def _lemmas(analyzer: Any, corpus: corpora.Corpus, *sources: str) -> Iterable[str]:
    for index in corpus.from_source(*sources):
        words = {word for word in fold(corpus.texts[index]).text.lower().split() if word.isalpha()}
        for lemma in {parse.normal_form for word in words for parse in analyzer.parse(word)}:
            yield lemma.replace("ё", "е")


def _pieces(word: str) -> frozenset[str]:
    return frozenset(word[at : at + _PIECE] for at in range(max(1, len(word) - _PIECE + 1)))


def _analyzer() -> Any:
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


if __name__ == "__main__":
    sys.exit(main())
