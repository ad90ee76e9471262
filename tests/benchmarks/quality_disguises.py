"""Ways in which spammers hide a text from machines and not from readers."""

import random
from collections.abc import Callable, Mapping

_LIKE = dict(zip("аеорсухАВЕКМНОРСТХ", "aeopcyxABEKMHOPCTX", strict=True))
_UNLIKE = {latin: cyrillic for cyrillic, latin in _LIKE.items()}
_SEED = 11


def look_alikes(text: str) -> str:
    """Half of the letters that have a twin in the other alphabet, swapped for it."""
    chance = random.Random(_SEED)
    twins = _LIKE if sum("а" <= char.lower() <= "я" for char in text) * 2 > len(text) / 2 else _UNLIKE
    return "".join(twins[char] if char in twins and chance.random() < 0.5 else char for char in text)


def line_breaks(text: str) -> str:
    """A line break after every fifth word."""
    words = text.split(" ")
    return "\n".join(" ".join(words[at : at + 5]) for at in range(0, len(words), 5))


def zero_widths(text: str) -> str:
    """An invisible character after every third one."""
    return "".join(char + "\u200b" * (at % 3 == 2) for at, char in enumerate(text))


DISGUISES: Mapping[str, Callable[[str], str]] = {
    "half the look-alikes swapped": look_alikes,
    "a line break every 5 words": line_breaks,
    "zero-width characters": zero_widths,
    "all three": lambda text: zero_widths(line_breaks(look_alikes(text))),
}
