"""What every page is given, and a page on the screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget

from moderator_app.moderation.changes import Changes
from moderator_app.ui.notices import Notice, Notices
from moderator_app.ui.tasks import Tasks


@dataclass
class Given:
    """`told` are the notices posted."""

    changes: Changes = field(default_factory=Changes)
    notices: Notices = field(default_factory=Notices)
    told: list[Notice] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tasks = Tasks(self.notices)
        self.notices.posted.connect(self.told.append)


@asynccontextmanager
async def shown(given: Given, page: QWidget) -> AsyncIterator[None]:
    """The page on the screen; its tasks have ended when the test goes on."""
    page.resize(1200, 760)
    page.show()
    try:
        yield
    finally:
        await given.tasks.close()
        page.close()
        page.deleteLater()
        # Before the loop ends: nobody would delete it afterwards.
        QApplication.sendPostedEvents(page, QEvent.Type.DeferredDelete.value)


class Hands:
    """What somebody does on a panel: by the names of fields and the words on buttons."""

    panel: QWidget

    def field(self, name: str) -> QLineEdit:
        return next(each for each in self.panel.findChildren(QLineEdit) if each.accessibleName() == name)

    def sees(self, name: str) -> bool:
        field = self.field(name)
        return field.isVisible() and field.isEnabled()

    def type(self, name: str, text: str) -> None:
        """Type into a field and strike Enter."""
        field = self.field(name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        QTest.keyClick(field, Qt.Key.Key_Return)

    def press(self, text: str) -> None:
        pressed = button(self.panel, text)
        assert pressed.isVisible()
        assert pressed.isEnabled()
        pressed.click()


def button(page: QWidget, text: str) -> QPushButton:
    """The button that reads `text`; one that is in view, where there are several."""
    found = [each for each in page.findChildren(QPushButton) if each.text() == text]
    return next((each for each in found if each.isVisible()), found[0])


def says(page: QWidget, words: str) -> bool:
    """Whether a label in view holds `words`."""
    return any(words in label.text() for label in page.findChildren(QLabel) if label.isVisible())
