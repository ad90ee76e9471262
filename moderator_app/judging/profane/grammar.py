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

    Every letter of a pattern matches itself drawn out, too: `хуууй`; not so where words come `squeezed`.
    """

    def __init__(self, families: Sequence[Family], *, squeezed: bool = False) -> None:
        self._families = families
        patterns = [family.pattern if squeezed else _drawn_out(family.pattern) for family in families]
        groups = (f"(?P<f{index}>{pattern})" for index, pattern in enumerate(patterns))
        self._words = re.compile("|".join(groups))

    def family(self, word: str) -> Family | None:
        match = self._words.fullmatch(word)
        if match is None or match.lastgroup is None:
            return None
        return self._families[int(match.lastgroup[1:])]


def _drawn_out(pattern: str) -> str:
    tokens = _tokens(pattern)
    parts: list[str] = []
    for token, after in zip(tokens, [*tokens[1:], ""], strict=True):
        if not _is_letter(token):
            parts.append("*" if token == "?" and parts and _is_letter(parts[-1]) else token)
        else:
            parts.append(token if after == "?" or after.startswith("{") else token + "+")
    return "".join(parts)


_TOKEN = re.compile(r"\(\?<?[:=!]|\\.|\[[^\]]*\]|\{[^}]*\}|.", re.DOTALL)


def _tokens(pattern: str) -> list[str]:
    return [token for token in _TOKEN.findall(pattern) if not token.isspace()]


def _is_letter(token: str) -> bool:
    return token.isalpha() or token[0] == "["
