"""Offsets, stretches of long texts, and numbers that add up."""

from hypothesis import given
from hypothesis import strategies as st

from moderator_app.ui.queue.evidence import (
    HEAD,
    in_utf16,
    inside,
    joined,
    percent,
    pieces,
    printable,
    shares,
    stretches,
)
from moderator_app.ui.queue.queue_delegate import in_sight


@given(st.text(max_size=60), st.data())
def test_offsets_in_utf16_mark_the_same_characters(text: str, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(text)))
    last = data.draw(st.integers(first, len(text)))
    ((begin, end),) = in_utf16(text, [(first, last)])
    units = text.encode("utf-16-le", "surrogatepass")
    assert units[2 * begin : 2 * end] == text[first:last].encode("utf-16-le", "surrogatepass")


def test_a_span_beyond_the_text_ends_with_it() -> None:
    assert in_utf16("😀a", [(0, 99)]) == ((0, 3),)


@given(st.lists(st.floats(0, 0.2), max_size=5))
def test_shares_add_up_to_the_score_shown(parts: list[float]) -> None:
    assert sum(shares(parts)) == percent(sum(parts))


def test_largest_remainders_get_the_missing_points() -> None:
    assert shares([0.314, 0.273, 0.183, 0.16]) == (32, 27, 18, 16)


@given(st.text())
def test_printable_text_keeps_every_offset(text: str) -> None:
    assert len(printable(text)) == len(text)


def test_a_short_text_is_shown_whole() -> None:
    (whole,) = stretches("коротко", [(0, 3)])
    assert whole.text == "коротко"


def test_of_a_megabyte_the_beginning_and_the_evidence_are_shown() -> None:
    text = "а" * 500_000 + "казино" + "б" * 500_000
    beginning, around = stretches(text, [(500_000, 500_006)])
    assert beginning.text == text[:HEAD]
    assert around.text[slice(*inside([(500_000, 500_006)], around)[0])] == "казино"
    assert len(around.text) < 1000


def test_a_thousand_hits_do_not_make_the_whole_text_shown() -> None:
    spans = [(place, place + 3) for place in range(0, 1_000_000, 1000)]
    assert sum(len(part.text) for part in stretches("а" * 1_000_000, spans)) < 40_000


def test_overlapping_marks_are_one() -> None:
    assert joined([(5, 9), (0, 3), (2, 4), (9, 10)]) == ((0, 4), (5, 10))


def test_evidence_far_along_the_line_is_brought_into_sight() -> None:
    text, marks = in_sight("а" * 100 + "казино", ((100, 106),))
    assert text.startswith("…")
    assert text[slice(*marks[0])] == "казино"


def test_a_text_without_spaces_is_broken_now_and_then_and_nothing_is_lost() -> None:
    text = "два слова " + "ы" * 10_000
    broken = pieces(text)
    assert "".join(piece.text for piece in broken) == text
    assert max(len(piece.text) for piece in broken) < 3_000
    assert len(pieces("слово " * 10_000)) == 1
