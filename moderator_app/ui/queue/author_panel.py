"""The author on the card: record here, what the platform tells, earlier decisions; more of it on request."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import CommunityKey, Message
from moderator_app.domain.profile import Profile
from moderator_app.domain.queue import AuthorPlace, AuthorRecord, PastDecision, Said
from moderator_app.language import (
    _,
    choice_name,
    decider_name,
    format_age,
    format_by,
    format_day,
    format_number,
    format_percent,
    format_short_day,
    list_name,
    ngettext,
    platform_name,
)
from moderator_app.ui.keys import Command, with_legend
from moderator_app.ui.names import named, shortened
from moderator_app.ui.queue.author_profiles import Told
from moderator_app.ui.queue.lines import Cell, Line, Section
from moderator_app.ui.queue.notes_section import NotesSection
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label

_FEW_DECISIONS, _FEW_PLACES = 2, 3
_NAME_LENGTH, _TEXT_LENGTH, _BIO_LENGTH = 24, 120, 300


class AuthorPanel(QWidget):
    """`more_wished`: the button was pressed that shows more, or less.

    `note_written` carries the author's key and a text, `note_removed` the key and the id of a note.
    """

    more_wished = Signal()
    note_written = Signal(object, str)
    note_removed = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._record: AuthorRecord | None = None
        self._message: Message | None = None
        self._told = Told()
        self._open = False
        self._heading, self._more = label(heading=True), QToolButton()
        self.facts, self.profile, self.decisions, self.latest = Section(1), Section(1), Section(3), Section(2)
        self.notes = NotesSection()
        self.notes.written.connect(lambda text: self._emit(self.note_written, text))
        self.notes.removed.connect(lambda note: self._emit(self.note_removed, note))
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.setProperty("chip", "tool")
        self._more.clicked.connect(self.more_wished)
        head = QHBoxLayout()
        head.addWidget(self._heading, 1)
        head.addWidget(self._more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GRID, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(head)
        for section in (self.facts, self.notes, self.profile, self.decisions, self.latest):
            column.addWidget(section)
        self.hide()

    @property
    def is_open(self) -> bool:
        """Whether all is shown that there is."""
        return self._open

    def open(self, wide: bool) -> None:
        if not wide:
            self.notes.clear()
        self._open = wide
        self._show()

    def show_author(self, record: AuthorRecord | None, message: Message, told: Told) -> None:
        """`record` may be None: of some messages nobody knows who wrote them."""
        self._record, self._message, self._told = record, message, told
        self._show()

    def show_told(self, told: Told) -> None:
        self._told = told
        self._show()

    def texts(self) -> list[str]:
        """Everything in the panel as shown."""
        sections = (self.facts, self.profile, self.decisions, self.latest)
        return [text for section in sections for text in section.texts()] + self.notes.texts()

    def _emit(self, signal: SignalInstance, what: object) -> None:
        if self._record is not None:
            signal.emit(self._record.author.key, what)

    def _show(self) -> None:
        record, message = self._record, self._message
        self.setVisible(record is not None)
        if record is None or message is None:
            return
        here = message.key.community_key
        self._heading.setText(_("Author"))
        self._more.setText(with_legend(_("Less") if self._open else _("More"), Command.AUTHOR))
        self.facts.fill(_facts(record, here, self._told.profile, wide=self._open))
        self.notes.show_notes(record.notes, wide=self._open)
        self._show_profile(message)
        if self._told.profile is not None:
            self.facts.align(with_others=[self.profile])
        self.decisions.head(_("Earlier decisions"))
        decided = record.decisions if self._open else record.decisions[:_FEW_DECISIONS]
        self.decisions.fill([_decided(one, here) for one in decided])
        self.latest.head(_("Latest messages"))
        self.latest.fill([_wrote(one, here) for one in record.latest] if self._open else [])

    def _show_profile(self, message: Message) -> None:
        self.profile.head(_("What {platform} tells").format(platform=platform_name(message.key.platform)))
        lines: list[Line] = []
        if self._told.profile is not None:
            lines = _profile(self._told.profile)
        elif self._told.asking:
            lines = [(Cell(_("asking…"), "muted"),)]
        elif self._told.why:
            lines = [(Cell(self._told.why, "warning", said=True),)]
        self.profile.fill(lines)

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._show()


def in_brief(record: AuthorRecord) -> str:
    """What weighs most, on one line: `Blacklist · joined 3 hr. ago · 12 messages · 2 of 3 rejected`."""
    parts = [list_name(ListKind(record.listed))] if record.listed else []
    if record.joined is not None:
        parts.append(_("joined {age}").format(age=format_age(record.joined)))
    elif record.first_seen is not None:
        parts.append(_("first seen {age}").format(age=format_age(record.first_seen)))
    parts.append(ngettext("{n} message", "{n} messages", record.messages).format(n=format_number(record.messages)))
    if record.decided:
        rejected = _("{confirmed} of {decided} rejected")
        parts.append(rejected.format(confirmed=format_number(record.confirmed), decided=format_number(record.decided)))
    return " · ".join(parts)


def _facts(record: AuthorRecord, here: CommunityKey, profile: Profile | None, *, wide: bool) -> list[Line]:
    lines = [_pair(_("account"), _account(record))]
    if record.listed:
        tone = "danger" if record.listed == ListKind.BLACKLIST else "good"
        lines.append(_pair(_("listed"), list_name(ListKind(record.listed)), tone))
    joined = profile.joined if profile is not None and profile.joined is not None else record.joined
    if joined is not None:
        lines.append(_pair(_("joined"), _day(joined)))
    if record.first_seen is not None:
        lines.append(_pair(_("first seen"), _day(record.first_seen)))
    lines.append(_pair(_("messages"), _messages(record)))
    lines.append(_pair(_("rejected"), _rejected(record)))
    if violations := _violations(record.places, here):
        lines.append(_pair(_("violations"), violations, "danger"))
    if places := _elsewhere(record.places, here, wide=wide):
        lines.append(_pair(_("also writes in"), places))
    return lines


def _account(record: AuthorRecord) -> str:
    username = record.author.username
    return f"@{username} · {record.author.key}" if username else str(record.author.key)


def _messages(record: AuthorRecord) -> str:
    if not record.flagged:
        return format_number(record.messages)
    text = ngettext("{n}, {flagged} of them flagged", "{n}, {flagged} of them flagged", record.messages)
    return text.format(n=format_number(record.messages), flagged=format_number(record.flagged))


def _rejected(record: AuthorRecord) -> str:
    """The share with its formula: `67 % = 2 of 3 decided`."""
    if not record.decided:
        return _("nothing decided yet")
    return _("{percent} = {confirmed} of {decided} decided").format(
        percent=format_percent(record.confirmed / record.decided),
        confirmed=format_number(record.confirmed),
        decided=format_number(record.decided),
    )


def _violations(places: Sequence[AuthorPlace], here: CommunityKey) -> str:
    """Confirmed ones: `2 here, 5 in all`."""
    count = sum(place.violations for place in places)
    mine = sum(place.violations for place in places if place.community.key == here)
    if not count:
        return ""
    return _("{here} here, {all} in all").format(here=format_number(mine), all=format_number(count))


def _elsewhere(places: Sequence[AuthorPlace], here: CommunityKey, *, wide: bool) -> str:
    others = [place for place in places if place.community.key != here]
    shown = others if wide else others[:_FEW_PLACES]
    parts = [f"{_short(_name_of(place))} ({format_number(place.messages)})" for place in shown]
    if rest := len(others) - len(shown):
        parts.append(ngettext("and {count} more", "and {count} more", rest).format(count=format_number(rest)))
    return ", ".join(parts)


def _profile(profile: Profile) -> list[Line]:
    lines: list[Line] = []
    if marks := _marks(profile):
        bad = profile.is_scam or profile.is_fake or profile.is_deleted
        lines.append(_pair(_("marks"), ", ".join(marks), "danger" if bad else ""))
    if profile.bio:
        lines.append(_pair(_("about"), shortened(profile.bio, _BIO_LENGTH)))
    if profile.personal_channel is not None:
        channel = profile.personal_channel
        lines.append(_pair(_("own channel"), named(channel.name, channel.key.community)))
    lines.append(_pair(_("picture"), _picture(profile)))
    if profile.registered:
        lines.append(_pair(_("registered"), _month(profile.registered)))
    if profile.common_chats:
        lines.append(_pair(_("chats with you"), format_number(profile.common_chats)))
    return lines


def _marks(profile: Profile) -> list[str]:
    named_marks = (
        (profile.is_deleted, _("deleted account")),
        (profile.is_scam, _("marked as scam")),
        (profile.is_fake, _("marked as fake")),
        (profile.is_bot, _("bot")),
        (profile.is_verified, _("verified")),
        (profile.is_premium, "Premium"),
    )
    return [name for holds, name in named_marks if holds]


def _picture(profile: Profile) -> str:
    if profile.photo_since is not None:
        return _("since {day}").format(day=_day(profile.photo_since))
    return _("yes") if profile.has_photo else _("none")


def _month(written: str) -> str:
    year, month = map(int, written.split("-"))
    return format_by("yMMMM", date(year, month, 1))


def _decided(one: PastDecision, here: CommunityKey) -> Line:
    tone = "danger" if one.choice.confirms else "muted"
    return (
        Cell(_when(one.at), "muted", figure=True),
        Cell(choice_name(one.choice), tone),
        Cell(_short(decider_name(one.by)), "muted"),
        Cell(_placed(one.excerpt, one, here), said=True),
    )


def _wrote(one: Said, here: CommunityKey) -> Line:
    mark = _("deleted") if one.deleted else _("flagged") if one.flagged else ""
    return (
        Cell(_when(one.date), "muted", figure=True),
        Cell(mark, "danger" if one.deleted else "warning"),
        Cell(_placed(one.excerpt, one, here), "muted", said=True),
    )


def _placed(excerpt: str, one: PastDecision | Said, here: CommunityKey) -> str:
    """What was written, and where, unless it was here."""
    text = shortened(excerpt, _TEXT_LENGTH) or _("(no text)")
    if one.community.key == here:
        return text
    return f"{_short(named(one.community.name, one.community.key.community))}: {text}"


def _name_of(place: AuthorPlace) -> str:
    return named(place.community.name, place.community.key.community)


def _short(name: str) -> str:
    return shortened(name, _NAME_LENGTH)


def _when(moment: datetime) -> str:
    """A day of the last year without it."""
    recent = (datetime.now(UTC) - moment).days < 300
    return format_short_day(moment) if recent else format_day(moment)


def _day(moment: datetime) -> str:
    return _("{day} ({age})").format(day=format_day(moment), age=format_age(moment))


def _pair(name: str, value: str, tone: str = "") -> Line:
    return Cell(name, "muted"), Cell(value, tone, said=True)
