"""How messages are known to be variants of one another."""

from array import array
from dataclasses import dataclass
from operator import eq

# Two texts of which about half the words are the same. Among pairs of ordinary chat lines of six words and more one
# in some thousands is so near; with a name, a price and a link changed a template stays above it.
NEAR = 0.5


@dataclass(frozen=True, slots=True)
class Likeness:
    """What a message has in common with its variants.

    `keys` are signed 64-bit numbers of which near texts are likely to share one; `sketch` tells how near they are.
    `same` are numbers that variants have in common for certain: of an equal text, link or medium.
    """

    keys: tuple[int, ...] = ()
    sketch: bytes = b""
    same: tuple[int, ...] = ()


# Of a message of which nothing is known that another could have too.
LIKE_NONE = Likeness()


def nearness(one: bytes, other: bytes) -> float:
    """The share of words that two texts have in common (Jaccard), estimated from their sketches."""
    if not one or len(one) != len(other):
        return 0.0
    equal: int = sum(map(eq, array("I", one), array("I", other)))
    return equal * array("I").itemsize / len(one)
