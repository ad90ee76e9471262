"""A link, article, event or community attached as a card: the advert without a word in the text."""

import re
from collections.abc import Iterable

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Attachment, Message, Platform
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.addresses import host_of
from moderator_app.judging.domains import Domains
from moderator_app.judging.folded import Folded

# Telegram makes a card of every address in a text, which `links` sees already.
_SCORES = {Platform.VK: 0.55, Platform.TELEGRAM: 0.2}
_TEXT_IDS = {
    "link": "finding.link_attachment.link",
    "article": "finding.link_attachment.article",
    "event": "finding.link_attachment.event",
    "group": "finding.link_attachment.group",
}
_MOST_SHOWN = 100
_OF_COMMUNITY = re.compile(r"(?:^|/)(?:club|public|event|-)(\d+)(?!\d)")


class LinkAttachment:
    id = "link_attachment"

    def __init__(self, book: RuleBook) -> None:
        self._domains = Domains(book.lists.domains)

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        if not message.attachments:
            return ()
        cards = [card for card in message.attachments if self._leads_away(card, message.key.community)]
        if not cards:
            return ()
        first = cards[0]
        shown = first.title or host_of(first.url) or first.url
        return (
            Finding(
                self.id,
                Label.SPAM,
                _SCORES[message.key.platform],
                _TEXT_IDS[first.kind],
                parameters=(("card", shown[:_MOST_SHOWN]), ("count", len(cards))),
            ),
        )

    def _leads_away(self, card: Attachment, community: str) -> bool:
        if card.kind not in _TEXT_IDS:
            return False
        own = _OF_COMMUNITY.search(card.url) or _OF_COMMUNITY.search(card.id)
        return not (own is not None and own[1] == community) and not self._domains.hold(host_of(card.url))
