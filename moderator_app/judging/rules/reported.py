"""Recognises the reports of members: what somebody answers to a message to call the moderators to it."""

import re
from collections.abc import Collection

from moderator_app.domain.lists import USUAL_REPORT_WORDS
from moderator_app.domain.message import Message
from moderator_app.judging.characters import fold_characters

COMMANDS = frozenset({"report", "spam", "admin", "admins", "репорт", "спам", "жалоба", "админ"})
_CALLED = frozenset({"admin", "admins", "moderator", "moderators", "админ", "админы", "модератор", "модераторы"})
# What may stand beside such a word.
_FILLING = """
админ админы админам модератор модераторы модераторам а вот тут здесь это опять снова еще же явно и
пожалуйста плиз примите меры удалите уберите забаньте бан в на его ее их admin admins please pls this is
"""
_BESIDE = frozenset(_FILLING.split())

_LONGEST = 200
_COMMAND = re.compile(r"\s*[/!](\w{1,40})(?:@\w{1,40})?(?!\S)")
_CALL = re.compile(r"(?<![\w.@])@(\w{1,40})")
_WORD = re.compile(r"[^\W_]+")
_TAG = re.compile(r"\[(?:id|club|public)\d{1,20}(?::[^\s|\]]{1,60})?\|([^\[\]\n]{1,100})\]")


def is_report(message: Message, words: Collection[str] = USUAL_REPORT_WORDS) -> bool:
    """Whether `message` reports the one it answers, `reply_to`.

    `words`, in lower case and with е for ё, are what a member may write besides commands: a short answer that holds
    one of them and nothing of substance else ("это спам!"), so that talk about spam is none.
    """
    if not message.reply_to or not message.text or len(message.text) > _LONGEST:
        return False
    text, _ = fold_characters(message.text)
    command = _COMMAND.match(text)
    if command is not None:
        return command[1] in COMMANDS or command[1] in words
    text = _TAG.sub(_name_of_tag, text)
    if any(call in _CALLED for call in _CALL.findall(text)):
        return True
    said = _WORD.findall(_CALL.sub(" ", text))
    return any(word in words for word in said) and all(word in words or word in _BESIDE for word in said)


def _name_of_tag(tag: re.Match[str]) -> str:
    """VK's tag of a moderator is a call if its name says so; anybody else's is no word of the report."""
    name = tag[1].lstrip("@")
    return f"@{name}" if name in _CALLED else " "
