"""What a screen reader meets: every control of every page and dialog has a name, and the focus is seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QWidget

from moderator_app.settings import Theme as Choice
from moderator_app.ui.theme import Theme
from moderator_app.ui.words import Words
from tests.ui.conftest import Run
from tests.ui.shop import shop
from tests.ui.walking import places

Role = QAccessible.Role
NAMED = frozenset(
    {
        Role.Button,
        Role.PushButton,
        Role.ButtonMenu,
        Role.ButtonDropDown,
        Role.CheckBox,
        Role.RadioButton,
        Role.ComboBox,
        Role.EditableText,
        Role.SpinBox,
        Role.Slider,
        Role.List,
        Role.ListItem,
        Role.Table,
        Role.Tree,
        Role.TreeItem,
        Role.PageTab,
        Role.Dialog,
        Role.Link,
    }
)
# Parts that answer for the control they belong to.
WHOLE = frozenset({Role.ComboBox, Role.SpinBox, Role.ScrollBar, Role.Table, Role.Tree, Role.List})
DEEPEST, MOST_ROWS = 40, 30


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_control_of_every_page_and_dialog_has_a_name(
    language: str, run: Run, qapp: QApplication, tmp_path: Path
) -> None:
    async def work() -> None:
        words, met, nameless = Words(qapp), 0, list[str]()
        async with shop(tmp_path) as at:
            words.use(language)
            async for name, place in places(at):
                for control in controls(QAccessible.queryAccessibleInterface(place)):
                    met += 1
                    if not control.text(QAccessible.Text.Name).strip():
                        nameless.append(f"{name}: {control.role().name} {type(control.object()).__name__}")
            assert list(dict.fromkeys(nameless)) == []
            assert met > 200

    run(work())


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_the_focus_is_seen_on_every_kind_of_control(
    choice: Choice, run: Run, qapp: QApplication, tmp_path: Path
) -> None:
    async def work() -> None:
        Theme(qapp, choice)
        unseen = []
        async with shop(tmp_path) as at:
            async for name, place in places(at):
                for widget in _stops(place):
                    widget.clearFocus()
                    without = widget.grab().toImage()
                    widget.setFocus(Qt.FocusReason.TabFocusReason)
                    if QApplication.focusWidget() is widget and widget.grab().toImage() == without:
                        unseen.append(f"{name}: {type(widget).__name__} {widget.accessibleName()}")
            assert unseen == []

    run(work())


def controls(interface: QAccessibleInterface | None, depth: int = 0) -> Iterator[QAccessibleInterface]:
    """What can be worked with, as far as it is in view."""
    if interface is None or depth > DEEPEST or interface.state().invisible:
        return
    if interface.role() in NAMED:
        yield interface
    if interface.role() in (Role.ComboBox, Role.SpinBox, Role.ScrollBar):
        return
    most = MOST_ROWS if interface.role() in WHOLE else interface.childCount()
    for place in range(min(interface.childCount(), most)):
        yield from controls(interface.child(place), depth + 1)


def _stops(place: QWidget) -> list[QWidget]:
    """One control of each kind and dress at which the Tab key stops."""
    kinds: dict[tuple[object, ...], QWidget] = {}
    for widget in place.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QLineEdit | QComboBox) or not widget.isVisible():
            continue
        if not widget.isEnabled() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        dress = tuple(str(widget.property(name)) for name in ("page", "chip", "action", "strip", "tone", "held"))
        kinds.setdefault((type(widget), *dress), widget)
    return list(kinds.values())
