"""Trains the learned score: the recipe, from labelled texts to weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from moderator_app.judging.folded import fold
from moderator_app.judging.learned import SPAM, TOXICITY, corpora
from moderator_app.judging.learned.corpora import Corpus
from moderator_app.judging.learned.fitting import Floats, Sample, fit, sample_of
from moderator_app.judging.learned.grams import ROWS
from moderator_app.judging.learned.model import Added, Learned, joined, probabilities

Indices = npt.NDArray[np.intp]

_INNER_FOLDS = 4
# That of a blank text is minus infinity.
_LEAST_MARGIN = -50.0
_SEED = 7

# What a text counts in training, by its set; what is closest to a community's chat counts most.
_SPAM_WEIGHTS = {
    corpora.SPAM_MIX: 1.0, corpora.WRITTEN: 1.0, corpora.CHAT: 0.15, corpora.VK: 0.05,
    corpora.SOCIAL: 0.04, corpora.WIKIPEDIA: 0.04, corpora.TWEETS: 0.04,
}  # fmt: skip
_TOXICITY_WEIGHTS = {
    corpora.VK: 1.0, corpora.RUDE: 0.3, corpora.CHAT: 8.0, corpora.SPAM_MIX: 8.0,
    corpora.TWEETS: 0.1, corpora.WIKIPEDIA: 0.2, corpora.SOCIAL: 0.2,
    corpora.WRITTEN: 1.0, corpora.TALK: 2.0, corpora.WORDS: 0.05, corpora.PHRASES: 0.1,
}  # fmt: skip
_HIT_WEIGHT = 2.0
# Inoffensive English counts so much more: the threshold is chosen on Russian comments.
_ENGLISH_REST = 3.0

# How slowly decisions move the weights.
_DECISIONS_STRICTNESS = 0.05

# Ordinary talk is spared for so little of the best F1.
_NEARLY_BEST = 0.98

# Of ordinary chat so many may be called spam that no rule alone calls so.
_ORDINARY_CHAT = 0.003


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one column is fitted; chosen by cross-validation on the sets named in the model card."""

    column: int
    weights: Mapping[str, float]
    strictness: float
    least_interest: float = 0.8
    doubt: float = 0.2
    rounds: int = 30


SPAM_RECIPE = Recipe(SPAM, _SPAM_WEIGHTS, strictness=1.0, doubt=0.1)
TOXICITY_RECIPE = Recipe(TOXICITY, _TOXICITY_WEIGHTS, strictness=3.0)


@dataclass(frozen=True, slots=True)
class Material:
    """A corpus made ready: its n-grams, and which of its texts are to be kept in one fold."""

    corpus: Corpus
    folded: tuple[str, ...]
    sample: Sample
    groups: Indices

    def part(self, indices: Indices) -> "Material":
        folded = tuple(self.folded[index] for index in indices)
        return Material(self.corpus.part(indices), folded, self.sample.part(indices), self.groups[indices])


@dataclass(frozen=True, slots=True)
class Column:
    """What is learned for one label."""

    index: int
    weights: Floats
    intercept: float

    def margins(self, texts: Sequence[str]) -> Floats:
        """What the program would say of folded `texts`, as logarithms of the odds."""
        return learned(self, self).margins(texts)[:, self.index]


def material(corpus: Corpus, column: int, *sources: str) -> Material:
    """`corpus` made ready for a column; near-equal texts of the `sources`, which are the judged ones, stay together."""
    groups = np.arange(len(corpus))
    judged = corpus.from_source(*sources)
    groups[judged] = judged[corpora.near_equal([corpus.texts[index] for index in judged])]
    folded = tuple(fold(text).text for text in corpus.texts)
    return Material(corpus, folded, sample_of(folded, column), groups)


def learned(spam: Column, toxicity: Column) -> Learned:
    """The model of both columns."""
    table = joined(np.stack([spam.weights, toxicity.weights], axis=1))
    return Learned(table, np.array([spam.intercept, toxicity.intercept]))


def train_spam(data: Material, others: Floats) -> Column:
    """Learn spam; `others` are the probabilities of spam that the rules give each text."""
    column = train(data, SPAM_RECIPE)
    mix = data.corpus.from_source(corpora.SPAM_MIX)
    chat = data.corpus.from_source(corpora.CHAT)
    margins = _inner_margins(data, SPAM_RECIPE, np.concatenate([mix, chat]))
    shift = _spam_threshold(margins[mix], margins[chat], data.corpus.labels[mix], others[mix], others[chat])
    return replace(column, intercept=column.intercept - shift)


def train_toxicity(data: Material) -> Column:
    """Learn toxicity."""
    column = train(data, TOXICITY_RECIPE)
    comments = data.corpus.from_source(corpora.VK)
    margins = _inner_margins(data, TOXICITY_RECIPE, comments)
    threshold = best_threshold(margins[comments], data.corpus.labels[comments])
    return replace(column, intercept=column.intercept - threshold)


