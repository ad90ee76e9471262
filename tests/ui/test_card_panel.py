"""The card: text as written, evidence in place, numbers that add up."""

import time
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from moderator_app.domain.decision import Choice, Note
from moderator_app.domain.message import Attachment, Author, AuthorKey, HiddenLink, Platform
from moderator_app.domain.queue import AuthorRecord, Card, Conversation, Reopened
from moderator_app.ui.queue.author_profiles import AuthorProfiles
from moderator_app.ui.queue.card_panel import CardPanel
from moderator_app.ui.queue.cards import Sight
from moderator_app.ui.queue.thumbnails import Thumbnails
from tests.ui.fakes import FakePictures, FakeProfiles, card, finding, row
from tests.ui.given import Given

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
RECORD = AuthorRecord(Author(AuthorKey(Platform.TELEGRAM, "7"), "Аня"), NOON, NOON, 12, 3, 3, 2, "blacklist")


@pytest.fixture
def panel(qtbot: QtBot) -> CardPanel:
    given = Given()
    thumbnails = Thumbnails(FakePictures(), given.tasks)  # type: ignore[arg-type]
    made = CardPanel(thumbnails, AuthorProfiles(FakeProfiles(), given.tasks))  # type: ignore[arg-type]
    qtbot.addWidget(made)
    made.resize(480, 700)
    return made


def sight(shown: Card, record: AuthorRecord | None = None) -> Sight:
    return Sight(shown, Conversation((), ()), record)


def test_evidence_is_marked_behind_characters_outside_the_basic_plane(panel: CardPanel) -> None:
    panel.show_sight(sight(card(1, "😀😀 жми vk.cc/abc", findings=(finding(spans=((7, 16),)),))), None)
    assert panel.text.marked == ("vk.cc/abc",)


def test_markup_in_a_message_stays_text(panel: CardPanel) -> None:
    text = '<b>x</b><img src="http://evil.example/a.png"> &amp;'
    panel.show_sight(sight(card(1, text, author="<i>name</i>", findings=(finding(spans=()),))), None)
    assert panel.text.shown == text
    assert all(label.textFormat() is label.textFormat().PlainText for label in panel.findChildren(QLabel))


@pytest.mark.parametrize("text", ["א" * 500, "a\u200b\u202eb" * 300, "😀" * 10_000, "\x00\ufdd0\r\n\u2029x", ""])
def test_unusual_text_is_shown(panel: CardPanel, text: str) -> None:
    panel.show_sight(sight(card(1, text)), row(card(1, text)))
    assert panel.item == 1


def test_a_megabyte_shows_its_beginning_and_the_evidence_without_a_pause(panel: CardPanel) -> None:
    text = "слово " * 80_000 + "казино" + " слово" * 80_000
    started = time.perf_counter()
    panel.show_sight(sight(card(1, text, findings=(finding(spans=((480_000, 480_006),)),))), None)
    taken = time.perf_counter() - started
    assert panel.text.marked == ("казино",)
    assert len(panel.text.shown) < 10_000
    # A bound against showing it whole by mistake, which takes ten times longer.
    assert taken < 1.0


def test_the_whole_of_a_long_text_is_shown_on_request(panel: CardPanel) -> None:
    text = "слово " * 5_000
    panel.show_sight(sight(card(1, text)), None)
    panel.text.show_all()
    assert panel.text.shown == text


def test_evidence_stays_marked_where_a_run_of_letters_is_broken(panel: CardPanel) -> None:
    text = "ы" * 3_000 + " от 500$"
    panel.show_sight(sight(card(1, text, findings=(finding(spans=((3_001, 3_008),)),))), None)
    panel.text.show_all()
    assert panel.text.marked == ("от 500$",)


def test_contributions_add_up_to_the_score(panel: CardPanel) -> None:
    found = (finding("stop_words", 0.5), finding("links", 0.4), finding("profanity", 0.3))
    panel.show_sight(sight(card(1, findings=found)), None)
    shares = [int(text) for text in panel.findings.texts() if text.startswith("+")]
    assert sum(shares) == panel.score == 79
    assert shares == sorted(shares, reverse=True)


def test_hidden_addresses_and_attachments_are_shown_as_text(panel: CardPanel) -> None:
    shown = card(1, can_act=False)
    message = replace(
        shown.message,
        links=(HiddenLink("https://evil.example/<b>"),),
        attachments=(Attachment("photo", title="cat.jpg"),),
    )
    panel.show_sight(sight(replace(shown, message=message)), None)
    assert "https://evil.example/<b>" in panel.attachments.texts()
    assert "cat.jpg" in panel.attachments.texts()


def test_the_share_rejected_comes_with_its_formula(panel: CardPanel) -> None:
    panel.show_sight(sight(card(1), RECORD), None)
    assert "67% = 2 of 3 decided" in panel.author.texts()
    assert "Blacklist" in panel.author.texts()


def test_what_stands_against_a_routine_decision_is_said(panel: CardPanel) -> None:
    shown = replace(card(1, can_act=False), reopened=Reopened(Choice.DISMISS, "anna", NOON))
    failed = replace(row(shown), failure=Note("action.imported_file"))
    panel.show_sight(sight(shown), failed)
    assert "Dismissed by anna on" in panel.remarks
    assert "Imported file: decisions are recorded" in panel.remarks
    assert "cannot be carried out" in panel.remarks


def test_an_edited_message_says_so(panel: CardPanel) -> None:
    shown = card(1)
    panel.show_sight(sight(replace(shown, message=replace(shown.message, edited=NOON))), None)
    assert any("edited" in label.text() for label in panel.findChildren(QLabel))
