"""Shows notices over the lower edge of the window, without moving anything under the hand."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from moderator_app.language import _
from moderator_app.ui.notices import Notice, Tone
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import foreign

MOST = 3
SHOWN_MS = 8000
WIDTH = 560


class NoticeBar(QWidget):
    """The newest notices of a window; errors stay until they are closed, others leave by themselves."""

    def __init__(self, window: QWidget, bottom: int) -> None:
        super().__init__(window)
        self._window, self._bottom = window, bottom
        self._lines: list[_Line] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        window.installEventFilter(self)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        if any(line.notice == notice for line in self._lines):
            return
        if notice.tone is Tone.PLAIN:
            # What was told in passing is outdated by what happened since: "deleted" by "back in the queue".
            for passed in [line for line in self._lines if line.notice.tone is Tone.PLAIN]:
                self._drop(passed)
        line = _Line(notice)
        line.closing.clicked.connect(lambda: self._drop(line))
        if notice.tone is not Tone.ERROR:
            QTimer.singleShot(SHOWN_MS, line, lambda: self._drop(line))
        self._lines.append(line)
        self._column.addWidget(line)
        # A line that was never shown takes no room when the height is reckoned.
        line.show()
        while len(self._lines) > MOST:
            # What went wrong stays longer than what went well.
            passing = [line for line in self._lines[:-1] if line.notice.tone is not Tone.ERROR]
            self._drop((passing or self._lines)[0])
        self._place()

    def texts(self) -> list[str]:
        return [line.notice.text for line in self._lines]

    def _drop(self, line: "_Line") -> None:
        if line in self._lines:
            self._lines.remove(line)
            line.hide()
            self._column.removeWidget(line)
            line.deleteLater()
            self._place()

    def _place(self) -> None:
        self.setVisible(bool(self._lines))
        # Never over the actions, which stand at the right.
        width = min(WIDTH, self._window.width() // 2)
        self.setFixedWidth(width)
        height = (
            self._column.totalHeightForWidth(width) if self._column.hasHeightForWidth() else self.sizeHint().height()
        )
        self.setGeometry(2 * GRID, self._window.height() - self._bottom - height - GRID, width, height)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False


class _Line(QWidget):
    def __init__(self, notice: Notice) -> None:
        super().__init__()
        self.notice = notice
        text: QLabel = foreign(notice.text, tone=notice.tone, most=1000)
        text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.closing = QToolButton()
        self.closing.setText("✕")
        self.closing.setAccessibleName(_("Close the notice"))
        self.closing.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.addWidget(text, 1)
        row.addWidget(self.closing, 0, Qt.AlignmentFlag.AlignTop)
        self.setProperty("notice", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(notice.text)
