"""Tasks of the window: owned, told when they fail, cancelled on close."""

import asyncio

from moderator_app.domain.errors import Refused
from moderator_app.ui.notices import Notice, Notices, Tone
from moderator_app.ui.tasks import Tasks
from tests.ui.conftest import Run
from tests.ui.until import until


async def failing(error: Exception) -> None:
    await asyncio.sleep(0)
    raise error


def test_an_error_of_the_world_is_told_in_words(run: Run) -> None:
    async def work() -> None:
        notices, said = Notices(), list[Notice]()
        notices.posted.connect(said.append)
        Tasks(notices).start(failing(Refused("profile.not_a_folder", path="/x")))
        await until(lambda: said)
        assert said == [Notice("/x is a file. Choose a folder with --profile.", Tone.ERROR)]

    run(work())


def test_an_error_of_ours_is_logged_and_told_without_its_details(run: Run) -> None:
    async def work() -> None:
        notices, said = Notices(), list[Notice]()
        notices.posted.connect(said.append)
        Tasks(notices).start(failing(KeyError("secret")))
        await until(lambda: said)
        assert "secret" not in said[0].text

    run(work())


def test_who_started_a_task_may_deal_with_its_error(run: Run) -> None:
    async def work() -> None:
        notices, said, met = Notices(), list[Notice](), list[Exception]()
        notices.posted.connect(said.append)
        Tasks(notices).start(failing(ValueError()), failed=met.append)
        await until(lambda: met)
        assert said == []

    run(work())


def test_closing_cancels_what_runs_and_tells_nothing(run: Run) -> None:
    async def work() -> None:
        notices, said = Notices(), list[Notice]()
        notices.posted.connect(said.append)
        tasks = Tasks(notices)
        task = tasks.start(asyncio.Event().wait())
        await asyncio.sleep(0)
        await tasks.close()
        assert task.cancelled()
        assert said == []

    run(work())


def test_nothing_begins_after_closing(run: Run) -> None:
    async def work() -> None:
        begun: list[str] = []

        async def read() -> None:
            begun.append("read")

        tasks = Tasks(Notices())
        await tasks.close()
        task = tasks.start(read())
        await until(task.done)
        assert task.cancelled()
        assert begun == []

    run(work())
