"""A throw-away profile filled with the sample chats, for looking around and for learning the keys."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from moderator_app import paths
from moderator_app.app import App
from moderator_app.domain.lists import ListKind
from moderator_app.domain.ports import Delivery
from moderator_app.language import explain_finding, explain_note
from moderator_app.sources.sample_chat import SampleChat, history, lists


def folder() -> Path:
    return paths.resources() / "demo"


def past() -> tuple[Delivery, ...]:
    """What has happened in the sample chats until now."""
    return history(folder(), datetime.now(UTC))


async def opened(profile: Path, said: Sequence[Delivery]) -> App:
    """The profile in `profile`, which must be empty, filled with `said` and the lists that belong to it."""
    app = await App.open(profile, explain_finding, explain_note)
    known = lists(folder())
    await app.lists.set_authors(ListKind.WHITELIST, known.whitelist)
    await app.lists.set_authors(ListKind.BLACKLIST, known.blacklist)
    await app.lists.set_stop_words(known.stop_words)
    await app.use_new_rules()
    for delivery in said:
        await app.intake.accept(delivery, SampleChat.name)
    return app
