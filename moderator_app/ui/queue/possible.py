"""Which commands of the queue can be carried out now, and why the others cannot."""

from moderator_app.language import _, explain_note
from moderator_app.ui.keys import DIGITS, VIEWS, Command
from moderator_app.ui.queue.actions_panel import CHOICES
from moderator_app.ui.queue.review_page import ReviewPage

_MOVING = frozenset({Command.NEXT, Command.PREVIOUS, Command.SKIP, Command.EXTEND_NEXT, Command.EXTEND_PREVIOUS})
_ALWAYS = frozenset({Command.UNDO, Command.FILTERS, Command.CANCEL, Command.ZEN})


def why_not(page: ReviewPage, command: Command) -> str:
    """A sentence; "" where the command would do something."""
    if command in _ALWAYS:
        return ""
    if command in VIEWS:
        return "" if page.filtering.panel.nth(VIEWS.index(command)) is not None else _("There is no such view.")
    if command in DIGITS:
        there = page.digits.buttons[DIGITS.index(command)].isEnabled()
        return "" if there else _("Nothing is offered under this number.")
    if command is Command.SHOW_NEW:
        return "" if page.strip.count else _("Nothing new has come.")
    if command is Command.KEEP:
        return "" if page.digits.asks else _("Nothing is asked now.")
    if command in _MOVING:
        return "" if page.model.rowCount() else _("The list is empty.")
    return _about_the_item(page, command)


def _about_the_item(page: ReviewPage, command: Command) -> str:
    entry = page.model.entry(page.view.item)
    if entry is None and not page.model.ticked():
        return _("No message is under the hand.")
    if command in CHOICES and entry is not None and not entry.is_open and not page.model.ticked():
        return _("This message is decided already.")
    note = page.buttons.obstacle(command)
    return explain_note(note) if note is not None else ""
