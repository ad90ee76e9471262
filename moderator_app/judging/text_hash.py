"""The fingerprint by which texts that read the same are known."""

from hashlib import blake2b

from moderator_app.judging.folded import Folded

# Shorter texts ("да", "+1", "спасибо") are the same by themselves.
LEAST_LETTERS = 10


def text_hash(folded: Folded) -> int:
    """A signed 64-bit number over letters and digits only, stable between runs; 0 for too short a text.

    Case, spaces, punctuation, emoji, look-alike letters and the prefix of a VK reply make no difference.
    """
    letters = "".join(folded.words)
    if len(letters) < LEAST_LETTERS:
        return 0
    digest = blake2b(letters.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1
