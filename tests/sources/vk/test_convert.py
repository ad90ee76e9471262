"""Comments and chat messages become the console's messages, whatever VK leaves out."""

from datetime import UTC, datetime
from typing import Any

import pytest

from moderator_app.domain.message import Attachment, Author, AuthorKey, Forward, HiddenLink, MessageKey, Platform
from moderator_app.sources.vk.attachments import attachments
from moderator_app.sources.vk.convert import chat_place, comment_place, message_of, people_in
from moderator_app.sources.vk.places import CHATS, Kind, Place, place_of

GROUP = 77
KNOWN = {5: Author(AuthorKey(Platform.VK, "5"), "Аня Г.", "anya"), -9: Author(AuthorKey(Platform.VK, "-9"), "Чужие")}
COMMENT = {"id": 12, "from_id": 5, "date": 1_700_000_000, "text": "привет", "post_id": 3, "owner_id": -77}
CHAT = {
    "id": 0,
    "from_id": 5,
    "date": 1_700_000_000,
    "text": "привет",
    "peer_id": CHATS + 4,
    "conversation_message_id": 8,
}


def comment(kind: Kind = Kind.WALL, **more: Any) -> Any:
    shown = {**COMMENT, **more}
    place = comment_place(kind, shown)
    assert place is not None
    return message_of(place, shown, GROUP, KNOWN)


def chat(**more: Any) -> Any:
    shown = {**CHAT, **more}
    place = chat_place(shown)
    assert place is not None
    return message_of(place, shown, GROUP, KNOWN)


def test_a_comment_on_a_post_keeps_vks_own_number() -> None:
    found = comment()
    assert found.key == MessageKey(Platform.VK, "77", "12")
    assert (found.text, found.thread, found.author, found.edited) == ("привет", "3", KNOWN[5], None)
    assert found.date == datetime.fromtimestamp(1_700_000_000, UTC)


@pytest.mark.parametrize(
    ("kind", "more", "id", "thread"),
    [
        (Kind.PHOTO, {"photo_id": 30, "photo_owner_id": -77}, "photo30_12", "photo30"),
        (Kind.VIDEO, {"video_id": 31, "video_owner_id": -77}, "video31_12", "video31"),
        (Kind.MARKET, {"item_id": 32, "market_owner_id": -77}, "market32_12", "market32"),
        (Kind.MARKET, {"photo_id": 33}, "market33_12", "market33"),
        (Kind.TOPIC, {"topic_id": 34, "topic_owner_id": -77}, "topic34_12", "topic34"),
    ],
)
def test_other_comments_say_where_they_stand(kind: Kind, more: dict[str, int], id: str, thread: str) -> None:
    found = comment(kind, **more)
    assert (found.key.message, found.thread) == (id, thread)
    place = place_of(id, thread)
    assert place == Place(kind, int(thread[-2:]), 12)


@pytest.mark.parametrize("name", ["owner_id", "post_owner_id"])
def test_the_owner_of_a_wall_has_two_names(name: str) -> None:
    shown = {each: value for each, value in COMMENT.items() if each != "owner_id"} | {name: -77}
    assert comment_place(Kind.WALL, shown) == Place(Kind.WALL, 3, 12)


def test_a_bare_comment_and_its_thread_make_a_place() -> None:
    assert place_of("12", "3") == Place(Kind.WALL, 3, 12)
    assert place_of("12") == Place(Kind.WALL, 0, 12)


@pytest.mark.parametrize("id", ["", "x", "wall3_12", "photo12", "12_3", "chat", "-5", "chat1_2_3", "photo1_x"])
def test_other_texts_are_no_place(id: str) -> None:
    assert place_of(id) is None


def test_a_chat_message_is_known_by_its_number_in_the_chat() -> None:
    found = chat()
    assert (found.key.message, found.thread) == ("chat4_8", "chat4")


@pytest.mark.parametrize("more", [{"peer_id": 5}, {"peer_id": None}, {"conversation_message_id": 0}, {"peer_id": "x"}])
def test_what_is_written_to_the_community_itself_is_none(more: dict[str, Any]) -> None:
    assert chat_place({**CHAT, **more}) is None


def test_a_community_writes_in_its_own_name() -> None:
    found = comment(from_id=-9)
    assert (found.author, found.sender_chat) == (KNOWN[-9], "9")


def test_a_deleted_comment_has_no_author() -> None:
    found = message_of(Place(Kind.WALL, 3, 12), {"id": 12, "deleted": True, "date": 1_700_000_000}, GROUP, {})
    assert (found.author, found.text) == (None, "")


def test_somebody_unknown_keeps_the_id() -> None:
    assert comment(from_id=600).author == Author(AuthorKey(Platform.VK, "600"))


def test_an_answer_keeps_its_prefix_and_knows_what_it_answers() -> None:
    found = comment(text="[id6099|Дмитрий], спасибо", reply_to_user=6099, reply_to_comment=11)
    assert (found.text, found.reply_to) == ("[id6099|Дмитрий], спасибо", "11")
    assert comment(parents_stack=[7, 10]).reply_to == "10"
    assert comment(parents_stack=[]).reply_to == ""
    photo = comment(Kind.PHOTO, photo_id=30, reply_to_comment=11)
    assert photo.reply_to == "photo30_11"


def test_an_answer_in_a_chat_does_not_repeat_what_is_answered() -> None:
    answered = {"conversation_message_id": 6, "peer_id": CHATS + 4, "from_id": 9, "text": "спам"}
    found = chat(reply_message=answered)
    assert (found.reply_to, found.text, found.forward) == ("chat4_6", "привет", None)


