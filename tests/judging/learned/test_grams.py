"""The n-grams of a text depend on nothing but the text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator_app.judging.learned.grams import Grams, grams_of

ANYTHING = st.text(st.characters(exclude_categories=()))


def rows(text: str) -> list[int]:
    """The rows of one text, without those that stand for nothing."""
    return _rows(grams_of([text]), 0)


def _rows(grams: Grams, text: int) -> list[int]:
    ends = np.append(grams.starts[1:], len(grams.rows[0]))
    part = slice(int(grams.starts[text]), int(ends[text]))
    return [int(row) for lengths in grams.rows for row in lengths[part] if row]


@given(st.lists(ANYTHING, min_size=1))
def test_texts_in_a_batch_have_the_rows_they_have_alone(texts: list[str]) -> None:
    grams = grams_of(texts)
    assert [_rows(grams, index) for index in range(len(texts))] == [rows(text) for text in texts]


@pytest.mark.parametrize(
    "other", ["пиши в\nличку", "  пиши \t в личку\n", "пиши\u2003в\n\n\nличку", "пиши, в - личку."]
)
def test_white_space_and_commas_make_no_difference(other: str) -> None:
    assert rows(other) == rows("пиши в личку")


def test_drawn_out_letters_and_repeated_signs_count_as_few() -> None:
    assert rows("приветтттттт!!!!") == rows("приветт!")


def test_all_digits_are_one() -> None:
    assert rows("от 300$") == rows("от 925$")


def test_different_words_share_their_ends_alone() -> None:
    both = set(rows("кошка")) & set(rows("билет"))
    assert both == set(rows(""))
