"""Accounts come and go while the application runs."""

from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from moderator_app import paths
from moderator_app.app import App
from moderator_app.domain.decision import ActionKind, ActionState, Choice
from moderator_app.domain.errors import SignInNeeded
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.ports import Delivery, SourceState
from moderator_app.language import explain_finding, explain_note
from moderator_app.profile_lock import ProfileLock
from tests.builders import message
from tests.fakes import FakeSource
from tests.test_journey import ended, insult, queue_of, until

YARD = CommunityKey(Platform.TELEGRAM, "100")
SQUARE = CommunityKey(Platform.VK, "200")


class Account(FakeSource):
    """`signed_out` until it is set otherwise; `open` streams."""

    def __init__(self, name: str, *communities: CommunityKey) -> None:
        super().__init__(*communities)
        self.name = name
        self.signed_out = False
        self.open = 0

    async def messages(self, cursor: str) -> AsyncGenerator[Delivery, None]:
        self.cursors.append(cursor)
        if self.signed_out:
            raise SignInNeeded("collect.no_account")
        self.open += 1
        try:
            while True:
                yield await self.deliveries.get()
        finally:
            self.open -= 1


@asynccontextmanager
async def opened(folder: Path, *sources: Account) -> AsyncIterator[App]:
    app = await App.open(paths.profile(folder), explain_finding, explain_note)
    app.start(sources)
    try:
        yield app
    finally:
        await app.stop()


async def test_an_account_that_is_added_delivers_and_acts_and_the_others_go_on(tmp_path: Path) -> None:
    first, second = Account("telegram:1", YARD), Account("vk:2", SQUARE)
    async with opened(tmp_path, first) as app:
        await until(lambda: first.open)
        await app.use_sources([first, second])
        await until(lambda: second.open)
        assert first.cursors == [""]
        second.post(message("да пошёл ты нахуй", platform=Platform.VK, community="200"))
        (item,) = await queue_of(app, 1)
        await app.review.decide([item], Choice.DELETE, grace=0)
        await ended(app, ActionState.DONE)
        assert len(second.effects_of(ActionKind.DELETE)) == 1
        assert first.performed == []


async def test_an_account_that_is_removed_is_left_alone_from_then_on(tmp_path: Path) -> None:
    first, second = Account("telegram:1", YARD), Account("vk:2", SQUARE)
    async with opened(tmp_path, first, second) as app:
        first.post(insult())
        (item,) = await queue_of(app, 1)
        await app.use_sources([second])
        assert (first.open, second.open) == (0, 1)
        assert set(app.states.current) == {"vk:2"}
        await app.review.decide([item], Choice.DELETE, grace=0)
        # What is decided waits for the account to come back.
        await app.use_sources([second, first])
        await ended(app, ActionState.DONE)
        assert len(first.effects_of(ActionKind.DELETE)) == 1


async def test_an_account_that_was_signed_out_goes_on_after_a_new_sign_in(tmp_path: Path) -> None:
    account = Account("telegram:1", YARD)
    account.signed_out = True
    async with opened(tmp_path, account) as app:
        await until(lambda: _state(app) is SourceState.SIGNED_OUT)
        account.signed_out = False
        account.post(insult())
        app.start_again("telegram:1")
        await queue_of(app, 1)
        await until(lambda: _state(app) is SourceState.CONNECTED)


async def test_a_process_that_does_not_hold_the_sources_runs_none(tmp_path: Path) -> None:
    other = ProfileLock(paths.profile(tmp_path))
    assert other.take("collect")
    account = Account("telegram:1", YARD)
    async with opened(tmp_path) as app:
        await app.use_sources([account])
        assert account.cursors == []
        other.release()
        assert app.take_over()
        await until(lambda: account.open)


def _state(app: App) -> SourceState | None:
    status = app.states.current.get("telegram:1")
    return None if status is None else status.state
