"""Contrast, and figures that stand still."""

import re
from itertools import product

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSpinBox

from moderator_app.settings import Theme as Choice
from moderator_app.ui.theme import DARK, LIGHT, Theme, Tokens, palette, style_sheet, tokens

AA_TEXT = 4.5
AA_SHAPE = 3.0
WORDS = ("text", "muted", "accent", "danger", "warning", "good")


def luminance(color: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("chosen", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_colour_holds_aa_where_it_stands(chosen: Tokens) -> None:
    for word, ground in product(WORDS, ("panel", "hover", "selected", "window")):
        assert contrast(getattr(chosen, word), getattr(chosen, ground)) >= AA_TEXT, (word, ground)
    assert contrast(chosen.text, chosen.mark) >= AA_TEXT
    assert contrast(chosen.on_accent, chosen.accent) >= AA_TEXT


@pytest.mark.parametrize("chosen", [LIGHT, DARK], ids=["light", "dark"])
def test_what_shows_focus_and_evidence_can_be_told_from_its_ground(chosen: Tokens) -> None:
    assert contrast(chosen.accent, chosen.panel) >= AA_SHAPE
    assert contrast(chosen.mark_line, chosen.panel) >= AA_SHAPE
    for ground in ("window", "selected", "hover"):
        assert contrast(chosen.accent, getattr(chosen, ground)) >= AA_SHAPE


@pytest.mark.parametrize("chosen", [LIGHT, DARK], ids=["light", "dark"])
def test_a_flashing_button_can_be_read(chosen: Tokens) -> None:
    rule = re.search(r'QPushButton\[flash="true"\] \{([^}]*)\}', style_sheet(chosen))
    assert rule is not None
    worn = dict(part.strip().split(": ") for part in rule[1].split(";") if part.strip())
    assert contrast(worn["color"], worn["background"]) >= AA_TEXT
    assert contrast(worn["border-color"], worn["background"]) >= AA_SHAPE


def test_the_style_sheet_names_no_colour_of_its_own() -> None:
    assert "@" not in style_sheet(LIGHT)


@pytest.mark.parametrize("points", [8.0, 10.0, 13.5, 20.0])
def test_buttons_and_fields_are_of_one_height_in_every_size_of_letters(qapp: QApplication, points: float) -> None:
    Theme(qapp, Choice.LIGHT)
    fields = [QPushButton("A"), QLineEdit(), QComboBox(), QSpinBox()]
    for field in fields:
        letters = QFont(field.font())
        letters.setPointSizeF(points)
        field.setFont(letters)
        field.ensurePolished()
    heights = [field.sizeHint().height() for field in fields]
    assert max(heights) - min(heights) <= 1


def test_widgets_know_their_colours_from_their_palette() -> None:
    assert tokens(palette(LIGHT)) is LIGHT
    assert tokens(palette(DARK)) is DARK


def test_the_theme_can_be_changed_while_the_window_is_open(qapp: QApplication) -> None:
    theme = Theme(qapp, Choice.LIGHT)
    changes: list[int] = []
    theme.changed.connect(lambda: changes.append(1))
    theme.use(Choice.DARK)
    assert tokens(qapp.palette()) is DARK
    theme.use(Choice.DARK)
    assert changes == [1]
    theme.use(Choice.LIGHT)
