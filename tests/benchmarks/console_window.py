"""The console's window on the labelled sample: `python -m tests.benchmarks.console_window FOLDER`.

Prints JSON lines: `{"found": [...]}`, the messages that the rules noticed, once all of the sample waits; a `card`, with
what is suggested and when, each time another one was painted; `performed`, with its message, each time an action was
carried out. Closes the window when a line comes in.
"""

import asyncio
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from moderator_app.app import App
from moderator_app.domain.decision import Order
from moderator_app.domain.ports import Delivery
from moderator_app.language import explain_finding, explain_note
from moderator_app.paths import profile as prepared
from tests.benchmarks.console_sample import report, sample
from tests.benchmarks.console_source import FloodingSource
from tests.benchmarks.window import Console, drive


class TellingSource(FloodingSource):
    # No platform: nothing is paced.
    name = "rehearsal:1"

    async def perform(self, order: Order) -> None:
        _tell(performed=order.kind, message=order.message.message)


class CardTeller(QObject):
    """Tells of each card when it has been painted."""

    def __init__(self, console: Console) -> None:
        super().__init__(console.window)
        self._queue, self._told = console.queue, -1
        application = QApplication.instance()
        assert application is not None
        application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.Paint and isinstance(watched, QWidget) and self._is_news(watched):
            self._told = self._queue.card.item or 0
            # The event is only about to be handled.
            QTimer.singleShot(0, self._tell)
        return False

    def _is_news(self, watched: QWidget) -> bool:
        return self._queue.card.item != self._told and self._queue.card.isAncestorOf(watched)

    def _tell(self) -> None:
        entry = self._queue.model.entry(self._told)
        if entry is not None:
            _tell(card=entry.row.key.message, suggested=entry.row.suggested, at=time.monotonic())


async def _fill(folder: Path) -> None:
    """Store the sample; what the rules did not notice is reported by a member."""
    app = await App.open(folder, explain_finding, explain_note)
    try:
        newest = datetime.now(UTC) - timedelta(minutes=5)
        labelled = sample(newest)
        for each in labelled:
            await app.intake.accept(Delivery(messages=(*each.before, each.message)), "sample")
        found = {row.key.message for row in (await app.queue.page(None, 2 * len(labelled))).rows}
        missed = [each for each in labelled if each.id not in found]
        await app.intake.accept(Delivery(messages=tuple(report(each, newest) for each in missed)), "sample")
        _tell(found=sorted(found))
    finally:
        await app.stop()


async def _until_told(console: Console) -> None:
    teller = CardTeller(console)
    await asyncio.to_thread(sys.stdin.readline)
    teller.deleteLater()


async def _connect(app: App) -> None:
    await app.use_sources([TellingSource()])


def _tell(**what: Any) -> None:
    print(json.dumps(what), flush=True)


if __name__ == "__main__":
    profile = prepared(Path(sys.argv[1]))
    asyncio.run(_fill(profile))
    drive(profile, _until_told, _connect)
