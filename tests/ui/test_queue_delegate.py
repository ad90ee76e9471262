"""What a row of the queue makes room for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from moderator_app.ui.queue.queue_delegate import score_width
from moderator_app.ui.theme import tabular


@pytest.mark.parametrize("points", [7.5, 9.0, 10.5, 12.0, 13.3, 18.0, 32.0])
def test_the_highest_score_is_shown_in_full_in_every_size_of_letters(qapp: QApplication, points: float) -> None:
    bold = QFont(qapp.font())
    bold.setPointSizeF(points)
    bold.setWeight(QFont.Weight.DemiBold)
    metrics = QFontMetrics(tabular(bold))
    assert metrics.elidedText("100", Qt.TextElideMode.ElideRight, score_width(bold)) == "100"
