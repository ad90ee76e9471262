r"""Patterns for RE2 in which \b, \w and \W mean the letters of every alphabet.

RE2 runs in linear time but knows ASCII words only, and has no look-around: a boundary becomes the character beside it,
which `Pattern.spans` takes off again.
"""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

import re2

from moderator_app.domain.errors import Refused

_WORD = r"\p{L}\p{M}\p{N}_"
_BEFORE, _AFTER, _EITHER = rf"(?:^|[^{_WORD}])", rf"(?:[^{_WORD}]|$)", rf"(?:^|[^{_WORD}]|$)"
_TOKEN = re.compile(
    r"\\Q.*?(?:\\E|$) | \\[pP]\{[^}]*\} | \\x\{[^}]*\} | \\. | \[\^?\]?(?:\[:\^?\w+:\] | \\. | [^\]\\])*\] "
    r"| \(\?P?<\w+> | \(\?[a-zA-Z-]*:? | .",
    re.VERBOSE | re.DOTALL,
)
_WORDISH_END = re.compile(r"[\w)\]+*?}]\Z|\\[wd]\Z")
_WORDISH_START = re.compile(r"\w|\\[wd]|[(\[]")


class Pattern:
    """One pattern as a person wrote it, ready to search folded text. Raises Refused where RE2 does."""

    def __init__(self, pattern: str) -> None:
        self.translated = translate(pattern.replace("ё", "е").replace("Ё", "Е"))
        self._bounded = self.translated != pattern and r"\b" in pattern
        try:
            self._regexp = re2.compile(self.translated, options())
        except (re2.error, UnicodeError) as error:
            raise Refused("stop_word.pattern", pattern=pattern, detail=_detail(error)) from error

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """The non-empty matches in `text`, without the neighbours that stand for a boundary."""
        for match in self._regexp.finditer(text):
            start, end = match.span()
            if self._bounded:
                start, end = _trim(text, start, end)
            if start < end:
                yield start, end


class PatternSet:
    """Tells in one pass which of many patterns occur."""

    def __init__(self, patterns: list[Pattern]) -> None:
        self._patterns = patterns

    def matching(self, text: str) -> list[int]:
        """The indexes of the patterns that match somewhere in `text`."""
        return self._set.Match(text) or []

    @cached_property
    def _set(self) -> Any:
        found = re2.Set.SearchSet(options())
        for pattern in self._patterns:
            found.Add(pattern.translated)
        found.Compile()
        return found


def options() -> Any:
    chosen = re2.Options()
    chosen.case_sensitive = False
    chosen.log_errors = False
    chosen.max_mem = 64 << 20
    return chosen


def translate(pattern: str) -> str:
    tokens = _TOKEN.findall(pattern)
    return "".join(_translate(tokens, index) for index in range(len(tokens)))


def _translate(tokens: list[str], index: int) -> str:
    token = tokens[index]
    if token == r"\b":
        return _boundary(tokens[index - 1] if index else "", tokens[index + 1] if index + 1 < len(tokens) else "")
    if token == r"\w":
        return f"[{_WORD}]"
    if token == r"\W":
        return f"[^{_WORD}]"
    if token.startswith("["):
        return re.sub(r"(\\\\)|\\w", lambda match: match[1] or _WORD, token)
    return token


def _boundary(before: str, after: str) -> str:
    if before in ("", "^", "|") or before.startswith("("):
        return _BEFORE
    if after in ("", "$", "|", ")"):
        return _AFTER
    word_before, word_after = _WORDISH_END.search(before), _WORDISH_START.match(after)
    return "" if (word_before is None) != (word_after is None) else _EITHER


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    if start < end and not _is_word(text[start]):
        start += 1
    if start < end and not _is_word(text[end - 1]):
        end -= 1
    return start, end


def _is_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _detail(error: Exception) -> str:
    detail = error.args[0] if error.args else ""
    return detail.decode(errors="replace") if isinstance(detail, bytes) else str(detail)
