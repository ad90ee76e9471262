"""The loaded lines: growing from the end, changing in place."""

import pytest
from PySide6.QtCore import QModelIndex
from pytestqt.qtbot import QtBot

from moderator_app.ui.history.history_model import Column, HistoryModel
from tests.builders import NOON
from tests.ui.decided import line


@pytest.fixture
def model(qtbot: QtBot) -> HistoryModel:
    return HistoryModel(clock=lambda: NOON)


def numbers(model: HistoryModel) -> list[int]:
    return [model.line(row).decision.decision for row in range(model.rowCount())]


def test_scrolling_to_the_end_asks_for_older_lines_once(model: HistoryModel, qtbot: QtBot) -> None:
    model.restart([line(9), line(8)], complete=False)
    with qtbot.waitSignal(model.more_wanted):
        model.fetchMore(QModelIndex())
    assert not model.canFetchMore(QModelIndex())
    model.append([line(7)], complete=True)
    assert numbers(model) == [9, 8, 7]
    assert not model.canFetchMore(QModelIndex())


def test_a_page_that_could_not_be_read_is_asked_for_again(model: HistoryModel) -> None:
    model.restart([line(9)], complete=False)
    model.fetchMore(QModelIndex())
    model.give_up()
    assert model.canFetchMore(QModelIndex())


def test_a_line_that_came_up_since_stands_at_its_place(model: HistoryModel) -> None:
    model.restart([line(9), line(5)], complete=False)
    model.insert([line(11), line(7), line(9)])
    assert numbers(model) == [11, 9, 7, 5]


def test_a_changed_line_is_told_as_one_row_and_an_equal_one_not_at_all(model: HistoryModel) -> None:
    model.restart([line(3), line(2), line(1)], complete=True)
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.update([line(2, undone=NOON), line(1), line(99)])
    assert told == [(1, 1)]
    assert str(model.index(1, Column.CHOICE).data()).endswith("(undone)")


def test_a_message_of_several_lines_stands_on_one(model: HistoryModel) -> None:
    model.restart([line(excerpt="one\n\n  two\u2028three")], complete=True)
    assert model.index(0, Column.MESSAGE).data() == "one two three"
