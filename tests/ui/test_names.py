"""Names as people write them to be noticed, or not to be."""

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from moderator_app.ui.names import MOST, as_tip, breakable, named, unbroken


def test_a_name_is_one_line_of_bounded_length() -> None:
    assert named("Имя\nв две\t строки") == "Имя в две строки"
    assert named("Я" * 500) == "Я" * (MOST - 1) + "…"


def test_a_name_cannot_turn_the_words_around_it() -> None:
    assert named("\u202eнаоборот\u2066") == "наоборот"


def test_a_name_of_which_nothing_is_seen_gives_way_to_the_next() -> None:
    assert named("\u200b\u200d", "\u3164", "  ", None, "vk:6") == "vk:6"
    assert named("\u0301\u0335") == ""


def test_long_words_can_be_broken_and_come_back_whole() -> None:
    address = "https://example.com/" + "a" * 100
    assert "\u200b" in breakable(address)
    assert unbroken(breakable(address)) == address
    assert breakable("a" + "\u0301" * 40) == "a" + "\u0301" * 40


def test_a_tooltip_shows_markup_as_it_was_written(qapp: QApplication) -> None:
    shown = QTextDocument()
    shown.setHtml(as_tip("<img src=x> & Co"))
    assert unbroken(shown.toPlainText()) == "<img src=x> & Co"
