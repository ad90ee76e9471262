import io
import json
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator_app.sources.json_events import elements, json_events, value

CHUNK = 16 * 1024
MEGABYTE = 1_000_000


class CountedFile(io.BytesIO):
    """Remembers how much was read at once."""

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.reads: list[int] = []

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        if found:
            self.reads.append(len(found))
        return found

    @property
    def scanned(self) -> int:
        """Bytes gone through by a parser that begins an unfinished string anew with every read; for one string."""
        return sum(accumulate(self.reads))


class CutFile(io.BytesIO):
    """Gives what it holds in pieces of these sizes, over and over."""

    def __init__(self, content: bytes, sizes: list[int]) -> None:
        super().__init__(content)
        self._sizes = sizes

    def read(self, size: int | None = -1, /) -> bytes:
        self._sizes = [*self._sizes[1:], self._sizes[0]]
        # The parser asks for nothing first, to see whether it gets bytes.
        return super().read(self._sizes[0] if size else 0)


def read(file: io.BytesIO) -> Any:
    events = json_events(file)
    return value(events, next(events))


# Of one string: what it holds over and over, and what a strict parser must read from it.
CONTENTS = {
    "дом": "дом",
    r"\"": '"',
    r"\\": "\\",
    r"\\\"": '\\"',
    r"\ud83d\udc4d": "👍",
    r"\x07": "\x07",
    "\u2028": "\u2028",
}


@pytest.mark.parametrize("before", ["", " ", "  ", "   "])
@pytest.mark.parametrize("written", list(CONTENTS))
def test_a_string_of_a_megabyte_is_gone_through_no_more_than_a_few_times(written: str, before: str) -> None:
    count = MEGABYTE // len(written.encode())
    file = CountedFile(f'{before}"{written * count}"'.encode())
    assert read(file) == CONTENTS[written] * count
    assert file.scanned < 4 * MEGABYTE


def test_of_a_string_however_long_a_megabyte_at_most_is_read_at_once() -> None:
    file = CountedFile(b'"' + b"a" * 8 * MEGABYTE + b'"')
    assert len(read(file)) == 8 * MEGABYTE
    assert max(file.reads) <= 64 * CHUNK


def test_after_a_long_string_little_is_read_at_once_again() -> None:
    short = [{"text": "слово " * 100}] * 2_000
    content = json.dumps(["a" * 200_000, *short]).encode()
    file = CountedFile(content)
    assert len(read(file)) == 2_001
    last_of_the_string = next(at for at, so_far in enumerate(accumulate(file.reads)) if so_far > 200_000)
    later = file.reads[last_of_the_string + 1 :]
    assert len(later) > 10
    assert max(later) == CHUNK


def test_a_file_of_short_strings_is_read_in_chunks_of_one_size() -> None:
    file = CountedFile(json.dumps([{"text": 'сказал "да" \\'}] * 20_000).encode())
    assert len(read(file)) == 20_000
    assert set(file.reads[:-1]) == {CHUNK}


# Pieces of strings, cut anywhere: escapes, invalid ones, pairs and halves of them, letters of one to four bytes.
PIECES = st.sampled_from(
    [*CONTENTS, r"\x1F", r"\\x41", r"\\\x01", r"\ud83d", r"\udc4d", r"\uD83D\uD83D\uDC4D", r"\\ud83d", "👍", "x", "é"]
)
STRINGS = st.lists(PIECES, max_size=20).map(lambda pieces: '"' + "".join(pieces) + '"')
SIZES = st.lists(st.integers(1, 24), min_size=1, max_size=12)


@given(st.lists(STRINGS, max_size=6), SIZES)
def test_wherever_a_file_is_cut_it_reads_as_the_whole(strings: list[str], sizes: list[int]) -> None:
    content = f"[{', '.join(strings)}]".encode()
    assert read(CutFile(content, sizes)) == read(io.BytesIO(content))


@given(st.lists(PIECES, min_size=1, max_size=6), st.integers(-30, 30))
def test_a_long_string_reads_as_written_whatever_stands_where_its_chunks_meet(pieces: list[str], shift: int) -> None:
    # The second chunk of a string is as long as the first, the third twice as long.
    filling = "a" * (CHUNK + shift - 1)
    written = "-".join([filling, *pieces, "b" * CHUNK, *pieces, "c" * 2 * CHUNK])
    content = f'"{written}"'.encode()
    assert read(io.BytesIO(content)) == read(CutFile(content, [len(content)]))


def test_elements_are_taken_one_by_one() -> None:
    events = json_events(io.BytesIO(b'[1, [2, 3], {"a": null}, "x"]'))
    assert next(events)[0] == "start_array"
    assert [value(events, first) for first in elements(events)] == [1, [2, 3], {"a": None}, "x"]
