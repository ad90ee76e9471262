"""Goes through every page of the real window, every section of the settings and the dialogs."""

import asyncio
from collections.abc import AsyncIterator

from PySide6.QtWidgets import QApplication, QWidget

from moderator_app.domain.ports import Delivery
from moderator_app.ui.keys import Command
from moderator_app.ui.settings.settings_page import SECTIONS
from moderator_app.ui.widgets.top_panel import PAGES
from tests.builders import author, message
from tests.ui.shop import FLAGGED, Shop
from tests.ui.until import until

ROUNDS = 8
DIALOGS = (Command.HELP, Command.PALETTE)


def said() -> Delivery:
    return Delivery(
        tuple(
            message(f"{FLAGGED} {number}", id=str(number), author=author(str(number), f"Анна {number}"))
            for number in range(1, 6)
        )
    )


async def places(at: Shop) -> AsyncIterator[tuple[str, QWidget]]:
    """Each place under its name, as soon as it is in view and quiet."""
    await at.app.intake.accept(said(), "test")
    await at.shows(5)
    for page in (*PAGES, Command.SEARCH):
        at.session.do(page)
        await settled()
        yield page.value, at.window
    at.session.do(Command.SETTINGS)
    for place, name in enumerate(SECTIONS):
        at.session.settings.show_section(place)
        await settled()
        yield f"settings: {name()}", at.window
    for command in DIALOGS:
        at.session.do(command)
        await until(lambda: QApplication.activeModalWidget() is not None)
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        await settled()
        yield command.value, dialog
        dialog.close()
        await until(lambda: QApplication.activeModalWidget() is None)


async def settled() -> None:
    """Layouts are made in rounds of events, and pages read what they show."""
    for _round in range(ROUNDS):
        await asyncio.sleep(0.02)
