"""The sources of a profile's accounts: who offers any is asked at the start, and again when accounts change."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from moderator_app.app import App
from moderator_app.cli.telegram_sources import telegram_sources
from moderator_app.cli.vk_sources import vk_sources
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.ports import Source

# Makes the sources of one platform from the settings, the accounts and the secrets that `app` knows. It may wait, for a
# keyring say, and connects to nothing: that is for a source's `messages`. `app.archive` and `app.states.report` are for
# the sources.
Offer = Callable[[App], Awaitable[Sequence[Source]]]

OFFERS: tuple[Offer, ...] = (telegram_sources, vk_sources)


async def live_sources(app: App) -> tuple[Source, ...]:
    """Empty while no account is known. Raises Refused (keyring locked) and Unreadable."""
    offered = [await offer(app) for offer in OFFERS]
    return tuple(source for sources in offered for source in sources)


async def follow(app: App, sources: Sequence[Source] | None = None) -> None:
    """Have `app` run the sources of its accounts, now and whenever accounts or settings have changed, for ever.

    `sources` are those of now, where they are known already.
    """
    changed = asyncio.Event()
    app.accounts.subscribe(changed.set)
    app.vk.subscribe(changed.set)
    app.preferences.subscribe(lambda _settings: changed.set())
    while True:
        changed.clear()
        try:
            await app.use_sources(await live_sources(app) if sources is None else sources)
            sources = None
        except ModeratorError as error:
            # A locked keyring, say: the next change, or the next start, finds it open.
            app.on_failure(error)
        await changed.wait()
