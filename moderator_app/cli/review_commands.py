"""The commands `queue`, `decide` and `undo`."""

import argparse

from moderator_app.app import App
from moderator_app.cli.output import print_json, say
from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import Refused
from moderator_app.language import _, explain_finding, explain_note, ngettext
from moderator_app.moderation.records import queue_record

PAGE = 500
# SQLite's and PostgreSQL's largest id.
_LARGEST = 2**63 - 1


async def queue(app: App, chosen: argparse.Namespace) -> int:
    """Print the queue, a page at a time."""
    after, left = None, chosen.limit
    while left is None or left > 0:
        entries = await app.queue.entries(PAGE if left is None else min(PAGE, left), after)
        if not entries:
            break
        for entry in entries:
            print_json(queue_record(entry, explain_finding))
        after = (entries[-1].row.rank, entries[-1].row.item)
        left = None if left is None else left - len(entries)
    return 0


async def decide(app: App, chosen: argparse.Namespace) -> int:
    """Decide items as one case and say what will become of it."""
    items = [_item(text) for text in dict.fromkeys(chosen.items)]
    choice = Choice(chosen.action)
    decided = await app.review.decide(
        # Whoever writes `warn` agrees to the warning, and whoever names items means them.
        items,
        choice,
        reason=chosen.reason,
        grace=chosen.grace,
        length=chosen.length,
        consent=True,
        confirmed=True,
    )
    holder = app.lock.holder()
    if chosen.json:
        note = None if decided.note is None else explain_note(decided.note)
        record = {"case": str(decided.case), "items": [str(item) for item in decided.items], "note": note}
        print_json({**record, "due": decided.due.isoformat(), "held_by": holder or None})
        return 0
    count = len(decided.items)
    say(ngettext("{n} item decided.", "{n} items decided.", count).format(n=count))
    if decided.note is not None:
        say(explain_note(decided.note))
    elif choice.kinds and not holder:
        say(_("No window and no collect holds the sources of this profile: the action waits until one is started."))
    return 0


async def undo(app: App, chosen: argparse.Namespace) -> int:
    """Take back the newest decision, or the newest on an item."""
    undone = await app.review.undo(item=None if chosen.item is None else _item(chosen.item))
    if chosen.json:
        note = None if undone.note is None else explain_note(undone.note)
        print_json({"case": str(undone.case), "items": [str(item) for item in undone.items], "note": note})
        return 0
    count = len(undone.items)
    say(ngettext("{n} item is back in the queue.", "{n} items are back in the queue.", count).format(n=count))
    if undone.note is not None:
        say(explain_note(undone.note))
    return 0


def _item(text: str) -> int:
    # Longer ones Python refuses to convert.
    if not text.isascii() or not text.isdecimal() or len(text) > 100 or int(text) > _LARGEST:
        raise Refused("queue.unknown_item", item=text[:40])
    return int(text)
