"""Words a line of the history for people: its actions, and what an undo would do."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from moderator_app.domain.decision import Action, ActionKind, ActionState
from moderator_app.domain.history import HistoryLine
from moderator_app.domain.message import Platform
from moderator_app.domain.rights import place_of
from moderator_app.language import (
    _,
    action_state_name,
    explain_note,
    format_day,
    format_moment,
    format_number,
    format_short_day,
    format_time,
    kind_name,
    ngettext,
    platform_name,
)

_SOON = timedelta(minutes=1)
# After this the outbox asks again.
_LONG = timedelta(minutes=10)
_DELETING = frozenset({ActionKind.DELETE, ActionKind.DELETE_ALL})

_GRAVEST = (
    ActionState.FAILED,
    ActionState.IMPOSSIBLE,
    ActionState.WAITING,
    ActionState.RUNNING,
    ActionState.PENDING,
    ActionState.CANCELLED,
    ActionState.DONE,
)


def short_time(moment: datetime, now: datetime) -> str:
    """The time of a moment of today, day and time of one of this year, the day of an older one."""
    local, today = moment.astimezone(), now.astimezone()
    if local.date() == today.date():
        return format_time(moment)
    if local.year == today.year:
        return _("{day}, {time}").format(day=format_short_day(moment), time=format_time(moment))
    return format_day(moment)


def short_state(action: Action, now: datetime) -> str:
    """The kind and state of an action in few words: `delete · pending, in 4 s`."""
    return _("{action} · {state}").format(action=_kind(action), state=_state(action, now))


def brief_states(actions: Iterable[Action], now: datetime) -> list[tuple[ActionState, str]]:
    """What fits into a cell, actions that stand alike told together: `delete, ban · in 4 s`.

    What went wrong stands first: the end of a long line may be cut.
    """
    alike: dict[tuple[ActionState, str], list[str]] = {}
    for action in sorted(actions, key=lambda action: _GRAVEST.index(action.state)):
        alike.setdefault((action.state, _brief(action, now)), []).append(_kind(action))
    return [
        (state, _("{action} · {state}").format(action=", ".join(kinds), state=words))
        for (state, words), kinds in alike.items()
    ]


def full_state(action: Action, now: datetime) -> str:
    """The kind and state of an action and why it stands there."""
    words = short_state(action, now)
    return f"{words} — {explain_note(action.note)}" if action.note else words


def is_late(line: HistoryLine) -> bool:
    """Whether an action of the decision waits for a human to ask again."""
    return any(_waits_for_human(action) for action in line.decision.actions)


def is_given_back(line: HistoryLine) -> bool:
    """Whether it was not carried out, stands all the same, and may be tried again."""
    return line.given_back and line.decision.undone is None


def is_left_behind(line: HistoryLine, now: datetime) -> bool:
    """Whether an action should have run long ago."""
    waiting = (ActionState.PENDING, ActionState.WAITING)
    dues = [action.due for action in line.decision.actions if action.state in waiting and action.due is not None]
    return any(due < now - _LONG for due in dues)


def question(line: HistoryLine, now: datetime) -> str:
    """What a decision that waits for a human's word asks."""
    if is_late(line):
        asked = _("Carry it out now, or drop it: then the item returns to the queue undecided.")
        return f"{asked} {_answered_together(line.together)}" if line.together > 1 else asked
    if is_given_back(line):
        return _("It was not carried out, and the message is back in the queue. Try again, or decide anew there.")
    if line.given_back:
        return _("What was done could not be taken back. Act in the chat itself, then decide the message in the queue.")
    if is_left_behind(line, now):
        return _("Nobody has carried it out: no running program holds this chat. It waits for one; undo drops it.")
    return ""


def _answered_together(count: int) -> str:
    text = ngettext(
        "Decided together: one answer for {n} decision.", "Decided together: one answer for all {n} decisions.", count
    )
    return text.format(n=format_number(count))


def may_undo(line: HistoryLine) -> bool:
    """Whether an undo has anything to take back; the use case has the last word."""
    return undo_hint(line) is None


def undo_hint(line: HistoryLine) -> str | None:
    """Why the decision cannot be undone, None when it can."""
    decision = line.decision
    if decision.undone:
        return _("Undone on {moment}.").format(moment=format_moment(decision.undone))
    if any(action.state is ActionState.RUNNING for action in decision.actions):
        return _("It is being carried out right now.")
    lasting = _lasting(line)
    # Whatever can be taken back besides is: a ban is lifted although the deletion stays.
    return _for_good(lasting[0], line.key.platform) if lasting and len(lasting) == len(decision.actions) else None


def undo_effect(line: HistoryLine) -> str:
    """What else an undo means: the other decisions of the same key press, and what it asks of the person."""
    said = []
    if line.together > 1:
        said.append(
            ngettext(
                "Decided together: undo takes back {n} decision.",
                "Decided together: undo takes back all {n} decisions.",
                line.together,
            ).format(n=format_number(line.together))
        )
    if ActionKind.BAN in _done(line) and line.key.platform is Platform.TELEGRAM:
        said.append(_("Undo lifts the ban; the person must join again."))
    if not _DELETING.isdisjoint(_lasting(line)):
        said.append(_("The deleted message stays deleted."))
    return " ".join(said)


def excerpt(line: HistoryLine) -> str:
    """The beginning of the message on one line."""
    return " ".join(line.excerpt.split())


def _done(line: HistoryLine) -> list[ActionKind]:
    return [action.kind for action in line.decision.actions if action.state is ActionState.DONE]


def _lasting(line: HistoryLine) -> list[ActionKind]:
    """What was done and cannot be taken back."""
    return [kind for kind in _done(line) if kind.inverse(line.key.platform, place_of(line.key.message)) is None]


def _for_good(kind: ActionKind, platform: Platform) -> str:
    match kind:
        case ActionKind.DELETE | ActionKind.DELETE_ALL:
            return _("{platform} cannot bring a deleted message back.").format(platform=platform_name(platform))
        case ActionKind.WARN:
            return _("A warning that was read cannot be taken back.")
    return _("{platform} cannot take this back.").format(platform=platform_name(platform))


def _kind(action: Action) -> str:
    name = kind_name(action.kind)
    return f"{name} ×{format_number(action.messages)}" if action.messages > 1 else name


def _state(action: Action, now: datetime) -> str:
    if _waits_for_human(action):
        return _("waiting for you")
    if action.state not in (ActionState.PENDING, ActionState.WAITING) or action.due is None or action.due <= now:
        return action_state_name(action.state)
    return _("{state}, {due}").format(state=action_state_name(action.state), due=_due(action.due, now))


def _brief(action: Action, now: datetime) -> str:
    """Of a pending action only when it runs."""
    if action.state is ActionState.PENDING and action.due is not None and action.due > now:
        return _due(action.due, now)
    return _state(action, now)


def _due(due: datetime, now: datetime) -> str:
    left = due - now
    if left < _SOON:
        seconds = max(1, round(left.total_seconds()))
        return ngettext("in {n} s", "in {n} s", seconds).format(n=seconds)
    if due.astimezone().date() == now.astimezone().date():
        return _("at {time}").format(time=format_time(due))
    return _("on {day} at {time}").format(day=format_day(due), time=format_time(due))


def _waits_for_human(action: Action) -> bool:
    return action.state is ActionState.WAITING and action.due is None


def now() -> datetime:
    return datetime.now(UTC)
