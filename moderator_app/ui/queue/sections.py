"""The card's sections: findings, attachments, hidden links, conversation and author."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from moderator_app.domain.message import Message
from moderator_app.domain.queue import Campaign, Card, Conversation, Variant
from moderator_app.language import (
    _,
    explain_finding,
    format_number,
    format_short_day,
    format_time,
    ngettext,
    rule_name,
)
from moderator_app.ui.names import named, shortened
from moderator_app.ui.queue.attachment_words import PICTURED, kind_name
from moderator_app.ui.queue.evidence import shares
from moderator_app.ui.queue.lines import Cell, Line, Section
from moderator_app.ui.queue.wording import decided_before, writer

MOST_LINES = 12
_CONTEXT_LENGTH = 200
_NAME_LENGTH = 18
_VALUE_LENGTH = 300
_EXCERPT_LENGTH = 60


class FindingsSection(Section):
    """One line for each finding; the numbers add up to the score."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(1, parent)

    def show_card(self, card: Card) -> None:
        self.head(_("Why it is here"))
        pairs = zip(card.verdict.findings, shares(card.contributions), strict=True)
        found = sorted(pairs, key=lambda pair: -pair[1])
        lines: list[Line] = [
            (Cell(rule_name(finding.rule)), Cell(_cut(explain_finding(finding)), "muted", said=True), _share(share))
            for finding, share in found[:MOST_LINES]
        ]
        rest = found[MOST_LINES:]
        if rest:
            lines.append((Cell(), _more(len(rest)), _share(sum(share for _finding, share in rest))))
        self.fill(lines)


class AttachmentsSection(Section):
    """What hangs on the message, and addresses that its reader does not see, as text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(1, parent)

    def show_messages(self, messages: Sequence[Message], *, pictured: bool = False) -> None:
        """Those that were sent as one; `pictured`: what there are pictures of is shown elsewhere."""
        self.head(_("Attached"))
        # What holds for all parts of an album is said once.
        lines = list(dict.fromkeys(line for message in messages for line in _attached(message, pictured=pictured)))
        rest = lines[MOST_LINES:]
        self.fill([*lines[:MOST_LINES], (Cell(), _more(len(rest)))] if rest else lines)


def _attached(message: Message, *, pictured: bool) -> list[Line]:
    lines: list[Line] = [_pair(_("link behind the text"), link.address) for link in message.links]
    listed = [one for one in message.attachments if not (pictured and one.kind in PICTURED)]
    lines += [_pair(kind_name(one.kind), one.title or one.url or one.id) for one in listed]
    if message.forward is not None:
        lines.append(_pair(_("forwarded from"), named(message.forward.name, message.forward.origin) or _("hidden")))
    if message.via_bot:
        lines.append(_pair(_("sent through"), f"@{message.via_bot}"))
    return lines


class CampaignSection(Section):
    """The first few messages that are decided together with this one, and what was decided about earlier ones."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(2, parent)

    def show_campaign(self, campaign: Campaign | None) -> None:
        self.head(_("Similar messages"))
        self.fill([] if campaign is None else [*map(_variant, campaign.others), *_about_the_rest(campaign)])


def _variant(variant: Variant) -> Line:
    name = named(variant.author_name) or _("Unknown author")
    place = named(variant.community.name, variant.community.key.community)
    text = Cell(shortened(variant.excerpt, _EXCERPT_LENGTH) or _("(no text)"), "muted", said=True)
    return Cell(_short(name), title=True), Cell(_short(place), "muted"), text


def _about_the_rest(campaign: Campaign) -> list[Line]:
    lines: list[Line] = []
    rest = campaign.messages - 1 - len(campaign.others)
    if campaign.others and rest > 0:
        lines.append((Cell(), Cell(), _more(rest)))
    if campaign.decided:
        lines.append((Cell(_("decided before"), "muted"), Cell(), Cell(decided_before(campaign))))
    return lines


class ConversationSection(Section):
    """The messages around this one, whose place a line holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(2, parent)

    def show_conversation(self, conversation: Conversation, message: Message) -> None:
        self.head(_("Conversation"))
        lines: list[Line] = []
        if conversation.replied is not None and conversation.replied not in conversation.before:
            lines.append(_said(conversation.replied, message, _("answers")))
        lines += [_said(one, message) for one in conversation.before]
        if lines or conversation.after:
            lines.append((_clock(message), Cell(_short(writer(message)), title=True), Cell(_("this message"))))
        lines += [_said(one, message) for one in conversation.after]
        self.fill(lines)


def _said(message: Message, about: Message, mark: str = "") -> Line:
    text = " ".join(message.text[:_CONTEXT_LENGTH].split()) or _("(no text)")
    said = Cell(f"{mark}: {text}" if mark else text, "muted", said=True)
    return _clock(message, about), Cell(_short(writer(message)), "muted"), said


def _short(name: str) -> str:
    return shortened(name, _NAME_LENGTH)


def _cut(text: str) -> str:
    return shortened(text, _VALUE_LENGTH)


def _clock(message: Message, about: Message | None = None) -> Cell:
    """When it was written; with the day where it is not that of the message it is shown for."""
    if message.date is None:
        return Cell("", "muted", figure=True)
    time = format_time(message.date)
    if about is None or about.date is None or about.date.astimezone().date() == message.date.astimezone().date():
        return Cell(time, "muted", figure=True)
    return Cell(_("{day}, {time}").format(day=format_short_day(message.date), time=time), "muted", figure=True)


def _pair(name: str, value: str) -> Line:
    return Cell(name, "muted"), Cell(_cut(value), said=True)


def _share(share: int) -> Cell:
    return Cell(f"+{share}", figure=True)


def _more(count: int) -> Cell:
    return Cell(ngettext("and {count} more", "and {count} more", count).format(count=format_number(count)), "muted")
