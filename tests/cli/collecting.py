"""Runs `collect` over platforms in memory: `python -m tests.cli.collecting PROFILE SOURCE...`.

A source is `well`, `signed_out`, `hanging` (in a thread that nobody can stop), `powerless` (it may not ban) or
`telling`, which reports states of its own. Each writes what it is asked to do into `performed-NAME` in the profile.
"""

import asyncio
import sys
import time
from collections.abc import AsyncGenerator, Sequence
from pathlib import Path

from moderator_app.app import App
from moderator_app.cli import live, main
from moderator_app.domain.decision import ActionKind, Order
from moderator_app.domain.errors import SignInNeeded
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.ports import Delivery, Source, SourceState, SourceStatus
from tests.builders import author, message
from tests.fakes import FakeSource


class Collected(FakeSource):
    """Delivers one insult and goes on as its `manner` says."""

    def __init__(self, app: App, profile: Path, manner: str) -> None:
        super().__init__(CommunityKey(Platform.TELEGRAM, "100"))
        self.name = f"telegram:{manner}"
        self.manner = manner
        self._app = app
        if manner == "powerless":
            self.forbidden = {place: frozenset({ActionKind.BAN}) for place in self.communities}
        self._performed = profile / f"performed-{manner}"

    async def messages(self, cursor: str) -> AsyncGenerator[Delivery, None]:
        if self.manner == "signed_out":
            raise SignInNeeded("collect.no_account")
        if self.manner == "hanging":
            await asyncio.to_thread(time.sleep, 60)
        if self.manner == "telling":
            for left in (30, 20, 10):
                self._app.states.report(SourceStatus(self.name, SourceState.CATCHING_UP, count=left))
            self._app.states.report(SourceStatus(self.name, SourceState.CONNECTED))
        insult = message("да пошёл ты нахуй", author=author("42"))
        self.shown[insult.key] = insult
        yield Delivery((insult,), cursor="1")
        await asyncio.Event().wait()

    async def perform(self, order: Order) -> None:
        await super().perform(order)
        with self._performed.open("a", encoding="utf-8") as file:
            file.write(f"{order.kind} {order.message.message}\n")


def run(profile: Path, manners: Sequence[str]) -> int:
    async def offer(app: App) -> Sequence[Source]:
        return [Collected(app, profile, manner) for manner in manners]

    live.OFFERS = (offer,)
    code = main(["--profile", str(profile), "collect"])
    assert not [name for name in sys.modules if name.startswith(("PySide6", "qasync"))]
    return code


if __name__ == "__main__":
    sys.exit(run(Path(sys.argv[1]), sys.argv[2:]))
