"""The card: everything a moderator looks at before deciding about one item."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from moderator_app.domain.queue import Card, QueueRow
from moderator_app.language import (
    _,
    choice_name,
    decider_name,
    explain_note,
    format_age,
    format_moment,
    platform_name,
)
from moderator_app.ui.names import named
from moderator_app.ui.queue.ai_section import AiSection
from moderator_app.ui.queue.author_panel import AuthorPanel, in_brief
from moderator_app.ui.queue.author_profiles import AuthorProfiles
from moderator_app.ui.queue.cards import Sight
from moderator_app.ui.queue.evidence import percent
from moderator_app.ui.queue.pictures_panel import PicturesPanel
from moderator_app.ui.queue.sections import (
    AttachmentsSection,
    CampaignSection,
    ConversationSection,
    FindingsSection,
)
from moderator_app.ui.queue.text_panel import TextPanel
from moderator_app.ui.queue.thumbnails import Thumbnails
from moderator_app.ui.queue.wording import DECIDED, impossible_here, one_of, writer
from moderator_app.ui.theme import GRID, tabular
from moderator_app.ui.widgets.empty_panel import EmptyPanel
from moderator_app.ui.widgets.labels import foreign, label, rule


class CardPanel(QStackedWidget):
    def __init__(self, thumbnails: Thumbnails, profiles: AuthorProfiles, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profiles = profiles
        # It looks at this card, and must not outlive it.
        profiles.setParent(self)
        self._sight: Sight | None = None
        self._row: QueueRow | None = None
        self._past = ""
        self._author = foreign(title=True, most=120)
        self._standing, self._where = label(wrap=True), foreign(tone="muted")
        self._score = label(title=True)
        self._suggested = label(tone="muted")
        self._campaign = label(wrap=True)
        self._remarks = foreign(tone="warning", most=2000)
        self.text = TextPanel()
        self.pictures = PicturesPanel(thumbnails)
        self.findings = FindingsSection()
        self.ai = AiSection()
        self.campaign = CampaignSection()
        self.attachments = AttachmentsSection()
        self.conversation = ConversationSection()
        self.author = AuthorPanel()
        self._empty = EmptyPanel()
        self._scroll = QScrollArea()
        self._lay_out()
        self.author.more_wished.connect(self.turn_to_author)
        profiles.changed.connect(lambda: self.author.show_told(profiles.told))
        self._scroll.verticalScrollBar().valueChanged.connect(profiles.look_again)
        self._retranslate()
        self.nothing()

    def show_sight(self, sight: Sight, row: QueueRow | None, past: str = "") -> None:
        """Show an item; `row` tells what the list knows besides, `past` what was decided about one looked back at."""
        came = self.item != sight.card.item
        self._sight, self._row, self._past = sight, row, past
        card = sight.card
        self._show_head(card)
        spans = tuple(span for finding in card.verdict.findings for span in finding.spans)
        self.text.show_text(card.message.text, spans)
        self.findings.show_card(card)
        self.ai.show_check(card.ai)
        self.campaign.show_campaign(card.campaign)
        # Nobody could show the pictures of a chat that came from a file.
        pictured = sight.parts if card.can_act else ()
        self.pictures.show_messages(pictured)
        self.attachments.show_messages(sight.parts, pictured=bool(pictured))
        self.conversation.show_conversation(sight.conversation, card.message)
        self._profiles.look_at(card.message if card.can_act else None, self._sees_author)
        self.author.show_author(sight.author, card.message, self._profiles.told)
        if came:
            self.author.open(False)
            self._scroll.verticalScrollBar().setValue(0)
        self.setCurrentWidget(self._scroll)

    def turn_to_author(self) -> None:
        """Show all that is known of the author, or go back to the message."""
        if self._sight is None or self._sight.author is None:
            return
        self.author.open(not self.author.is_open)
        if self.author.is_open:
            self._profiles.look_closer()
        # Before that the card does not know how high it has become.
        QTimer.singleShot(0, self, self._scroll_to_author)

    def write_note(self) -> None:
        """Put the hand on the line for a note about the author."""
        if self._sight is not None and self._sight.author is not None:
            if not self.author.is_open:
                self.turn_to_author()
            QTimer.singleShot(0, self, self.author.notes.write)

    def nothing(self, title: str = "", text: str = "") -> None:
        """No item: an empty panel, with a word if there is one to say."""
        self._sight = self._row = None
        self._profiles.look_at(None, self._sees_author)
        self._empty.say(title, text)
        self.setCurrentWidget(self._empty)

    @property
    def item(self) -> int | None:
        """The item that can be seen."""
        return self._sight.card.item if self._sight else None

    @property
    def together(self) -> str:
        """For how many messages the card stands."""
        return self._campaign.text()

    @property
    def remarks(self) -> str:
        return self._remarks.text()

    @property
    def score(self) -> int:
        return int(self._score.text())

    def _sees_author(self) -> bool:
        return not self.author.visibleRegion().isEmpty()

    def _scroll_to_author(self) -> None:
        self._scroll.verticalScrollBar().setValue(self.author.y() if self.author.is_open else 0)

    def _show_head(self, card: Card) -> None:
        message, author = card.message, card.message.author
        name = writer(message)
        record = self._sight.author if self._sight is not None else None
        self._standing.setText(in_brief(record) if record is not None else "")
        self._standing.setVisible(record is not None)
        self._author.setText(f"{name}  @{author.username}" if author and author.username != "" else name)
        where = [platform_name(card.community.key.platform), named(card.community.name, card.community.key.community)]
        if message.date is not None:
            where.append(_("{moment} ({age})").format(moment=format_moment(message.date), age=format_age(message.date)))
        if message.edited is not None:
            where.append(_("edited {moment}").format(moment=format_moment(message.edited)))
        self._where.setText(" · ".join(where))
        self._score.setText(str(percent(card.verdict.score)))
        self._suggested.setText(_("Suggested: {choice}").format(choice=choice_name(card.suggested)))
        together = card.campaign is not None and card.campaign.messages > 1
        self._campaign.setText(one_of(card.campaign) if card.campaign is not None and together else "")
        self._campaign.setVisible(together)
        remarks = self._remarks_on(card)
        self._remarks.setText("\n".join(remarks))
        self._remarks.setVisible(bool(remarks))

    def _remarks_on(self, card: Card) -> list[str]:
        remarks = [self._past] if self._past else []
        if card.reopened is not None:
            back = card.reopened
            remarks.append(
                _("{done} by {by} on {moment}; changed since").format(
                    done=_(DECIDED[back.choice]).capitalize(), by=decider_name(back.by), moment=format_moment(back.at)
                )
            )
        if card.opinion is not None:
            asked = _("{by} wants a second opinion, since {moment}")
            remarks.append(asked.format(by=named(card.opinion.by), moment=format_moment(card.opinion.at)))
        if self._row is not None and self._row.failure is not None:
            remarks.append(explain_note(self._row.failure))
        remarks += impossible_here(card.obstacles)
        if not card.can_act:
            remarks.append(_("Imported file: decisions are recorded, actions cannot be carried out."))
        return remarks

    def _lay_out(self) -> None:
        self._score.setFont(tabular(self._score.font()))
        self._score.setProperty("letters", "score")
        self._score.setAlignment(Qt.AlignmentFlag.AlignRight)
        who, head = QVBoxLayout(), QHBoxLayout()
        who.setSpacing(2)
        for line in (self._author, self._standing, self._where, self._campaign, self._suggested):
            who.addWidget(line)
        head.setSpacing(2 * GRID)
        head.addLayout(who, 1)
        head.addWidget(self._score, 0, Qt.AlignmentFlag.AlignTop)
        inside = QWidget()
        inside.setProperty("panel", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(GRID)
        column.addLayout(head)
        for part in (self._remarks, self.text, self.pictures, rule()):
            column.addWidget(part)
        for section in (self.campaign, self.attachments, self.findings, self.ai, self.conversation, self.author):
            column.addWidget(section)
        column.addStretch(1)
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.addWidget(self._scroll)
        self.addWidget(self._empty)

    def _retranslate(self) -> None:
        self.setAccessibleName(_("The message under review"))
        if self._sight is not None:
            self.show_sight(self._sight, self._row, self._past)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
