"""The notices at the lower edge of the window."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from moderator_app.ui.main_window import MainWindow
from moderator_app.ui.notices import Notice, Tone


def test_errors_stay_longer_than_good_news(qapp: QApplication, tmp_path: Path) -> None:
    window = MainWindow(tmp_path)
    bar = window.notice_bar
    for text, tone in (("a", Tone.ERROR), ("b", Tone.GOOD), ("c", Tone.ERROR), ("d", Tone.ERROR)):
        bar.show_notice(Notice(text, tone))
    assert bar.texts() == ["a", "c", "d"]
    bar.show_notice(Notice("e", Tone.GOOD))
    assert bar.texts() == ["c", "d", "e"]
    window.let_go()


def test_what_is_told_in_passing_gives_way_to_what_happened_since(qapp: QApplication, tmp_path: Path) -> None:
    window = MainWindow(tmp_path)
    bar = window.notice_bar
    for text, tone in (("good", Tone.GOOD), ("deleted", Tone.PLAIN), ("back in the queue", Tone.PLAIN)):
        bar.show_notice(Notice(text, tone))
    assert bar.texts() == ["good", "back in the queue"]
    window.let_go()
