import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from moderator_app.domain.message import Attachment, Author, AuthorKey, Forward, HiddenLink, Join, Platform
from tests.sources.exports import CHAT, chat, exported, read, read_one, service, write

NOON = datetime(2024, 1, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def _seven_hours_east(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Novosibirsk")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def person(author: str, name: str = "") -> Author:
    return Author(AuthorKey(Platform.TELEGRAM, author), name)


def test_a_plain_text_is_taken_as_it_is(tmp_path: Path) -> None:
    assert read_one(tmp_path, exported(text="Продам гараж")).text == "Продам гараж"


def test_parts_of_a_text_are_put_together(tmp_path: Path) -> None:
    parts = ["Продам ", {"type": "bold", "text": "гараж"}, " 👍"]
    assert read_one(tmp_path, exported(text=parts)).text == "Продам гараж 👍"


def test_a_hidden_address_covers_its_visible_words_counted_in_code_points(tmp_path: Path) -> None:
    parts = ["👍 жми ", {"type": "text_link", "text": "сюда", "href": "https://bad.example/a"}, "!"]
    message = read_one(tmp_path, exported(text=parts))
    assert message.links == (HiddenLink("https://bad.example/a", (6, 10)),)
    assert message.text[6:10] == "сюда"


def test_entities_serve_where_the_text_is_missing(tmp_path: Path) -> None:
    entities = [{"type": "plain", "text": "да "}, {"type": "text_link", "text": "тут", "href": "https://a.example"}]
    message = read_one(tmp_path, exported(text_entities=entities, without=("text",)))
    assert (message.text, message.links) == ("да тут", (HiddenLink("https://a.example", (3, 6)),))


@pytest.mark.parametrize(
    ("text", "span"), [("да тут", (3, 6)), ("да тут.", None)], ids=["the same words", "other words"]
)
def test_a_hidden_address_is_found_beside_a_plain_text_too(
    tmp_path: Path, text: str, span: tuple[int, int] | None
) -> None:
    entities = [{"type": "plain", "text": "да "}, {"type": "text_link", "text": "тут", "href": "https://a.example"}]
    message = read_one(tmp_path, exported(text=text, text_entities=entities))
    assert (message.text, message.links) == (text, (HiddenLink("https://a.example", span),))


# As Telegram Desktop names them.
KINDS_OF_PARTS = [
    "mention",
    "hashtag",
    "bot_command",
    "link",
    "email",
    "bold",
    "italic",
    "code",
    "pre",
    "mention_name",
    "phone",
    "cashtag",
    "underline",
    "strikethrough",
    "blockquote",
    "bank_card",
    "spoiler",
    "custom_emoji",
    "unknown",
    "plain",
]


@pytest.mark.parametrize("older", [True, False], ids=["text only", "both"])
def test_every_kind_of_part_gives_its_words_and_no_address(tmp_path: Path, older: bool) -> None:
    more = {"user_id": 5, "document_id": "stickers/a.tgs", "language": "", "collapsed": True}
    parts = [{"type": kind, "text": kind, **more} for kind in KINDS_OF_PARTS]
    message = read_one(tmp_path, exported(text=parts, text_entities=parts, without=("text_entities",) if older else ()))
    assert (message.text, message.links) == ("".join(KINDS_OF_PARTS), ())


def test_addresses_behind_buttons_are_hidden_links_without_words(tmp_path: Path) -> None:
    rows = [
        [{"type": "url", "text": "Играть", "data": "https://casino.example"}],
        [{"type": "callback", "text": "Ещё", "data": "more"}],
    ]
    assert read_one(tmp_path, exported(inline_bot_buttons=rows)).links == (HiddenLink("https://casino.example"),)


def test_unix_time_wins_over_the_local_one(tmp_path: Path) -> None:
    message = read_one(tmp_path, exported(date="2024-01-02T19:00:00", date_unixtime=str(int(NOON.timestamp()))))
    assert message.date == NOON


@pytest.mark.parametrize(
    "undated",
    [
        exported(date=None, without=("date_unixtime",)),
        exported(date=None, date_unixtime=None),
        exported(without=("date", "date_unixtime")),
    ],
)
def test_a_message_without_a_date_is_told_and_not_taken_for_one_of_now(tmp_path: Path, undated: dict[str, Any]) -> None:
    found = read(write(tmp_path, chat(undated, exported(id=8))))
    assert [message.key.message for message in found.messages] == ["8"]
    assert [(error.text_id, dict(error.parameters)) for error in found.errors] == [("field.missing", {"field": "date"})]


@pytest.mark.usefixtures("_seven_hours_east")
def test_an_older_date_is_in_the_time_zone_of_the_machine(tmp_path: Path) -> None:
    older = exported(date="2024-01-02T19:00:00", edited="2024-01-02T19:30:00", without=("date_unixtime",))
    message = read_one(tmp_path, older)
    assert message.date == NOON
    assert message.edited == NOON.replace(minute=30)


@pytest.mark.parametrize(
    "never",
    [
        {"edited": "1970-01-01T03:00:00"},
        {"edited": "1970-01-01T03:00:00", "edited_unixtime": "0"},
        {"edited_unixtime": "0"},
        {"edited": None, "edited_unixtime": None},
    ],
)
def test_an_older_export_writes_the_epoch_for_never_edited(tmp_path: Path, never: dict[str, Any]) -> None:
    assert read_one(tmp_path, exported(**never)).edited is None


@pytest.mark.usefixtures("_seven_hours_east")
@pytest.mark.parametrize("untold", [None, ""])
def test_the_local_time_serves_where_the_unix_time_is_empty(tmp_path: Path, untold: str | None) -> None:
    local = exported(date="2024-01-02T19:00:00", edited="2024-01-02T19:30:00")
    message = read_one(tmp_path, local | {"date_unixtime": untold, "edited_unixtime": untold})
    assert (message.date, message.edited) == (NOON, NOON.replace(minute=30))


def test_the_time_of_an_edit_is_kept(tmp_path: Path) -> None:
    edit = exported(edited="2024-01-02T19:00:00", edited_unixtime=str(int(NOON.timestamp())))
    assert read_one(tmp_path, edit).edited == NOON


@pytest.mark.parametrize("older", ["user501", 501])
def test_a_person_has_a_bare_positive_id(tmp_path: Path, older: Any) -> None:
    message = read_one(tmp_path, exported(from_id=older))
    assert (message.author, message.sender_chat) == (person("501", "Анна"), "")


@pytest.mark.parametrize(
    ("peer", "bare"), [("channel77", "77"), ("chat78", "78"), ((1 << 32) + 78, "78"), ((2 << 32) + 77, "77")]
)
def test_a_chat_that_writes_as_itself_has_a_minus(tmp_path: Path, peer: Any, bare: str) -> None:
    message = read_one(tmp_path, exported(from_id=peer))
    assert (message.author, message.sender_chat) == (person(f"-{bare}", "Анна"), bare)


def test_a_deleted_account_has_an_id_but_no_name(tmp_path: Path) -> None:
    assert read_one(tmp_path, exported(**{"from": None})).author == person("501")


def test_a_message_without_sender_has_no_author(tmp_path: Path) -> None:
    assert read_one(tmp_path, exported(without=("from", "from_id"))).author is None


def test_a_forward_keeps_the_name_of_its_origin(tmp_path: Path) -> None:
    assert read_one(tmp_path, exported(forwarded_from="Новости")).forward == Forward(name="Новости")


def test_what_the_console_has_no_place_for_is_passed_over(tmp_path: Path) -> None:
    reactions = [
        {"type": "emoji", "count": 1, "emoji": "👍", "recent": [{"from": None, "from_id": "user1", "date": ""}]}
    ]
    plain = read_one(tmp_path, exported())
    assert read_one(tmp_path, exported(author="Редактор", saved_from="Новости", reactions=reactions)) == plain


def test_a_forward_from_nobody_known_is_still_a_forward(tmp_path: Path) -> None:
    assert read_one(tmp_path, exported(forwarded_from=None)).forward == Forward()


def test_an_answer_and_a_bot_are_kept(tmp_path: Path) -> None:
    message = read_one(tmp_path, exported(reply_to_message_id=3, via_bot="@gif"))
    assert (message.reply_to, message.via_bot) == ("3", "@gif")


def test_an_answer_to_another_chat_is_no_answer_here(tmp_path: Path) -> None:
    assert read_one(tmp_path, exported(reply_to_message_id=3, reply_to_peer_id="channel5")).reply_to == ""


@pytest.mark.parametrize("peer", [None, f"channel{CHAT}", f"chat{CHAT}"])
def test_an_answer_that_names_this_chat_is_one(tmp_path: Path, peer: str | None) -> None:
    assert read_one(tmp_path, exported(reply_to_message_id=3, reply_to_peer_id=peer)).reply_to == "3"


LEFT_OUT = "(File not included. Change data exporting settings to download.)"


@pytest.mark.parametrize(
    ("media", "attachment"),
    [
        ({"photo": "photos/1.jpg", "width": 10}, Attachment("photo", "photos/1.jpg")),
        ({"photo": LEFT_OUT}, Attachment("photo")),
        ({"photo": "(File exceeds maximum size. Change data exporting settings to download.)"}, Attachment("photo")),
        ({"photo": "(File unavailable, please try again later)", "media_spoiler": True}, Attachment("photo")),
        ({"file": "files/a.pdf", "file_name": "счёт.pdf"}, Attachment("doc", "files/a.pdf", title="счёт.pdf")),
        ({"file": LEFT_OUT, "media_type": "video_file"}, Attachment("video")),
        ({"file": LEFT_OUT, "media_type": "voice_message"}, Attachment("voice_message")),
        ({"file": LEFT_OUT, "media_type": "video_message"}, Attachment("video_message")),
        ({"file": LEFT_OUT, "media_type": "animation"}, Attachment("animation")),
        ({"file": LEFT_OUT, "media_type": "sticker", "sticker_emoji": "👍"}, Attachment("sticker", title="👍")),
        (
            {"file": LEFT_OUT, "media_type": "audio_file", "performer": "Хор", "title": "Гимн"},
            Attachment("audio", title="Хор - Гимн"),
        ),
        (
            {"contact_information": {"first_name": "Ян", "last_name": "", "phone_number": "+7"}},
            Attachment("contact", title="Ян"),
        ),
        ({"location_information": None}, Attachment("location")),
        ({"place_name": "Кафе", "location_information": {"latitude": 1.5}}, Attachment("location", title="Кафе")),
        ({"giveaway_information": {"quantity": 3, "countries": []}}, Attachment("giveaway")),
        ({"invoice_information": {"title": "Счёт", "amount": 5}}, Attachment("invoice")),
        ({"poll": {"question": "Кто за?", "answers": []}}, Attachment("poll", title="Кто за?")),
        (
            {"game_title": "Гонки", "game_link": "https://t.me/bot?game=r"},
            Attachment("game", url="https://t.me/bot?game=r", title="Гонки"),
        ),
    ],
)
def test_media_become_attachments(tmp_path: Path, media: dict[str, Any], attachment: Attachment) -> None:
    message = read_one(tmp_path, exported(text="", text_entities=[], **media))
    assert (message.text, message.attachments) == ("", (attachment,))


def joins(folder: Path, message: dict[str, Any]) -> tuple[Join, ...]:
    found = read(write(folder, chat(message)))
    assert found.errors == ()
    return found.joins


@pytest.mark.parametrize(("action", "how"), [("join_group_by_link", "link"), ("join_group_by_request", "request")])
def test_who_comes_by_link_or_request_joins(tmp_path: Path, action: str, how: str) -> None:
    (join,) = joins(tmp_path, service(action=action, inviter="Борис"))
    assert (join.author, join.how) == (person("501", "Анна"), how)
    assert join.date == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    "action", ["remove_members", "migrate_from_group", "topic_created", "pin_message", "create_group"]
)
def test_other_service_messages_bring_nobody_in(tmp_path: Path, action: str) -> None:
    assert joins(tmp_path, service(action=action, members=["Борис"], title="Тема")) == ()


def test_who_comes_alone_is_written_as_inviting_themselves(tmp_path: Path) -> None:
    (join,) = joins(tmp_path, service(action="invite_members", members=["Анна"]))
    assert (join.author, join.how) == (person("501", "Анна"), "invite")


def test_people_invited_are_known_by_name_only(tmp_path: Path) -> None:
    found = joins(tmp_path, service(action="invite_members", members=["Борис", "Вера"]))
    assert [join.author for join in found] == [person("name:Борис", "Борис"), person("name:Вера", "Вера")]


def test_a_deleted_account_that_came_alone_keeps_its_id(tmp_path: Path) -> None:
    (join,) = joins(tmp_path, service(action="invite_members", members=[None]) | {"actor": None})
    assert join.author == person("501")
