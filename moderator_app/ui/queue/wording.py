"""The queue's words: what became of a row, how long it lasts, and how a row reads aloud."""

from collections.abc import Mapping
from datetime import UTC, datetime

from moderator_app.domain.decision import Choice, Note
from moderator_app.domain.message import Message, Platform
from moderator_app.domain.queue import Campaign, QueueRow
from moderator_app.domain.rights import Obstacles, obstacle_to
from moderator_app.language import (
    N_,
    _,
    choice_name,
    decider_name,
    explain_note,
    format_age,
    format_number,
    ngettext,
    rule_name,
)
from moderator_app.ui.names import named
from moderator_app.ui.queue.evidence import percent
from moderator_app.ui.queue.queue_model import Entry

DECIDED: Mapping[Choice, str] = {
    Choice.DISMISS: N_("dismissed"),
    Choice.WARN: N_("warned"),
    Choice.MUTE: N_("muted"),
    Choice.WARN_MUTE: N_("warned and muted"),
    Choice.DELETE: N_("deleted"),
    Choice.WARN_DELETE: N_("deleted, author warned"),
    Choice.DELETE_MUTE: N_("deleted, author muted"),
    Choice.WARN_DELETE_MUTE: N_("deleted, author warned and muted"),
    Choice.BAN: N_("banned"),
    Choice.DELETE_BAN: N_("deleted, author banned"),
}

# What is put together of others goes where its parts do.
_PUT_TOGETHER = frozenset({Choice.WARN_MUTE, Choice.WARN_DELETE, Choice.WARN_DELETE_MUTE})

BADGES: Mapping[Platform, str] = {Platform.TELEGRAM: "TG", Platform.VK: "VK"}


def seconds_left(due: datetime, now: datetime | None = None) -> int:
    """Whole seconds until `due`, begun ones counted; 0 when it has passed."""
    left = (due - (now or datetime.now(UTC))).total_seconds()
    return max(0, -int(-left // 1))


def fate(entry: Entry) -> str:
    """What a decided row says: `4 s  deleted · Esc takes it back`."""
    if entry.closing is not None:
        return explain_note(_with_names(entry.closing))
    if entry.choice is None:
        return ""
    done = outcome(entry.choice, entry.row)
    if entry.more:
        done = f"{done}: {entry.more}"
    if entry.by:
        return _("{done} · decided by {by}").format(done=done, by=decider_name(entry.by))
    if entry.due is None:
        return done
    text = _("{seconds} s  {done}").format(seconds=seconds_left(entry.due), done=done)
    return _("{fate} · Esc takes it back").format(fate=text) if entry.newest else text


def _with_names(note: Note) -> Note:
    """The note with the names in it made fit to stand in a line."""
    shown = tuple((name, named(value) if isinstance(value, str) else value) for name, value in note.parameters)
    return Note(note.text_id, shown)


def outcome(choice: Choice, row: QueueRow) -> str:
    """What a decision does, or that it does nothing: who sees `deleted` believes that it is gone."""
    if row.can_act or not choice.confirms:
        return _(DECIDED[choice])
    return _("only recorded, nothing is done: {choice}").format(choice=choice_name(choice))


def impossible_here(obstacles: Obstacles) -> list[str]:
    """A sentence for each reason why some of the decisions cannot be carried out."""
    found: dict[Note, list[Choice]] = {}
    for choice in (each for each in Choice if each not in _PUT_TOGETHER):
        why = obstacle_to(choice, obstacles)
        if why is not None:
            found.setdefault(why, []).append(choice)
    text = _("Not possible here: {choices}. {why}")
    return [
        text.format(choices=", ".join(choice_name(each) for each in choices), why=explain_note(why))
        for why, choices in found.items()
    ]


def spoken(entry: Entry) -> str:
    """The row for a screen reader."""
    row = entry.row
    reasons = ", ".join(rule_name(rule) for rule in row.rules)
    parts = [str(percent(row.score)), named(row.community_name), author_of(row), row.excerpt[:120], reasons]
    if row.count > 1:
        parts.append(
            ngettext("{n} similar message", "{n} similar messages", row.count).format(n=format_number(row.count))
        )
    if row.album > 1:
        parts.append(album_of(row.album))
    if entry.ticked:
        parts.append(_("selected"))
    parts += [age(row.posted), fate(entry), entry.error]
    return ". ".join(part for part in parts if part)


def album_of(messages: int) -> str:
    """How many messages were sent as one."""
    return ngettext("album of {n}", "album of {n}", messages).format(n=format_number(messages))


def one_of(campaign: Campaign) -> str:
    """`One of 12 similar messages by 9 authors in 2 communities`."""
    return _("{messages} {authors} {communities}").format(
        messages=ngettext("One similar message", "One of {n} similar messages", campaign.messages).format(
            n=format_number(campaign.messages)
        ),
        authors=ngettext("by {n} author", "by {n} authors", campaign.authors).format(n=format_number(campaign.authors)),
        communities=ngettext("in {n} community", "in {n} communities", campaign.communities).format(
            n=format_number(campaign.communities)
        ),
    )


def decided_before(campaign: Campaign) -> str:
    """`Delete + ban: 37 · Dismiss: 2`."""
    return " · ".join(f"{choice_name(choice)}: {format_number(times)}" for choice, times in campaign.decided)


def age(posted: datetime) -> str:
    return format_age(posted)


def author_of(row: QueueRow) -> str:
    return named(row.author_name) or _("Unknown author")


def writer(message: Message) -> str:
    """The name of a message's author, or the next best thing."""
    author = message.author
    if author is None:
        return _("Unknown author")
    return named(author.name, author.username, author.key.author)
