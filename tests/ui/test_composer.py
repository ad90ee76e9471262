"""Several actions as one decision with one undo, put together by keys."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, update

from moderator_app import language
from moderator_app.domain.decision import ActionKind, Choice
from moderator_app.domain.ports import Delivery
from moderator_app.storage.tables import community
from moderator_app.ui.physical_keys import Key
from moderator_app.ui.queue.composer import Composer
from tests.builders import author, message
from tests.ui.conftest import Run
from tests.ui.shop import Shop, shop
from tests.ui.striking import CTRL, armed, strike
from tests.ui.until import until


def composed(*choices: Choice) -> Choice | None:
    composer = Composer()
    composer.turn(True)
    for choice in choices:
        composer.toggle(choice)
    return composer.choice


def test_what_excludes_each_other_is_replaced_by_the_later_one() -> None:
    assert composed(Choice.DELETE, Choice.MUTE, Choice.WARN) is Choice.WARN_DELETE_MUTE
    assert composed(Choice.MUTE, Choice.DELETE_BAN) is Choice.DELETE_BAN
    assert composed(Choice.WARN, Choice.DELETE_BAN) is Choice.DELETE_BAN
    assert composed(Choice.DELETE, Choice.DELETE) is None
    assert composed(Choice.DISMISS) is None


def test_every_choice_is_known_by_its_actions() -> None:
    assert all(Choice.of(choice.kinds) is choice for choice in Choice)


def test_a_warning_is_written_before_its_message_is_gone() -> None:
    assert Choice.WARN_DELETE_MUTE.kinds == (ActionKind.WARN, ActionKind.DELETE, ActionKind.MUTE)


async def arrive(at: Shop) -> None:
    insults = (message(f"да пошёл ты нахуй {n}", id=str(n), author=author(str(n))) for n in (1, 2))
    await at.app.intake.accept(Delivery(tuple(insults)), "test")
    await at.shows(2)
    await at.app.database.write(_allow_warnings)
    await armed(at)


def _allow_warnings(connection: Connection) -> None:
    connection.execute(update(community).values(may_warn=True))


@pytest.mark.parametrize("russian", [False, True])
def test_three_actions_are_one_case_with_one_undo(run: Run, tmp_path: Path, russian: bool) -> None:
    async def work() -> None:
        language.use("ru" if russian else "en")
        async with shop(tmp_path) as at:
            await arrive(at)
            for key in (Key.T, Key.D, Key.E, Key.W):
                strike(at, key, russian=russian)
            assert await at.standing() == []
            shown = "Предупредить, удалить и заглушить" if russian else "Warn, delete and mute"
            assert shown in at.session.queue.digits.title
            strike(at, Key.ENTER)
            await until(lambda: at.session.queue.pending == 1)
            (line,) = await at.stored(1)
            assert [action.kind for action in line.decision.actions] == list(Choice.WARN_DELETE_MUTE.kinds)
            # The mute's length is asked for, as after a mute alone.
            assert ("на какой срок" if russian else "for how long") in at.session.queue.digits.title
            strike(at, Key.Z, CTRL, russian=russian)
            await until(lambda: at.session.queue.pending == 0)
            assert await at.standing() == []

    run(work())


def test_escape_leaves_the_composer_and_nothing_else(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        async with shop(tmp_path) as at:
            await arrive(at)
            strike(at, Key.A)
            await armed(at)
            strike(at, Key.T)
            strike(at, Key.D)
            strike(at, Key.ESCAPE)
            assert at.session.queue.digits.title == "Reason"
            assert not at.session.queue.model.entries()[0].is_open
            strike(at, Key.D)
            await until(lambda: at.session.queue.pending == 1)
            await at.stored(2)
            assert await at.standing() == [Choice.DISMISS, Choice.DELETE]

    run(work())