def test_an_answer_to_another_chat_shows_it() -> None:
    answered = {"conversation_message_id": 6, "peer_id": CHATS + 5, "from_id": -9, "text": "спам"}
    found = chat(reply_message=answered)
    assert (found.reply_to, found.text) == ("", "привет\n> спам")
    assert found.forward == Forward("-9", "Чужие")


def test_forwards_in_forwards_and_posts_are_read() -> None:
    photo = {"type": "photo", "photo": {"id": 1, "owner_id": 2}}
    post = {"text": "пост", "from_id": -9, "attachments": [photo], "copy_history": [{"text": "источник"}]}
    inner = {"from_id": 6, "text": "внутри", "attachments": [{"type": "wall", "wall": post}]}
    found = chat(text="", fwd_messages=[{"from_id": 5, "text": "снаружи", "fwd_messages": [inner]}])
    assert found.text == "> снаружи\n> внутри\n> пост\n> источник"
    assert [each.kind for each in found.attachments] == ["wall", "photo"]
    assert found.forward == Forward("5", "Аня Г.")
    assert people_in({"from_id": 1, "fwd_messages": [inner]}) == {1, 6, -9}


def test_forwards_without_end_end() -> None:
    endless: dict[str, Any] = {"text": "x"}
    endless["fwd_messages"] = [endless]
    assert chat(fwd_messages=[endless]).text.count("> x") == 10


def test_the_time_of_an_edit_is_that_of_the_message_where_vk_tells_it() -> None:
    now = datetime(2026, 3, 4, tzinfo=UTC)
    place = Place(Kind.CHAT, 4, 8)
    edited = message_of(place, {**CHAT, "update_time": 1_700_000_500}, GROUP, {}, now).edited
    assert edited == datetime.fromtimestamp(1_700_000_500, UTC)
    assert message_of(place, CHAT, GROUP, {}, now).edited == now


def test_buttons_of_bots_hide_links() -> None:
    keyboard = {"buttons": [[{"action": {"type": "open_link", "link": "https://casino.test"}}, {"action": 5}], "x"]}
    assert chat(keyboard=keyboard).links == (HiddenLink("https://casino.test"),)


@pytest.mark.parametrize(
    "damage",
    [
        {"text": None}, {"text": 5}, {"from_id": "x"}, {"date": "soon"}, {"date": 10**20}, {"attachments": {}},
        {"attachments": [None, 5, {"type": None}, {"type": "photo"}, {"type": "photo", "photo": []}]},
        {"fwd_messages": "x", "parents_stack": {}, "reply_message": [], "geo": 5, "keyboard": {"buttons": 5}},
        {"text": "half \ud83d"},
    ],
)  # fmt: skip
def test_nothing_that_is_damaged_breaks(damage: dict[str, Any]) -> None:
    comment(**damage).text.encode()
    chat(**damage).text.encode()


@pytest.mark.parametrize("missing", ["id", "post_id"])
def test_a_comment_without_its_number_is_none_and_one_without_its_post_is(missing: str) -> None:
    place = comment_place(Kind.WALL, {name: value for name, value in COMMENT.items() if name != missing})
    assert place == (None if missing == "id" else Place(Kind.WALL, 0, 12))


ATTACHED: list[tuple[str, dict[str, Any], Attachment]] = [
    ("photo", {"id": 1, "owner_id": -2, "access_key": "k"}, Attachment("photo", "-2_1")),
    ("photo", {"id": 1, "owner_id": -2, "thumb_hash": "qwe"}, Attachment("photo", "qwe")),
    ("video", {"id": 3, "owner_id": 4, "title": "Кино"}, Attachment("video", "4_3", title="Кино")),
    ("clip", {"id": 3, "owner_id": 4}, Attachment("clip", "4_3")),
    ("audio", {"id": 5, "artist": "А", "title": "Б", "duration": 9}, Attachment("audio", "а - б|9", title="А - Б")),
    ("doc", {"id": 7, "title": "a.exe", "size": 10, "ext": "x"}, Attachment("doc", "a.exe|10|x", title="a.exe")),
    ("link", {"url": "https://x.test/a", "title": "Жми"}, Attachment("link", url="https://x.test/a", title="Жми")),
    ("link", {"button": {"action": {"url": "https://b.test"}}}, Attachment("link", url="https://b.test")),
    ("sticker", {"sticker_id": 9, "product_id": 1}, Attachment("sticker", "9")),
    ("poll", {"id": 1, "owner_id": 2, "question": "Да?"}, Attachment("poll", "2_1", title="Да?")),
    ("group", {"id": 44, "name": "Группа"}, Attachment("group", "44", title="Группа")),
    ("article", {"id": 1, "url": "https://vk.com/@a", "title": "С"}, Attachment("article", "1", "https://vk.com/@a", "С")),  # noqa: E501
    ("market", {"id": 1, "owner_id": -2, "title": "Товар"}, Attachment("market", "-2_1", title="Товар")),
    ("audio_message", {"id": 1, "owner_id": 2}, Attachment("voice_message", "2_1")),
    ("something_new", {"id": 1}, Attachment("something_new", "1")),
    ("something_new", {}, Attachment("something_new")),
    ("Странное имя", {}, Attachment("unsupported")),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "thing", "wanted"), ATTACHED)
def test_an_attachment_has_an_id_that_stays_the_same(kind: str, thing: dict[str, Any], wanted: Attachment) -> None:
    assert list(attachments([{"type": kind, kind: thing}])) == [wanted]
