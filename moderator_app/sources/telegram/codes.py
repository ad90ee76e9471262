"""What Telegram says of a code that it has sent."""

from typing import Any

from telethon.tl import types

from moderator_app.domain.accounts import CodeSent, CodeWay
from moderator_app.domain.errors import Refused
from moderator_app.sources.telegram.text import clean

_WAYS = {
    types.auth.SentCodeTypeApp: CodeWay.APP,
    types.auth.SentCodeTypeSms: CodeWay.SMS,
    # Meant for Telegram's own application; others get a plain message at best.
    types.auth.SentCodeTypeFirebaseSms: CodeWay.SMS,
    types.auth.SentCodeTypeCall: CodeWay.CALL,
    types.auth.SentCodeTypeFlashCall: CodeWay.FLASH_CALL,
    types.auth.SentCodeTypeMissedCall: CodeWay.MISSED_CALL,
    types.auth.SentCodeTypeEmailCode: CodeWay.EMAIL,
    types.auth.SentCodeTypeFragmentSms: CodeWay.FRAGMENT,
    types.auth.SentCodeTypeSmsWord: CodeWay.WORD,
    types.auth.SentCodeTypeSmsPhrase: CodeWay.PHRASE,
}
_NEXT_WAYS = {
    types.auth.CodeTypeSms: CodeWay.SMS,
    types.auth.CodeTypeCall: CodeWay.CALL,
    types.auth.CodeTypeFlashCall: CodeWay.FLASH_CALL,
    types.auth.CodeTypeMissedCall: CodeWay.MISSED_CALL,
    types.auth.CodeTypeFragmentSms: CodeWay.FRAGMENT,
}
# Fields in which Telegram tells where a code comes from or how it begins.
_HINTS = ("email_pattern", "prefix", "pattern", "url", "beginning")

_FEWEST_DIGITS, _MOST_DIGITS = 5, 15


def code_sent(answer: Any) -> CodeSent:
    """Raises Refused for what this application cannot answer."""
    if isinstance(answer, types.auth.SentCodePaymentRequired):
        raise Refused("telegram.code_paid")
    if isinstance(answer.type, types.auth.SentCodeTypeSetUpEmailRequired):
        raise Refused("telegram.email_needed")
    way = _WAYS.get(type(answer.type))
    if way is None:
        raise Refused("telegram.newer")
    return CodeSent(
        way,
        length=getattr(answer.type, "length", 0) or 0,
        hint=clean(next((hint for field in _HINTS if (hint := getattr(answer.type, field, None))), "")),
        next_way=_NEXT_WAYS.get(type(answer.next_type)),
        resend_seconds=answer.timeout or 0,
    )


def phone_digits(phone: str) -> str:
    """The digits of a phone number, however it is written. Raises Refused."""
    digits = "".join(sign for sign in phone if sign.isascii() and sign.isdigit())
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS or any(sign.isalpha() for sign in phone):
        raise Refused("telegram.phone_wrong")
    return digits
