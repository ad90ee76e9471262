"""The fast decoder of JSON lines and the lenient one, which takes what the fast one refuses, must agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator_app.sources import json_lines
from moderator_app.sources.json_lines import BadLine, read_line
from tests.sources.exports import community

HOUSE = community("Дом")


def outcome(content: bytes) -> str:
    """What becomes of a line: of two that differ, their types too."""
    try:
        return repr(read_line(content, 1, HOUSE))
    except BadLine as error:
        return repr((error.text_id, error.parameters, error.id))


def outcome_leniently(content: bytes) -> str:
    """The same without the fast decoder."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(json_lines, "_is_shallow", lambda _line: False)
        return outcome(content)


# Where decoders of JSON differ.
IN_STRINGS = (
    *(b"a", "я".encode(), "😀".encode(), "\u2028".encode(), b"\x7f", b"'", b"[", b"{"),
    *(rb"\n", rb"\/", rb"\\", rb"\"", rb"\'", rb"\u0041", rb"\u0000", rb"\u00", rb"\x41", rb"\x4"),
    *(rb"\ud83d", rb"\ude00", rb"\uD83D\uDE00"),
    *(b"\t", b"\x00", b"\x1f", b"\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b'"'),
)
VALUES = (
    *(b"null", b"true", b"False", b"NaN", b"-Infinity", b"inf", b"", b"-", b"+1", b"01", b".5", b"1.", b"0x10"),
    *(b"0", b"-0", b"-0.0", b"7", b"1.5", b"1704196800", b"1E2", b"1e400", b"-1e400", b"1e-400", b"1" * 30, b"1" * 400),
    *(b"9223372036854775807", b"9223372036854775808", b"-9223372036854775808", b"-9223372036854775809"),
    *(b"18446744073709551615", b"18446744073709551616", b"1" * 5_000, b"1.0" + b"0" * 400, b'"2024-01-02T12:00:00Z"'),
)
NAMES = (b"id", b"text", b"platform", b"community", b"community_name", b"author", b"author_name", b"date", b"edited")
MORE_NAMES = (b"forward", b"from", b"links", b"attachments", b"type", b"reply_to", b"sender_chat", b"weight")
AROUND = (b"", b" ", b"\t\r\n", b"\x0b", b"\xc2\xa0", b"\x00", b"\xef\xbb\xbf", b"}", b",", b"/**/")

written = st.lists(st.sampled_from(IN_STRINGS), max_size=4).map(lambda parts: b'"' + b"".join(parts) + b'"')


def objects(inner: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    names = st.sampled_from([b'"' + name + b'"' for name in NAMES + MORE_NAMES]) | written
    members = st.lists(st.tuples(names, inner), max_size=3)
    return members.map(lambda found: b"{" + b",".join(name + b": " + value for name, value in found) + b"}")


values = st.recursive(
    st.sampled_from(VALUES) | written,
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: b"[" + b", ".join(parts) + b"]") | objects(inner),
    max_leaves=5,
)


@given(
    st.sampled_from(AROUND),
    st.lists(st.tuples(st.sampled_from(NAMES + MORE_NAMES), values), max_size=4),
    st.sampled_from(AROUND),
)
def test_the_fast_decoder_takes_a_line_as_the_lenient_one_does(
    before: bytes, members: list[tuple[bytes, bytes]], after: bytes
) -> None:
    rest = b"".join(b', "' + name + b'": ' + value for name, value in members)
    content = before + b'{"id": 5, "text": "hi"' + rest + b"}" + after
    assert outcome(content) == outcome_leniently(content)


@given(st.sampled_from(AROUND), values)
def test_anything_is_no_message_to_both_decoders(before: bytes, value: bytes) -> None:
    assert outcome(before + value) == outcome_leniently(before + value)


@given(st.binary())
def test_any_bytes_in_a_text_are_the_same_to_both_decoders(text: bytes) -> None:
    content = b'{"id": 5, "text": "' + text + b'"}'
    assert outcome(content) == outcome_leniently(content)


@pytest.mark.parametrize("depth", [100, 400, 499, 501, 800, 950, 1000, 1023, 1025, 5000])
@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_both_decoders_take_nesting_as_deep(depth: int, opening: bytes, closing: bytes) -> None:
    content = b'{"id": 5, "text": "a", "x": ' + depth * opening + b"1" + depth * closing + b"}"
    assert outcome(content) == outcome_leniently(content)
