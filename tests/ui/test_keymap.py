"""Keys put elsewhere: what is taken, what is refused, and what a wrong setting does."""

import pytest

from moderator_app.ui.keymap import NAMES, STANDARD, changed, read, why_not, without_letters, written
from moderator_app.ui.keys import BINDINGS, Command
from moderator_app.ui.physical_keys import Key

PLAIN_Y = (Key.Y, False, False, False)


def stroke_of(text: str, name: str) -> tuple[Key, bool, bool, bool]:
    return read(text).bindings[NAMES.index(name)].stroke


def test_a_key_is_put_elsewhere_and_written_down_again() -> None:
    made = changed(STANDARD.bindings, "dismiss", PLAIN_Y)
    assert written(made) == "dismiss=Y"
    assert read("dismiss=Y").bindings == made
    assert read(written(STANDARD.bindings)) == STANDARD


def test_two_commands_can_exchange_their_keys() -> None:
    exchanged = read("select=Q filters=X")
    assert exchanged.faults == ()
    assert stroke_of("select=Q filters=X", "select") == (Key.Q, False, False, False)


def test_a_conflict_is_refused_with_the_name_of_the_other_command() -> None:
    assert why_not(STANDARD.bindings, "dismiss", (Key.J, False, False, False)) == "J / О already means: Next message."
    assert why_not(STANDARD.bindings, "dismiss", PLAIN_Y) == ""


@pytest.mark.parametrize("key", [Key.SPACE, Key.B, Key.M, Key.C])
@pytest.mark.parametrize("name", ["delete", "delete_ban", "delete_group", "mute", "warn"])
def test_what_acts_on_people_stays_away_from_the_space_bar(name: str, key: Key) -> None:
    freed = read("skip=Y zen=U note=L").bindings
    assert "space bar" in why_not(freed, name, (key, False, False, False))


def test_escape_and_the_numbers_stay_where_they_are() -> None:
    assert why_not(STANDARD.bindings, "cancel", PLAIN_Y)
    assert why_not(STANDARD.bindings, "digit_1", PLAIN_Y)
    assert why_not(STANDARD.bindings, "dismiss", (Key.ESCAPE, False, True, False)) == "Esc takes back, always."


def test_what_is_heard_beside_a_text_leaves_the_keys_that_edit_it() -> None:
    assert why_not(STANDARD.bindings, "import", (Key.V, True, False, False)).startswith("Ctrl+V")
    assert why_not(STANDARD.bindings, "undo", (Key.Y, True, False, False)) == ""


@pytest.mark.parametrize(
    "wrong", ["delete=Space", "nothing=Y", "dismiss=", "dismiss=J", "dismiss=Ctrl+Ctrl+Y", "=", "?"]
)
def test_a_wrong_entry_of_the_file_leaves_that_key_as_it_was(wrong: str) -> None:
    made = read(f"select=Y {wrong}")
    assert len(made.faults) == 1
    assert made.bindings == changed(STANDARD.bindings, "select", PLAIN_Y)


def test_of_two_entries_for_one_key_one_is_followed() -> None:
    made = read("select=Y filters=Y")
    assert len(made.faults) == 1
    assert len({one.stroke for one in made.bindings}) == len(BINDINGS)


def test_switched_off_only_ctrl_and_escape_are_left() -> None:
    left = without_letters(STANDARD.bindings)
    assert all(one.ctrl or one.key is Key.ESCAPE for one in left)
    commands = {one.command for one in left}
    assert {Command.UNDO, Command.CANCEL, Command.PALETTE, Command.PAUSE} <= commands
    assert not commands & {Command.DELETE, Command.DISMISS, Command.SKIP}
