"""Families of words written as patterns of their grammar: prefixes, a root, suffixes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Family:
    """Words of one root. `base` is the base form of those no dictionary knows; `pattern` covers a whole word.

    `score` is how surely a word of it breaks the rules: over 0.5 obscene, below it coarse.
    """

    base: str
    score: float
    pattern: str


class Grammar:
    """Recognises whole folded words of several families, the first family in order winning.

    Every letter of a pattern matches itself drawn out, too: `хуууй`.
    """

    def __init__(self, families: Sequence[Family]) -> None:
        self._families = families
        groups = (f"(?P<f{index}>{_stretch(family.pattern)})" for index, family in enumerate(families))
        self._words = re.compile("|".join(groups))

    def family(self, word: str) -> Family | None:
        match = self._words.fullmatch(word)
        if match is None or match.lastgroup is None:
            return None
        return self._families[int(match.lastgroup[1:])]


_TOKEN = re.compile(r"\(\?[:=!<]+|\\.|\[[^\]]*\]|.", re.DOTALL)


def _stretch(pattern: str) -> str:
    tokens = [token for token in _TOKEN.findall(pattern) if not token.isspace()]
    following = [*tokens[1:], ""]
    parts: list[str] = []
    for token, after in zip(tokens, following, strict=True):
        letter = token.isalpha() or token[0] == "["
        if token == "?" and parts and parts[-1].endswith("\x00"):
            parts[-1] = parts[-1][:-1] + "*"
        elif letter:
            parts.append(token + ("\x00" if after == "?" else "+"))
        else:
            parts.append(token)
    return "".join(parts)
