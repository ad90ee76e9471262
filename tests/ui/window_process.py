"""Runs the real window over a profile with a few flagged messages: `python -m tests.ui.window_process FOLDER`.

Writes `ready` when they are stored.
"""

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from moderator_app import paths
from moderator_app.app import App
from moderator_app.domain.lists import ListKind
from moderator_app.domain.ports import Delivery
from moderator_app.language import explain_finding, explain_note
from moderator_app.settings import Appearance, Language
from moderator_app.ui import start
from tests.builders import author, message

COUNT = 6
# Longer than a test: what is decided stays pending until it is taken back.
GRACE = "30"


async def opened(folder: Path) -> App:
    app = await App.open(folder, explain_finding, explain_note)
    app.preferences.set("review.grace_seconds", GRACE)
    people = [author(str(number), f"Spammer {number}") for number in range(1, COUNT + 1)]
    await app.lists.set_authors(ListKind.BLACKLIST, [one.key for one in people])
    await app.use_new_rules()
    newest = datetime.now(UTC)
    said = [
        message(f"Скидка тает {number}", id=str(number), author=one, date=newest - timedelta(minutes=number))
        for number, one in enumerate(people, start=1)
    ]
    await app.intake.accept(Delivery(messages=tuple(said)), "test")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    return app


def main(folder: Path) -> int:
    return start.run(lambda: opened(folder), folder, Appearance(language=Language.ENGLISH))


if __name__ == "__main__":
    sys.exit(main(paths.profile(Path(sys.argv[1]))))
