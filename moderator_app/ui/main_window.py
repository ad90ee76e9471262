"""The main window: the pages under their bar, the status below, notices over both."""

import os
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QSettings, Qt, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.language import _
from moderator_app.private_files import tighten
from moderator_app.ui.keys import Command
from moderator_app.ui.widgets.empty_panel import EmptyPanel
from moderator_app.ui.widgets.notice_bar import NoticeBar
from moderator_app.ui.widgets.question_panel import QuestionPanel
from moderator_app.ui.widgets.status_panel import HEIGHT, StatusPanel
from moderator_app.ui.widgets.top_panel import TopPanel

SIZE = (1280, 800)
LAYOUT = "window.ini"


class MainWindow(QWidget):
    """`dropped` carries files let go over the window. `close_wished`: the window stays until its owner lets it go."""

    dropped = Signal(object)
    close_wished = Signal()

    def __init__(self, profile: Path | None) -> None:
        super().__init__()
        self._layout_file = profile / LAYOUT if profile else None
        self._pages: dict[Command, QWidget] = {}
        self._splitters: dict[str, QSplitter] = {}
        self._may_close = False
        self.top = TopPanel()
        self.status = StatusPanel()
        self.question = QuestionPanel()
        self.notice_bar = NoticeBar(self, HEIGHT)
        self._before = EmptyPanel()
        self._stack = QStackedWidget()
        self._stack.addWidget(self._before)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self._stack, 1)
        column.addWidget(self.question)
        column.addWidget(self.status)
        self.resize(*SIZE)
        self._restore()
        self._retranslate()

    def show_pages(self, pages: Mapping[Command, QWidget], splitters: Mapping[str, QSplitter]) -> None:
        """Take in the pages; `splitters` remember their sizes under these names."""
        self._pages, self._splitters = dict(pages), dict(splitters)
        for page in pages.values():
            self._stack.addWidget(_scrolled(page))
        stored = self._stored()
        for name, splitter in splitters.items():
            kept = stored.value(f"splitters/{name}")
            if isinstance(kept, QByteArray):
                splitter.restoreState(kept)
        self.show_page(next(iter(pages)))
        self.setAcceptDrops(True)

    def show_page(self, page: Command) -> None:
        if page in self._pages:
            self._stack.setCurrentIndex(self._index_of(page))
            self._pages[page].setFocus()
            self.top.show_page(page)

    def shows(self, page: Command) -> bool:
        return page in self._pages and self._stack.currentIndex() == self._index_of(page)

    def come_forward(self) -> None:
        """Somebody called for the window."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def give_up(self, title: str, text: str) -> None:
        """There will be no pages: say why in their place."""
        self._before.say(title, text)
        self.top.setEnabled(False)
        self.status.setVisible(False)

    def let_go(self) -> None:
        """Remember the layout, if there was more to see than why there is nothing, and close for good."""
        if self._pages and self._layout_file:
            self._remember(self._layout_file)
        self._may_close = True
        self.close()

    def _remember(self, file: Path) -> None:
        stored = self._stored()
        stored.setValue("geometry", self.saveGeometry())
        for name, splitter in self._splitters.items():
            stored.setValue(f"splitters/{name}", splitter.saveState())
        stored.sync()
        if file.exists():
            tighten(file)

    def _index_of(self, page: Command) -> int:
        """The words before the pages stand first."""
        return 1 + list(self._pages).index(page)

    def _stored(self) -> QSettings:
        return QSettings(str(self._layout_file or os.devnull), QSettings.Format.IniFormat)

    def _restore(self) -> None:
        kept = self._stored().value("geometry")
        if isinstance(kept, QByteArray):
            self.restoreGeometry(kept)

    def _retranslate(self) -> None:
        self.setWindowTitle(_("Moderator's console"))
        if not self._pages:
            self._before.say(_("Opening…"), "")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.close_wished.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)


def _scrolled(page: QWidget) -> QScrollArea:
    """A page scrolls where the window is smaller than it can be, which large letters make likely."""
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return area
