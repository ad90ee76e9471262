"""Trains the weights that come with the program: `python -m moderator_app.judging.learned.train --data DIR -o DIR`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message, MessageKey, Platform
from moderator_app.domain.policy import Policy, RulePolicy, judge
from moderator_app.domain.verdict import Label
from moderator_app.judging.engine import Engine
from moderator_app.judging.learned import SPAM, TOXICITY, corpora
from moderator_app.judging.learned.fitting import Floats
from moderator_app.judging.learned.model import Learned
from moderator_app.judging.learned.training import learned, material, train_spam, train_toxicity
from moderator_app.paths import resources

_SAMPLES = resources() / "learned" / "samples"


def main() -> int:
    parser = argparse.ArgumentParser("python -m moderator_app.judging.learned.train", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder with the labelled sets")
    parser.add_argument("--samples", type=Path, default=_SAMPLES, help="the folder with the texts written for it")
    parser.add_argument("-o", "--output", type=Path, default=resources() / "learned", help="where to write the weights")
    arguments = parser.parse_args()
    lacking = corpora.missing(arguments.data)
    if lacking:
        print(f"{arguments.data} lacks: {', '.join(lacking)}", file=sys.stderr)  # noqa: T201
        return 1
    arguments.output.mkdir(parents=True, exist_ok=True)
    learn(arguments.data, arguments.samples).save(arguments.output)
    return 0


def learn(data: Path, samples: Path) -> Learned:
    """The model of all texts in both folders."""
    spam_corpus = corpora.spam_corpus(data, samples)
    spam = train_spam(material(spam_corpus, SPAM, corpora.SPAM_MIX), rules_say(spam_corpus.texts))
    toxicity = train_toxicity(material(corpora.toxicity_corpus(data, samples), TOXICITY, corpora.VK))
    return learned(spam, toxicity)


def rules_say(texts: Sequence[str]) -> Floats:
    """The probability of spam that the other rules give each text at default settings."""
    policy = Policy(rules={"learned_spam": RulePolicy(enabled=False), "toxicity": RulePolicy(enabled=False)})
    engine = Engine(RuleBook(default=policy))
    return np.array([judge(engine.judge(message(text)).findings, policy).probability(Label.SPAM) for text in texts])


def message(text: str) -> Message:
    """A message of which no more than the text is known."""
    return Message(MessageKey(Platform.TELEGRAM, "1", "1"), text)


if __name__ == "__main__":
    sys.exit(main())
