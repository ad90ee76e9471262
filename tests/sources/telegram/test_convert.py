"""Telethon's messages get the same meaning as exported ones."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from telethon.tl import patched, types

from moderator_app.domain.message import Attachment, Author, AuthorKey, Forward, HiddenLink, MessageKey, Platform
from moderator_app.domain.message import Message as OurMessage
from moderator_app.sources.telegram.convert import message_of
from moderator_app.sources.telegram.entities import known
from tests.sources.telegram.objects import (
    ANYA,
    GROUP,
    NOON,
    answer,
    basic_group,
    group,
    message,
    page,
    photo,
    service,
    user,
    words,
)

CHANNEL = 77
KNOWN = known(
    [user(username="anya"), user(900, "Gif", bot=True, username="gif")],
    [group(), group(CHANNEL, "Новости", broadcast=True, megagroup=None, username="news")],
)


def person(author: str, name: str = "", username: str = "") -> Author:
    return Author(AuthorKey(Platform.TELEGRAM, author), name, username)


def converted(found: Any, known: dict[int, Any] = KNOWN) -> OurMessage:
    result = message_of(found, known)
    assert result is not None
    return result


def test_a_plain_message_of_a_member() -> None:
    assert converted(message()) == OurMessage(
        MessageKey(Platform.TELEGRAM, str(GROUP), "7"), "Всем привет", NOON, person("501", "Анна", "anya")
    )


def test_what_came_over_the_wire_is_read_as_what_was_built() -> None:
    from telethon.extensions import BinaryReader

    sent = message("👍 сюда", entities=[types.MessageEntityTextUrl(3, 4, "https://bad.example")], grouped_id=5)
    with BinaryReader(bytes(sent)) as reader:
        assert converted(reader.tgread_object()) == converted(sent)


def test_a_basic_group_has_a_bare_id_too() -> None:
    found = converted(message(peer_id=types.PeerChat(55)), known([user()], [basic_group(55)]))
    assert found.key == MessageKey(Platform.TELEGRAM, "55", "7")


@pytest.mark.parametrize(
    "other",
    [
        patched.MessageEmpty(7, None),
        patched.MessageEmpty(7, types.PeerChannel(GROUP)),
        service(types.MessageActionPinMessage()),
        message(peer_id=types.PeerUser(ANYA)),
        None,
    ],
    ids=["deleted", "deleted here", "service", "private", "nothing"],
)
def test_what_is_no_message_of_a_chat_gives_none(other: Any) -> None:
    assert message_of(other, KNOWN) is None


# Who wrote.


def test_a_member_who_is_not_known_has_an_id_and_no_name() -> None:
    assert converted(message(), {}).author == person("501")


def test_a_deleted_account_has_no_name() -> None:
    gone = known([user(first_name=None, deleted=True)])
    assert converted(message(), gone).author == person("501")


def test_first_and_last_name_and_the_first_active_user_name() -> None:
    names = [types.Username("old"), types.Username("new", active=True)]
    found = known([user(last_name="Ким", usernames=names)])
    assert converted(message(), found).author == person("501", "Анна Ким", "new")


def test_an_anonymous_admin_is_the_group_itself() -> None:
    found = converted(message(from_id=types.PeerChannel(GROUP), post_author="админ"))
    assert (found.author, found.sender_chat) == (person(f"-{GROUP}", "Двор"), str(GROUP))


def test_a_channel_that_writes_as_itself_has_a_minus() -> None:
    found = converted(message(from_id=types.PeerChannel(CHANNEL)))
    assert (found.author, found.sender_chat) == (person("-77", "Новости", "news"), "77")


def test_a_post_without_sender_is_the_channels() -> None:
    found = converted(message(from_id=None, peer_id=types.PeerChannel(CHANNEL), post=True))
    assert (found.author, found.sender_chat) == (person("-77", "Новости", "news"), "77")


# When.


@pytest.mark.parametrize(
    ("fields", "edited"),
    [
        ({}, None),
        ({"edit_date": NOON}, NOON),
        ({"edit_date": NOON, "edit_hide": True}, None),
        ({"edit_date": datetime(2026, 3, 4, 12, 0)}, NOON),
        ({"edit_date": datetime(1970, 1, 1)}, None),
    ],
    ids=["never", "edited", "by a reaction", "without a zone", "epoch"],
)
def test_an_edit_that_people_see_is_one(fields: dict[str, Any], edited: datetime | None) -> None:
    assert converted(message(**fields)).edited == edited


# What readers see.


@pytest.mark.parametrize(
    ("text", "offset", "length", "shown"),
    [
        ("жми сюда!", 4, 4, "сюда"),
        ("👍 жми сюда!", 7, 4, "сюда"),
        ("👍👨‍👩‍👧 👍x", 11, 3, "👍x"),
        ("👍", 0, 2, "👍"),
        ("a👍b", 1, 2, "👍"),
    ],
)
def test_offsets_in_utf_16_become_code_points(text: str, offset: int, length: int, shown: str) -> None:
    found = converted(message(text, entities=[types.MessageEntityTextUrl(offset, length, "https://bad.example/a")]))
    (link,) = found.links
    assert link.span is not None
    assert (link.address, text[slice(*link.span)]) == ("https://bad.example/a", shown)


@pytest.mark.parametrize(
    ("offset", "length", "span"),
    [(0, 500, (0, 2)), (90, 5, None), (-3, 5, (0, 1)), (0, 0, None), (0, 1, None)],
    ids=["too long", "outside", "negative", "empty", "half a character"],
)
def test_an_offset_that_fits_no_text_does_no_harm(offset: int, length: int, span: tuple[int, int] | None) -> None:
    found = converted(message("👍x", entities=[types.MessageEntityTextUrl(offset, length, "https://bad.example")]))
    assert found.links == (HiddenLink("https://bad.example", span),)


def test_half_characters_are_replaced_one_to_one() -> None:
    found = converted(message("a\ud83db", entities=[types.MessageEntityTextUrl(2, 1, "https://bad.example")]))
    assert (found.text, found.links) == ("a\ufffdb", (HiddenLink("https://bad.example", (2, 3)),))


def test_entities_that_show_their_address_hide_none() -> None:
    shown = [
        types.MessageEntityUrl(0, 5),
        types.MessageEntityMention(0, 5),
        types.MessageEntityMentionName(0, 5, ANYA),
        types.MessageEntityCustomEmoji(0, 2, 1),
        types.MessageEntityUnknown(0, 5),
    ]
    assert converted(message("a.com", entities=shown)).links == ()


def test_buttons_with_addresses_are_hidden_links_without_words() -> None:
    types_of_buttons = [
        types.InlineButtonTypeUrl("https://casino.example"),
        types.InlineButtonTypeUrlAuth("https://auth.example", 1),
        types.InlineButtonTypeWebView("https://app.example"),
        types.InlineButtonTypeCallback(b"more"),
        types.InlineButtonTypeCopy("code"),
        types.InlineButtonTypeUserProfile(ANYA),
    ]
    row = types.KeyboardInlineButtonRow([types.KeyboardInlineButton("Играть", kind) for kind in types_of_buttons])
    found = converted(message(reply_markup=types.ReplyInlineMarkup([row])))
    addresses = ("https://casino.example", "https://auth.example", "https://app.example")
    assert found.links == tuple(HiddenLink(address) for address in addresses)


@pytest.mark.parametrize(
    "markup", [types.ReplyKeyboardHide(), types.ReplyKeyboardForceReply(), types.ReplyInlineMarkup([])]
)
def test_markup_without_buttons_hides_nothing(markup: Any) -> None:
    assert converted(message(reply_markup=markup)).links == ()


def test_a_preview_counts_when_its_address_was_chosen_by_hand() -> None:
    made = types.MessageMediaWebPage(page("https://a.example/x"))
    chosen = types.MessageMediaWebPage(page("https://bad.example/x"), manual=True)
    assert (converted(message(media=made)).links, converted(message(media=made)).attachments) == ((), ())
    assert converted(message(media=chosen)).links == (HiddenLink("https://bad.example/x"),)


def test_a_rich_message_is_read_block_by_block() -> None:
    link = types.TextUrl(types.TextBold(types.TextPlain("сюда")), "https://bad.example", 0)
    row = types.PageTableRow([types.PageTableCell(text=types.TextPlain(cell)) for cell in ("цена", "даром")])
    button = types.PageButton(types.TextPlain("Играть"), types.InlineButtonTypeUrl("https://casino.example"))
    blocks = [
        types.PageBlockTitle(types.TextPlain("Работа")),
        types.PageBlockDivider(),
        types.PageBlockParagraph(types.TextConcat([types.TextPlain("Жми "), link, types.TextPlain("!")])),
        types.PageBlockList([types.PageListItemText(types.TextPlain(item)) for item in ("раз", "два")]),
        types.PageBlockTable(types.TextEmpty(), [row]),
        types.PageBlockButtonRow([button]),
        types.PageBlockUnsupported(),
    ]
    found = converted(message("", rich_message=types.RichMessage(blocks, [], [])))
    assert found.text == "Работа\nЖми сюда!\nраз два\nцена даром\nИграть"
    assert [(link.address, found.text[slice(*link.span)]) for link in found.links if link.span is not None] == [
        ("https://bad.example", "сюда"),
        ("https://casino.example", "Играть"),
    ]
    assert len(found.links) == 2


def test_blocks_stand_below_a_text_that_has_words_of_its_own() -> None:
    blocks = [types.PageBlockParagraph(types.TextUrl(types.TextPlain("тут"), "https://bad.example", 0))]
    found = converted(message("Привет", rich_message=types.RichMessage(blocks, [], [])))
    assert (found.text, found.links) == ("Привет\nтут", (HiddenLink("https://bad.example", (7, 10)),))


def test_blocks_nested_without_end_are_given_up() -> None:
    text: Any = types.TextPlain("глубоко")
    for _ in range(3000):
        text = types.TextBold(text)
    blocks = [types.PageBlockParagraph(types.TextPlain("мелко")), types.PageBlockParagraph(text)]
    assert converted(message("", rich_message=types.RichMessage(blocks, [], []))).text == "мелко"


def test_messages_of_an_album_share_its_id() -> None:
    assert converted(message("", grouped_id=13_000_000_000, media=types.MessageMediaPhoto(photo=photo()))).album == (
        "13000000000"
    )
    assert converted(message()).album == ""


# Where it comes from.


@pytest.mark.parametrize(
    ("header", "forward"),
    [
        ({"from_id": types.PeerChannel(CHANNEL), "channel_post": 3}, Forward("-77", "Новости")),
        ({"from_id": types.PeerUser(ANYA)}, Forward("501", "Анна")),
        ({"from_id": types.PeerChat(8)}, Forward("-8")),
        ({"from_id": types.PeerChannel(8), "post_author": "Редактор"}, Forward("-8", "Редактор")),
        ({"from_name": "Скрытый"}, Forward(name="Скрытый")),
        ({}, Forward()),
        ({"from_name": "Из другого мессенджера", "imported": True}, None),
    ],
)
def test_a_forward_tells_its_origin(header: dict[str, Any], forward: Forward | None) -> None:
    assert converted(message(fwd_from=types.MessageFwdHeader(NOON, **header))).forward == forward


def test_a_story_sent_on_is_a_forward() -> None:
    found = converted(message("", media=types.MessageMediaStory(types.PeerChannel(CHANNEL), 5)))
    assert (found.forward, found.attachments) == (Forward("-77", "Новости"), (Attachment("story", "-77_5"),))


def test_a_bot_is_known_by_name_or_by_id() -> None:
    assert converted(message(via_bot_id=900)).via_bot == "@gif"
    assert converted(message(via_bot_id=901)).via_bot == "901"


# What it answers.


@pytest.mark.parametrize(
    ("header", "reply_to", "thread"),
    [
        (None, "", ""),
        (answer(3), "3", ""),
        (answer(3, reply_to_peer_id=types.PeerChannel(GROUP)), "3", ""),
        (answer(3, reply_to_peer_id=types.PeerChannel(5)), "", ""),
        (answer(3, reply_to_top_id=2), "3", ""),
        (answer(3, reply_to_top_id=2, forum_topic=True), "3", "2"),
        (answer(2, forum_topic=True), "", "2"),
        (types.MessageReplyStoryHeader(types.PeerUser(ANYA), 3), "", ""),
    ],
)
def test_an_answer_and_its_topic(header: Any, reply_to: str, thread: str) -> None:
    found = converted(message(reply_to=header))
    assert (found.reply_to, found.thread) == (reply_to, thread)


def test_comments_under_a_channels_post_stand_in_its_thread() -> None:
    discussion = known([user()], [group(has_link=True)])
    assert converted(message(reply_to=answer(3, reply_to_top_id=2)), discussion).thread == "2"
    assert converted(message(reply_to=answer(3)), discussion).thread == ""


def quoting(**fields: Any) -> Any:
    return answer(3, quote=True, **{"quote_text": "👍 Казино тут"} | fields)


def test_a_quote_from_another_chat_is_read_with_the_message() -> None:
    header = quoting(
        reply_to_peer_id=types.PeerChannel(CHANNEL),
        quote_entities=[types.MessageEntityTextUrl(10, 3, "https://bad.example")],
        reply_media=types.MessageMediaPhoto(photo=photo(301)),
    )
    found = converted(message("Смотри", reply_to=header))
    assert found.text == "Смотри\n> 👍 Казино тут"
    assert found.links == (HiddenLink("https://bad.example", (18, 21)),)
    assert found.text[18:21] == "тут"
    assert found.attachments == (Attachment("photo", "301"),)
    assert (found.forward, found.reply_to) == (Forward("-77", "Новости"), "")


def test_a_quote_from_a_chat_that_is_not_told_names_who_wrote_it() -> None:
    header = quoting(reply_from=types.MessageFwdHeader(NOON, from_name="Скрытый"))
    found = converted(message("", reply_to=header))
    assert (found.text, found.forward) == ("> 👍 Казино тут", Forward(name="Скрытый"))


def test_a_quote_of_this_chat_is_no_part_of_the_message() -> None:
    found = converted(message("Согласна", reply_to=quoting()))
    assert (found.text, found.forward, found.reply_to) == ("Согласна", None, "3")


def test_a_poll_is_known_by_its_question() -> None:
    poll = types.Poll(9, words("Кто за?"), [types.PollAnswer(words("Я"), b"1")], 0)
    media = types.MessageMediaPoll(poll, types.PollResults(), attached_media=types.MessageMediaPhoto(photo=photo()))
    assert converted(message("", media=media)).attachments == (
        Attachment("poll", "9", title="Кто за?"),
        Attachment("photo", "300"),
    )


def test_what_stands_in_a_poll_or_a_list_is_read_as_text() -> None:
    answers = [types.PollAnswer(words("Заработок"), b"1"), types.PollAnswer(words("t.me/easy"), b"2")]
    poll = types.MessageMediaPoll(types.Poll(9, words("Хочешь?"), answers, 0), types.PollResults())
    assert converted(message("", media=poll)).text == "Хочешь?\nЗаработок\nt.me/easy"
    todo = types.MessageMediaToDo(types.TodoList(words("Дела"), [types.TodoItem(1, words("раз"))]))
    assert converted(message("Вот", media=todo)).text == "Вот\nДела\nраз"


def test_a_date_that_is_far_in_the_future_stays_one() -> None:
    assert converted(message(date=NOON + timedelta(days=3650))).date == NOON + timedelta(days=3650)
