"""Warnings: in which language a community is spoken to, and what is told of the ladder."""

import re
from collections.abc import Iterable

from moderator_app.domain.policy import Ladder

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_LATIN = re.compile("[a-z]", re.IGNORECASE)

# A part that is left out where nothing is known of a step it names.
_PART = re.compile(r"\[([^\[\]]*)\]")
_NAMED = re.compile(r"\{(level|mute|ban)\}")


def language_of(texts: Iterable[str]) -> str:
    """The language that most letters of `texts` are written in: "ru" or "en"; Russian where there are none."""
    cyrillic = latin = 0
    for text in texts:
        cyrillic += len(_CYRILLIC.findall(text))
        latin += len(_LATIN.findall(text))
    return "en" if latin > cyrillic else "ru"


def worded(text: str, level: int, ladder: Ladder) -> str:
    """A warning for an author's `level`th violation within the ladder's time.

    `{level}`, `{mute}` and `{ban}` stand for that number and those of the steps that are still to come; what stands in
    square brackets is left out where it names a step that is not.
    """
    steps = {"mute": ladder.mute, "ban": ladder.ban} if ladder.enabled else {}
    known = {"level": str(level)} | {name: str(step) for name, step in steps.items() if step > level}

    def part(found: re.Match[str]) -> str:
        return found[1] if all(name in known for name in _NAMED.findall(found[1])) else ""

    return _NAMED.sub(lambda found: known.get(found[1], ""), _PART.sub(part, text)).strip()
