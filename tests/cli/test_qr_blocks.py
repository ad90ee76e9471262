"""A QR code drawn on a terminal holds every module."""

import pytest

from moderator_app.cli.qr_blocks import drawn
from moderator_app.qr_code import QUIET, modules

URL = "tg://login?token=" + "Ab1-_" * 9
HALVES = {"█": "  ", "▀": " #", "▄": "# ", " ": "##"}


def test_the_signs_are_the_modules() -> None:
    lines = drawn(URL, coloured=False).split("\n")
    rows = ["".join(HALVES[sign][half] for sign in line) for line in lines for half in (0, 1)]
    expected = ["".join("#" if dark else " " for dark in row) for row in modules(URL)]
    assert rows[: len(expected)] == expected
    assert all(row.strip() == "" for row in rows[len(expected) :])


def test_a_light_border_stands_around_the_code() -> None:
    rows = modules(URL)
    assert not any(any(row) for row in (*rows[:QUIET], *rows[-QUIET:]))
    assert not any(any(row[:QUIET]) or any(row[-QUIET:]) for row in rows)
    # The corner of a finder.
    assert all(rows[QUIET][QUIET : QUIET + 7])


@pytest.mark.parametrize("coloured", [True, False])
def test_colours_change_no_sign(coloured: bool) -> None:
    text = drawn(URL, coloured=coloured)
    assert ("\x1b[40;97m" in text) is coloured
    assert text.replace("\x1b[40;97m", "").replace("\x1b[0m", "") == drawn(URL, coloured=False)
