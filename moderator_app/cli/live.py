"""The sources of a profile's accounts: who offers any is asked when the window opens and when `collect` starts."""

from collections.abc import Awaitable, Callable, Sequence

from moderator_app.app import App
from moderator_app.cli.telegram_sources import telegram_sources
from moderator_app.domain.ports import Source

# Makes the sources of one platform from the settings, the accounts and the secrets that `app` knows. It may wait, for a
# keyring say, and connects to nothing: that is for a source's `messages`. `app.archive` and `app.states.report` are for
# the sources.
Offer = Callable[[App], Awaitable[Sequence[Source]]]

OFFERS: tuple[Offer, ...] = (telegram_sources,)


async def live_sources(app: App) -> tuple[Source, ...]:
    """Empty while no account is known. Raises Refused (keyring locked) and Unreadable."""
    offered = [await offer(app) for offer in OFFERS]
    return tuple(source for sources in offered for source in sources)