def added(learned: Learned, texts: Sequence[str], labels: Floats, column: int) -> Added:
    """What moderators' decisions about folded `texts` change in one column: the least that makes them right."""
    sample = sample_of(texts, column)
    margins = learned.margins(texts)[:, column]
    weights, _ = fit(sample, labels, np.ones(len(sample)), _DECISIONS_STRICTNESS, SPAM_RECIPE.rounds, margins)
    rows = np.flatnonzero(weights).astype(np.uint32)
    columns = np.zeros((len(rows), 2), np.float32)
    columns[:, column] = weights[rows]
    return Added(rows, columns, np.zeros(2, np.float32))


def train(data: Material, recipe: Recipe) -> Column:
    """A logistic regression whose columns count by how rare they are and how differently the labels use them.

    The latter is the ratio of naive Bayes (Wang and Manning 2012).
    """
    labels = data.corpus.labels
    weights = np.array([recipe.weights[source] for source in data.corpus.sources])
    weights *= np.where((labels == 1) & np.isin(data.corpus.sources, [corpora.SPAM_MIX, corpora.VK]), _HIT_WEIGHT, 1.0)
    weights *= np.where((labels == 1) & (data.corpus.sources == corpora.TWEETS), 0.25, 1.0)
    if recipe.column == TOXICITY:
        english = np.isin(data.corpus.sources, [corpora.TWEETS, corpora.WIKIPEDIA, corpora.SOCIAL])
        weights *= np.where((labels == 0) & english, _ENGLISH_REST, 1.0)
    # Words of a dictionary are no measure of how people talk.
    talk = ~np.isin(data.corpus.sources, [corpora.WORDS, corpora.PHRASES])
    texts_with = np.bincount(data.sample.rows, np.repeat(talk, data.sample.sizes), ROWS)
    rarity = np.log((1 + talk.sum()) / (1 + texts_with)) + 1
    sample = data.sample.scaled(rarity)
    hits = recipe.doubt + sample.transposed_times(weights * labels)
    rest = recipe.doubt + sample.transposed_times(weights * talk * (1 - labels))
    interest = np.abs(np.log(hits / hits.sum() * rest.sum() / rest)) + recipe.least_interest
    fitted, intercept = fit(sample.scaled(interest), labels, weights, recipe.strictness, recipe.rounds)
    columns = fitted * interest * rarity
    columns[0] = 0
    return Column(recipe.column, columns, intercept)


def folds(data: Material, judged: Indices, count: int, seed: int) -> list[Indices]:
    """The `judged` texts in `count` folds: groups stay together, labels and sets are spread evenly."""
    random = np.random.default_rng(seed)
    order = random.permutation(judged)
    kinds = [f"{data.corpus.sources[index]} {data.corpus.labels[index]}" for index in order]
    fold_of_group: dict[int, int] = {}
    filled: dict[str, list[int]] = {}
    for index, kind in zip(order, kinds, strict=True):
        sizes = filled.setdefault(kind, [0] * count)
        group = int(data.groups[index])
        fold = fold_of_group.setdefault(group, sizes.index(min(sizes)))
        sizes[fold] += 1
    fold_of = np.array([fold_of_group[int(group)] for group in data.groups[judged]])
    return [judged[fold_of == fold] for fold in range(count)]


def rest(data: Material, fold: Indices) -> Indices:
    """All texts but those of a fold."""
    return np.setdiff1d(np.arange(len(data.corpus)), fold)


def best_threshold(margins: Floats, labels: Floats) -> float:
    """The highest margin from which on calling a text a hit gives nearly the best F1."""
    margins = np.maximum(margins, _LEAST_MARGIN)
    order = np.argsort(-margins)
    hits = np.cumsum(labels[order])
    f1 = 2 * hits / (np.arange(1, len(labels) + 1) + labels.sum())
    best = int(np.argmax(f1 >= _NEARLY_BEST * f1.max()))
    below = min(best + 1, len(order) - 1)
    return float(margins[order[best]] + margins[order[below]]) / 2


def _inner_margins(data: Material, recipe: Recipe, judged: Indices) -> Floats:
    """The margins of the `judged` texts, each by a model that did not see it."""
    margins = np.full(len(data.corpus), np.nan)
    for held in folds(data, judged, _INNER_FOLDS, _SEED):
        column = train(data.part(rest(data, held)), recipe)
        margins[held] = column.margins([data.folded[index] for index in held])
    return margins


def _spam_threshold(margins: Floats, chat: Floats, labels: Floats, others: Floats, chat_others: Floats) -> float:
    """The margin of one half that, together with the rules, gives the best F1 without troubling ordinary chat."""
    best, found = -1.0, 0.0
    for shift in np.arange(-8.0, 8.0, 0.1):
        troubled = _together(chat - shift, chat_others) & (chat_others < 0.5)
        called = _together(margins - shift, others)
        f1 = 2 * (called & (labels == 1)).sum() / (called.sum() + labels.sum())
        if troubled.mean() <= _ORDINARY_CHAT and f1 > best + 1e-9:
            best, found = f1, shift
    return float(found)


def _together(margins: Floats, others: Floats) -> npt.NDArray[np.bool_]:
    return np.asarray(1 - (1 - probabilities(margins)) * (1 - others) >= 0.5)
