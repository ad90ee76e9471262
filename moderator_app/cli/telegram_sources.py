"""Makes a source of each Telegram account that is signed in on this machine, or given by the environment."""

import os
from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from moderator_app import settings
from moderator_app.app import App
from moderator_app.domain.accounts import Account
from moderator_app.domain.ports import Source
from moderator_app.settings import Telegram

if TYPE_CHECKING:
    from moderator_app.sources.telegram.client import Access
    from moderator_app.sources.telegram.rivals import Rivals


async def telegram_sources(app: App) -> Sequence[Source]:
    """Those that run already stay the same. Raises Refused (keyring locked) and Unreadable."""
    accesses = await app.accounts.accesses()
    rivals = _rivals(app)
    return [_source(app, account, access, rivals) for account, access in accesses if access.session]


def _rivals(app: App) -> "Rivals":
    """What all accounts of the profile share."""
    from moderator_app.sources.telegram.rivals import Rivals
    from moderator_app.sources.telegram.source import TelegramSource

    return next((one.rivals for one in app.sources if isinstance(one, TelegramSource)), Rivals())


def _source(app: App, account: Account | None, access: "Access", rivals: "Rivals") -> Source:
    from moderator_app.sources.telegram.catching_up import Bounds
    from moderator_app.sources.telegram.source import TelegramSource

    id = account.id if account is not None else _mark(access.session)
    name, read_only = f"telegram:{id}", account is not None and account.read_only

    def server() -> Telegram:
        return settings.for_this_run(app.preferences.current, os.environ).telegram

    same = [one for one in app.sources if isinstance(one, TelegramSource) and one.name == name]
    if same and same[0].is_of(access, server(), read_only=read_only):
        return same[0]

    def bounds() -> Bounds:
        chosen = app.preferences.current.reading
        return Bounds(chosen.first_days, chosen.first_messages)

    return TelegramSource(
        name, access, server, app.archive, app.states.report, app.profile / f"telegram-{id}.json", bounds=bounds,
        language=app.preferences.current.appearance.language or settings.Language.ENGLISH, read_only=read_only,
        rivals=rivals,
    )  # fmt: skip


def _mark(session: str) -> str:
    """What tells a session from others, and does not open it."""
    return sha256(session.encode()).hexdigest()[:12]
