"""PySide6 6.12.0 took a reference to None with every call that returns nothing, until Python died."""

import sys

from PySide6.QtWidgets import QApplication, QLabel

CALLS = 20_000
# Caches come and go; a leak of one per call would be a hundred times more.
SLACK = 200


def test_none_and_true_keep_their_reference_counts_over_many_calls(qapp: QApplication) -> None:
    label = QLabel()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for number in range(CALLS):
        label.setIndent(number % 7)
        label.isEnabled()
    after = sys.getrefcount(None), sys.getrefcount(True)
    assert abs(after[0] - before[0]) < SLACK
    assert abs(after[1] - before[1]) < SLACK
