"""What a message has in common with its variants: MinHash of its words, hashes of its text, links and media."""

import re
from array import array
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from typing import Any

from moderator_app.domain.likeness import Likeness
from moderator_app.domain.message import Message
from moderator_app.judging.addresses import find_addresses
from moderator_app.judging.domains import Domains
from moderator_app.judging.folded import Folded

# Bands of rows as in Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4: texts with half of their words in
# common share a key in 80 of 100 cases, with seven of ten in 99.
_BANDS, _ROWS = 12, 3
_SEED = 1

# Longer words are inflected.
_ENDED = 5
# Fewer words are too little to be alike in.
_LEAST_WORDS = 5
# The beginning tells: a megabyte is no better known by all of it. In characters.
_LONGEST = 4000

_MENTION = re.compile(r"@\w{3,40}|\[(?:id|club|public|event)\d+\|[^\]\n]{1,80}\]")
_WORD = re.compile(r"[^\W\d_]+")


def likeness(message: Message, folded: Folded, text_hash: int, domains: Domains | None = None) -> Likeness:
    """Links, mentions, numbers, endings and the order of letters are left out: templates change these.

    A link to one of `domains`, or below one, says nothing.
    """
    same = [*sameness(message, text_hash), *_links(message, folded, domains)]
    words = {_likened(word) for word in _words(folded)}
    if len(words) < _LEAST_WORDS:
        return Likeness(same=tuple(dict.fromkeys(same)))
    digest = _digest(words)
    keys = tuple(_band(band, *digest[band * _ROWS : (band + 1) * _ROWS]) for band in range(_BANDS))
    return Likeness(keys, array("I", digest).tobytes(), tuple(dict.fromkeys(same)))


def sameness(message: Message, text_hash: int) -> tuple[int, ...]:
    """What an equal text and equal media are known by."""
    return tuple(filter(None, (text_hash, media_hash(message) if message.attachments else 0)))


def media_hash(message: Message) -> int:
    """A signed 64-bit number equal for the same attachments in any order; 0 where they cannot be told apart."""
    parts = sorted(f"{part.kind} {part.id or part.url}" for part in message.attachments if part.id or part.url)
    return _hash("media", "\n".join(parts).encode(errors="replace")) if parts else 0


def _links(message: Message, folded: Folded, domains: Domains | None) -> Iterator[int]:
    hidden = (address for link in message.links for address in find_addresses(link.address.lower()))
    for address in (*folded.addresses, *hidden):
        # A bare host says too little: half of all links lead to the same ten.
        if address.path.strip("/") and not (domains and domains.hold(address.host)):
            yield _hash("link", f"{address.host}{address.path.rstrip('/')}".encode(errors="replace"))


def _words(folded: Folded) -> list[str]:
    text = folded.text[:_LONGEST]
    left_out = [address.span for address in folded.addresses]
    if "@" in text or "|" in text:
        left_out += (match.span() for match in _MENTION.finditer(folded.plain[:_LONGEST]))
    for start, end in left_out:
        text = text[:start] + " " * (min(end, _LONGEST) - start) + text[end:]
    return _WORD.findall(text)


def _likened(word: str) -> str:
    """The letters in order, without the usual length of an ending: `команду`, `команды` and `коамнде` are alike."""
    return "".join(sorted(word[:-2] if len(word) > _ENDED else word))


def _digest(words: set[str]) -> list[int]:
    sketch = _minhash()(_BANDS * _ROWS, _SEED)
    sketch.update(list(words))
    digest: list[int] = sketch.digest()
    return digest


@cache
def _minhash() -> Any:
    from rensa import RMinHash

    return RMinHash


def _band(band: int, *rows: int) -> int:
    """A signed 64-bit number of the rows of one band (FNV-1a over whole numbers)."""
    number = _OFFSET ^ band
    for row in rows:
        number = (number * _PRIME ^ row) & _MASK
    return number - (_MASK + 1 if number > _MASK >> 1 else 0)


_OFFSET, _PRIME, _MASK = 0xCBF29CE484222325, 0x100000001B3, (1 << 64) - 1


def _hash(kind: str, value: bytes) -> int:
    digest = blake2b(value, digest_size=8, person=kind.encode()[:16]).digest()
    return int.from_bytes(digest, "big", signed=True) or 1
