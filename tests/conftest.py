"""Fixtures that tests of several parts share."""

from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.servers.telegram import TelegramServer


@pytest.fixture
async def server() -> "AsyncIterator[TelegramServer]":
    """Telegram on loopback."""
    # Telethon takes its time, and most tests do without.
    from tests.servers.telegram import TelegramServer

    async with TelegramServer() as server:
        yield server
