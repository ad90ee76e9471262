"""Turns a message of Telethon into the console's, with the meaning that the fields have for exported messages."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from telethon import utils
from telethon.tl import types

from moderator_app.domain.message import Attachment, Forward, HiddenLink, Message, MessageKey
from moderator_app.sources.telegram import rich_text
from moderator_app.sources.telegram.entities import Known, author, author_id, chat_id, community_key, name, username
from moderator_app.sources.telegram.media import attachments
from moderator_app.sources.telegram.text import button_links, clean, hidden_links


def message_of(found: Any, known: Known) -> Message | None:
    """The message; None for an empty one, a service message, and one of a private chat.

    `known` are the users and chats that came with it. Whoever is missing there keeps the id and has no name.
    """
    if not isinstance(found, types.Message) or not is_of_chat(found):
        return None
    community = community_key(found.peer_id)
    # Without a sender a channel has posted.
    sender = found.from_id or found.peer_id
    text, links = _text(found)
    return Message(
        key=MessageKey(community.platform, community.community, str(found.id)),
        text=text,
        date=moment(found.date),
        author=author(sender, known),
        edited=None if found.edit_hide else moment(found.edit_date),
        reply_to=_reply_to(found),
        thread=_thread(found, known),
        sender_chat="" if isinstance(sender, types.PeerUser) else chat_id(sender),
        via_bot=_via_bot(found.via_bot_id, known),
        forward=_forward(found, known),
        links=links + _preview_link(found.media) + button_links(found.reply_markup),
        attachments=attachments(found.media) + _quoted_media(found),
        album=str(found.grouped_id or ""),
    )


def is_of_chat(found: Any) -> bool:
    """Whether a message, of whatever kind, stands in a group or channel and not in a private chat."""
    return isinstance(getattr(found, "peer_id", None), types.PeerChat | types.PeerChannel)


def moment(date: datetime | None) -> datetime | None:
    # Telethon gives UTC; what was read elsewhere may have lost its zone. 0 is Telegram's "never".
    if date is None or date.year < 1971:
        return None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date


def _text(found: Any) -> tuple[str, tuple[HiddenLink, ...]]:
    """All that readers see as text, and the addresses behind its words."""
    text = clean(found.message or "")
    links = hidden_links(text, found.entities)
    if found.rich_message is not None:
        blocks, behind = rich_text.plain_text(found.rich_message)
        text, links = _appended(text, links, "", blocks, behind)
    if listed := _lists(found.media):
        text, links = _appended(text, links, "", "\n".join(listed), ())
    header = _foreign_header(found)
    if header is not None and header.quote_text:
        quote = clean(header.quote_text)
        text, links = _appended(text, links, "> ", quote, hidden_links(quote, header.quote_entities))
    return text, links


def _lists(media: Any) -> list[str]:
    """The lines of a poll or of a list of things to do."""
    match media:
        case types.MessageMediaPoll():
            lines = [media.poll.question, *(answer.text for answer in media.poll.answers)]
        case types.MessageMediaToDo():
            lines = [media.todo.title, *(item.title for item in media.todo.list)]
        case _:
            return []
    return [clean(line.text) for line in lines if line.text]


def _appended(
    text: str, links: tuple[HiddenLink, ...], mark: str, more: str, behind: Sequence[HiddenLink]
) -> tuple[str, tuple[HiddenLink, ...]]:
    before = f"{text}\n{mark}" if text else mark
    start = len(before)
    moved = (
        HiddenLink(link.address, None if link.span is None else (start + link.span[0], start + link.span[1]))
        for link in behind
    )
    return before + more if more else text, (*links, *moved)


def _foreign_header(found: Any) -> Any:
    """The header of an answer to a message of another chat, whose words and media Telegram shows in this one."""
    header = found.reply_to
    if not isinstance(header, types.MessageReplyHeader):
        return None
    elsewhere = header.reply_to_peer_id is not None and header.reply_to_peer_id != found.peer_id
    # The other chat's id is left out where its members are hidden.
    return header if elsewhere or header.reply_from is not None else None


def _reply_to(found: Any) -> str:
    header = found.reply_to
    if not isinstance(header, types.MessageReplyHeader) or _foreign_header(found) is not None:
        return ""
    # In a topic every message answers the one that opened it.
    if header.forum_topic and header.reply_to_top_id is None:
        return ""
    return str(header.reply_to_msg_id or "")


def _thread(found: Any, known: Known) -> str:
    """The topic of a forum, or the post under which a comment stands."""
    header = found.reply_to
    if not isinstance(header, types.MessageReplyHeader):
        return ""
    if header.forum_topic:
        return str(header.reply_to_top_id or header.reply_to_msg_id or "")
    # In other groups any line of answers has a first message, and says nothing.
    comments = getattr(known.get(utils.get_peer_id(found.peer_id)), "has_link", False)
    return str(header.reply_to_top_id or "") if comments and _foreign_header(found) is None else ""


def _via_bot(bot: int | None, known: Known) -> str:
    if bot is None:
        return ""
    found = username(known.get(bot))
    return f"@{found}" if found else str(bot)


def _forward(found: Any, known: Known) -> Forward | None:
    header = found.fwd_from
    # A history brought along from another messenger has a header, too.
    if header is not None and not header.imported:
        return _origin(header, known)
    if isinstance(found.media, types.MessageMediaStory):
        return _from_peer(found.media.peer, known)
    foreign = _foreign_header(found)
    if foreign is None:
        return None
    if foreign.reply_from is not None:
        return _origin(foreign.reply_from, known)
    return _from_peer(foreign.reply_to_peer_id, known)


def _origin(header: Any, known: Known) -> Forward:
    if header.from_id is not None:
        return _from_peer(header.from_id, known, header.from_name or header.post_author)
    return Forward(name=clean(header.from_name or header.post_author or ""))


def _from_peer(peer: Any, known: Known, otherwise: str | None = None) -> Forward:
    return Forward(author_id(peer), name(known.get(utils.get_peer_id(peer))) or clean(otherwise or ""))


def _preview_link(media: Any) -> tuple[HiddenLink, ...]:
    """The address of a preview that was chosen by hand: it need not stand in the text."""
    if not isinstance(media, types.MessageMediaWebPage) or not media.manual:
        return ()
    address = getattr(media.webpage, "url", None)
    return (HiddenLink(clean(address)),) if address else ()


def _quoted_media(found: Any) -> tuple[Attachment, ...]:
    header = _foreign_header(found)
    return () if header is None else attachments(header.reply_media)
