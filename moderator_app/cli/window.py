"""Opens the window, with the profile or with the sample chats; without a screen does what can be done."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from moderator_app import log, paths, settings
from moderator_app.app import SETTINGS, App
from moderator_app.cli.live import follow
from moderator_app.cli.output import say
from moderator_app.cli.report_commands import say_overview
from moderator_app.credentials import Credentials
from moderator_app.domain.errors import ModeratorError, Unreadable
from moderator_app.domain.statistics import Period
from moderator_app.language import _, explain_finding, explain_note, ngettext
from moderator_app.settings import Appearance
from moderator_app.ui.trial import has_screen

SHOWN = 5


def console(folder: Path | None, kept: Credentials) -> int:
    """Open the console on the profile in `folder`, or in its usual place, with the secrets of this run."""
    if not has_screen():
        say(_how_to_see())
        return 3
    from moderator_app.ui import start

    try:
        profile = paths.profile(folder)
    except ModeratorError as error:
        # Who starts the console by its icon sees no terminal.
        return start.run(_refusing(error), None, Appearance())
    handler = log.start(profile)
    try:
        return start.run(
            lambda: App.open(profile, explain_finding, explain_note, kept=kept),
            profile,
            _appearance(profile),
            connect=follow,
        )
    finally:
        log.stop(handler)


def _refusing(error: ModeratorError) -> Callable[[], Awaitable[App]]:
    async def refuse() -> App:
        raise error

    return refuse


def _appearance(profile: Path) -> Appearance:
    """How the window looks; opening the profile says in the window what is wrong with a file that cannot be read."""
    try:
        return settings.load(profile / SETTINGS).appearance
    except Unreadable:
        return Appearance()


def demo() -> int:
    """Open the console on a throw-away profile with the sample chats, new messages arriving."""
    with tempfile.TemporaryDirectory(prefix="moderator-app-demo-", ignore_cleanup_errors=True) as folder:
        profile = paths.profile(Path(folder))
        handler = log.start(profile)
        try:
            return _demo_in_window(profile) if has_screen() else asyncio.run(_demo_in_text(profile))
        finally:
            log.stop(handler)


def _demo_in_window(profile: Path) -> int:
    from moderator_app import sample_profile
    from moderator_app.sources.sample_chat import SampleChat
    from moderator_app.ui import start

    past = sample_profile.past()
    chat = SampleChat(sample_profile.folder(), past)
    return start.run(lambda: sample_profile.opened(profile, past), profile, Appearance(), sources=[chat])


async def _demo_in_text(profile: Path) -> int:
    """Something useful without a screen: the head of the queue and the day's figures."""
    from moderator_app import sample_profile

    say(_how_to_see())
    app = await sample_profile.opened(profile, sample_profile.past())
    try:
        page = await app.queue.page(limit=SHOWN)
        count = await app.queue.waiting()
        waiting = ngettext("{n} message is waiting for review.", "{n} messages are waiting for review.", count)
        say("\n" + waiting.format(n=count))
        for row in page.rows:
            say(f"{round(row.score * 100):3}  {row.community_name} · {row.author_name}: {row.excerpt[:100].strip()}")
        say("\n" + _("Today"))
        say_overview(await app.statistics.overview(Period.DAY))
    finally:
        await app.stop()
    return 0


def _how_to_see() -> str:
    return _(
        "There is no screen here. To see the console all the same, set QT_QPA_PLATFORM=vnc:size=1280x800 and connect"
        " a VNC viewer to port 5900 of this machine, or start Xvfb and set DISPLAY to it."
    )
