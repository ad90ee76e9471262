"""No text is cut where letters are of twice the size: every page and dialog, in both languages."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QScrollArea,
    QToolButton,
    QWidget,
)

from moderator_app.ui.queue.digits_panel import DigitsPanel
from moderator_app.ui.theme import Theme
from moderator_app.ui.widgets.labels import ElidedLabel
from moderator_app.ui.words import Words
from tests.ui.conftest import Run
from tests.ui.shop import shop
from tests.ui.walking import places

# A hair's breadth, by which sizes are rounded.
SLACK = 1


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)])
def test_nothing_is_cut_at_twice_the_size(
    language: str, size: tuple[int, int], run: Run, qapp: QApplication, tmp_path: Path
) -> None:
    async def work() -> None:
        theme, words = Theme(qapp), Words(qapp)
        async with shop(tmp_path) as at:
            at.window.resize(*size)
            words.use(language)
            theme.use_letters(200)
            try:
                found = [f"{name}: {fault}" async for name, place in places(at) for fault in cut(place)]
            finally:
                theme.use_letters(100)
            assert found == []

    run(work())


def cut(place: QWidget) -> list[str]:
    """Texts of `place` that do not fit where they stand, each with what is missing."""
    shown = [each for each in place.findChildren(QWidget) if each.isVisible() and not each.visibleRegion().isEmpty()]
    faults = [fault for each in shown if (fault := _fault(each))]
    return list(dict.fromkeys(faults))


def _fault(widget: QWidget) -> str:
    # What is cut on purpose tells its whole text when it is pointed at.
    if isinstance(widget, ElidedLabel):
        return ""
    if isinstance(widget, QAbstractButton) and isinstance(widget.parentWidget(), DigitsPanel):
        return "" if widget.toolTip() or not widget.text() else f"no tip for {widget.text()!r}"
    text = _text(widget)
    if not text:
        return ""
    need, have = _needed(widget), widget.contentsRect().size()
    if need[0] > have.width() + SLACK or need[1] > have.height() + SLACK:
        return f"{type(widget).__name__} {text[:50]!r} needs {need}, has {have.toTuple()}"
    return _hidden_at_the_side(widget, text)


def _text(widget: QWidget) -> str:
    if isinstance(widget, QToolButton) and widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly:
        return ""
    return widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""


def _needed(widget: QWidget) -> tuple[int, int]:
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return 0, widget.heightForWidth(widget.width()) - 2 * widget.margin()
        return widget.sizeHint().width(), widget.fontMetrics().height()
    return _inside(widget), widget.fontMetrics().height()


def _inside(widget: QWidget) -> int:
    """The width of a button's text and what stands beside it, without the frame."""
    frame = widget.width() - widget.contentsRect().width()
    return widget.sizeHint().width() - frame


def _hidden_at_the_side(widget: QWidget, text: str) -> str:
    """A part of a form that lies outside its area, which cannot be scrolled sideways."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is None or above.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
        return ""
    right = widget.mapTo(above.viewport(), QPoint(widget.width(), 0)).x()
    over = right - above.viewport().width()
    return f"{type(widget).__name__} {text[:50]!r} stands {over} beyond the edge" if over > SLACK else ""
