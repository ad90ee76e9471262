"""The quiet view of the queue: first without what stands around list and card, then the card alone."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from moderator_app.ui.queue.review_page import ReviewPage

# The pane of the queue that holds sources, communities and views.
_VIEWS = 0


class Zen(QObject):
    """`around` is hidden besides the queue's own panes. The status stays: it counts down what leaves soon."""

    def __init__(self, page: ReviewPage, *around: QWidget) -> None:
        super().__init__(page)
        self._page, self._around = page, around
        self._depth = 0

    @property
    def depth(self) -> int:
        """0 for everything, 1 for list and card, 2 for the card alone."""
        return self._depth

    def turn(self) -> None:
        """To the next depth, and from the last back to everything."""
        self._show((self._depth + 1) % 3)

    def end(self) -> None:
        if self._depth:
            self._show(0)

    def _show(self, depth: int) -> None:
        self._depth = depth
        splitter = self._page.splitter
        for part in (*self._around, splitter.widget(_VIEWS)):
            if part is not None:
                part.setVisible(depth == 0)
        if depth == 2:
            # The focus goes on before the list leaves: left alone, Qt would hand it to a button.
            self._page.card.text.setFocus()
        if (rows := self._page.list.parentWidget()) is not None:
            rows.setVisible(depth < 2)
        if depth < 2:
            self._page.setFocus()
