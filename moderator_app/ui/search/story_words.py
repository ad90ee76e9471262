"""A person's story in words, on the screen and as a text to send to whoever asks."""

from collections.abc import Iterator

from moderator_app.domain.decision import ActionKind
from moderator_app.domain.people import Chapter, Person, StandingPenalty, Story
from moderator_app.language import (
    _,
    choice_name,
    decider_name,
    explain_finding,
    format_day,
    format_moment,
    format_number,
    ngettext,
    platform_name,
    rule_name,
)
from moderator_app.ui.history import wording
from moderator_app.ui.names import named


def person_words(person: Person) -> str:
    """`Иван К. · @ivank · telegram:42 · 12 messages`."""
    parts = [named(person.name, person.key.author), f"@{person.username}" if person.username else "", str(person.key)]
    return " · ".join([*filter(None, parts), _messages(person.messages)])


def title(story: Story) -> str:
    who = story.author
    name = named(who.name, who.username, who.key.author)
    return f"{name} · @{who.username}" if who.username and who.username != name else name


def summary(story: Story) -> str:
    parts = [platform_name(story.author.key.platform), story.author.key.author, _messages(story.messages)]
    if story.first_seen is not None:
        parts.append(_("since {day}").format(day=format_day(story.first_seen)))
    if story.waiting:
        text = ngettext("{n} waits in the queue", "{n} wait in the queue", story.waiting)
        parts.append(text.format(n=format_number(story.waiting)))
    return " · ".join(parts)


def penalty_words(penalty: StandingPenalty) -> str:
    """`Banned in “Двор” since 4 Mar 2026, for ever`."""
    text = _("Banned in “{community}” since {since}, {until}")
    if penalty.kind is ActionKind.MUTE:
        text = _("Muted in “{community}” since {since}, {until}")
    until = _("for ever") if penalty.until is None else _("until {moment}").format(moment=format_moment(penalty.until))
    place = named(penalty.community.name, penalty.community.key.community)
    return text.format(community=place, since=format_moment(penalty.since), until=until)


def chapter_title(chapter: Chapter) -> str:
    decision = chapter.line.decision
    parts = [
        format_moment(decision.at),
        choice_name(decision.choice),
        decider_name(decision.by),
        named(chapter.line.community_name, chapter.line.key.community),
    ]
    return " · ".join([*parts, _("undone")] if decision.undone is not None else parts)


def reasons(chapter: Chapter) -> list[str]:
    """Why: the moderator's reason, and what the rules had found."""
    given = chapter.line.decision.reason
    said = [_("Reason: {reason}").format(reason=given)] if given else []
    return said + [f"{rule_name(found.rule)}: {explain_finding(found)}" for found in chapter.findings]


def outcome(chapter: Chapter) -> list[str]:
    """What became of it, action by action."""
    now = wording.now()
    return [wording.full_state(action, now) for action in chapter.line.decision.actions]


def as_text(story: Story) -> str:
    """The whole story as plain lines."""
    return "\n".join(_lines(story))


def _lines(story: Story) -> Iterator[str]:
    yield title(story)
    yield summary(story)
    yield from (penalty_words(each) for each in story.penalties)
    for chapter in story.chapters:
        yield ""
        yield chapter_title(chapter)
        yield f"«{' '.join(chapter.text.split())}»"
        yield from reasons(chapter)
        yield from outcome(chapter)


def _messages(count: int) -> str:
    return ngettext("{n} message", "{n} messages", count).format(n=format_number(count))
