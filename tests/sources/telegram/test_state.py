"""How far chats were read survives as text, and never goes back."""

import pytest

from moderator_app.sources.telegram.state import ReadState


def test_what_was_read_is_found_again() -> None:
    state = ReadState()
    assert state.advance({"1500": 7, "1600": 0})
    again = ReadState.load(state.dump())
    assert (again.up_to("1500"), again.up_to("1600"), again.up_to("1700")) == (7, 0, None)


def test_no_chat_goes_back() -> None:
    state = ReadState({"1500": 7})
    assert not state.advance({"1500": 6})
    assert state.advance({"1500": 9, "1600": 1})
    assert (state.up_to("1500"), state.up_to("1600")) == (9, 1)


@pytest.mark.parametrize(
    "cursor",
    [
        "", "7", "[]", "{}", "not json", '{"layout": 2, "read": {"1500": 7}}', '{"layout": 1}',
        '{"layout": 1, "read": []}',
        '{"layout": 1, "read": {"1500": "7"}}', '{"layout": 1, "read": {"1500": -1}}',
        '{"layout": 1, "read": {"1500": true}}',
    ],
)  # fmt: skip
def test_a_cursor_of_another_kind_tells_nothing(cursor: str) -> None:
    assert ReadState.load(cursor).up_to("1500") is None
