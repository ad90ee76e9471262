"""Links, articles, events and communities attached as cards."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import Attachment, Platform
from moderator_app.judging.engine import Engine
from tests.judging.flags import flagged
from tests.judging.looking import found

CARD = Attachment("link", url="https://shop.example.org/sale", title="Распродажа")


@pytest.mark.parametrize("kind", ["link", "article", "event", "group"])
def test_a_card_under_a_post_of_vk_flags_alone(kind: str) -> None:
    attachments = (Attachment(kind, url="https://example.org"),)
    (finding,) = found("link_attachment", "", platform=Platform.VK, attachments=attachments)
    assert finding.text_id.endswith(kind)
    assert flagged("", platform=Platform.VK, attachments=attachments)


def test_on_telegram_a_card_says_little() -> None:
    assert found("link_attachment", "", attachments=(CARD,))
    assert not flagged("см. https://shop.example.org/sale", attachments=(CARD,))


def test_the_title_names_the_card() -> None:
    (finding,) = found("link_attachment", "", attachments=(CARD, CARD))
    assert dict(finding.parameters) == {"card": "Распродажа", "count": 2}


def test_a_photo_is_no_card() -> None:
    assert found("link_attachment", "", attachments=(Attachment("photo"),)) == []


def test_the_communitys_own_card_passes() -> None:
    own = (Attachment("group", url="https://vk.com/club100"), Attachment("event", id="-100_5"))
    assert found("link_attachment", "", platform=Platform.VK, community="100", attachments=own) == []
    assert found("link_attachment", "", platform=Platform.VK, community="10", attachments=own)


def test_an_allowed_domain_passes_with_what_stands_below_it() -> None:
    engine = Engine(RuleBook(lists=Lists(domains=frozenset({"example.org"}))))
    assert found("link_attachment", "", engine, attachments=(CARD,)) == []
    assert found("link_attachment", "", engine, attachments=(Attachment("link", url="https://an-example.org"),))
