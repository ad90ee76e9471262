import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator_app.sources.escapes import MendedReader, mend

# What a file holds, and what a strict parser must read from it.
PIECES = {
    r"\x07": "\x07",
    r"\x1F": "\x1f",
    r"\\x41": r"\x41",
    r"\\\\": r"\\",
    r"\\\x01": "\\\x01",
    r"\"": '"',
    r"\n": "\n",
    r"\u0416": "Ж",
    r"\ud83d\udc4d": "👍",
    r"\uD83D\uDC4D": "👍",
    r"\ud83d": "\ufffd",
    r"\ud83d\ud83d\udc4d": "\ufffd👍",
    r"\udc4d": "\ufffd",
    r"\\ud83d": r"\ud83d",
    "дом": "дом",
    "👍": "👍",
    "x41": "x41",
}


def read_in_pieces(content: bytes, size: int) -> bytes:
    reader = MendedReader(io.BytesIO(content))
    return b"".join(iter(lambda: reader.read(size), b""))


@given(st.lists(st.sampled_from(list(PIECES)), max_size=30), st.integers(1, 40))
def test_escapes_are_mended_wherever_a_chunk_ends(pieces: list[str], size: int) -> None:
    # A letter between pieces, or halves of pairs would become whole.
    written = '"' + "-".join(pieces) + '"'
    assert json.loads(read_in_pieces(written.encode(), size)) == "-".join(PIECES[piece] for piece in pieces)


@given(st.text(alphabet='\\xu0dD8cCfn"', max_size=60), st.integers(1, 20))
def test_the_size_of_chunks_changes_nothing_whatever_the_text(text: str, size: int) -> None:
    assert read_in_pieces(text.encode(), size).decode() == mend(text)


@pytest.mark.parametrize("size", [1, 2, 3, 64])
def test_a_byte_order_mark_is_dropped(size: int) -> None:
    assert read_in_pieces(b"\xef\xbb\xbf{}", size) == b"{}"


@pytest.mark.parametrize("size", [1, 2, 3, 64])
def test_invalid_utf8_reads_as_replacement_characters(size: int) -> None:
    assert read_in_pieces(b'"\xd0\xb4\xff\xd0"', size).decode() == '"д\ufffd\ufffd"'


def test_a_run_of_backslashes_longer_than_a_chunk_keeps_its_parity() -> None:
    written = '"' + "\\\\" * 50 + r"x41" + '"'
    assert json.loads(read_in_pieces(written.encode(), 7)) == "\\" * 50 + "x41"
