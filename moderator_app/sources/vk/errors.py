"""Translates what VK answers, and what comes instead of an answer, into the errors of the domain."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from moderator_app import log
from moderator_app.domain.errors import AnswerNeeded, ModeratorError, Refused, SignInNeeded, TryLater
from moderator_app.sources.vk.fields import number, text

# Seconds until a next try where VK names none.
AFTER_TROUBLE = 10.0
AFTER_SILENCE = 5.0
AFTER_HASTE = 15.0
AFTER_FLOOD = 15 * 60.0

# Codes of VK (dev.vk.com/reference/errors) under the text id of the sentence that tells them.
_REFUSED = {
    "vk.not_understood": "3 8 12 13 100 101 113 125 150",
    "vk.not_for_this_token": "27",
    "vk.token_cannot_moderate": "1051",
    "vk.no_right": "7 15 20 23 200 203 211 212 214 917 925 932",
    "vk.person_gone": "18",
    "vk.person_private": "30 37",
    "vk.already_so": "19 104 243 935 1403",
    "vk.list_full": "103",
    "vk.not_for_all": "924",
    "vk.second_factor": "703 704",
}
_TEXT_IDS = {int(code): text_id for text_id, codes in _REFUSED.items() for code in codes.split()}

_TROUBLE = frozenset({1, 10, 36})
_HASTE = frozenset({6})
_FLOOD = frozenset({9, 601})
_DAILY = frozenset({29})
_TOKEN = frozenset({5, 28, 1114, 1116, 1117, 3610})
_CAPTCHA, _VALIDATION, _CONFIRMATION = 14, 17, 24

ALREADY_SO = frozenset(code for code, text_id in _TEXT_IDS.items() if text_id == "vk.already_so")
NO_RIGHT = frozenset(code for code, text_id in _TEXT_IDS.items() if text_id == "vk.no_right")
TOO_FAST, GROUP_AUTH, VK_ID = 6, 27, 1051

_MOST_SAID = 200
_MINUTE, _HOUR = 60, 3600


def answered(error: Mapping[str, Any], token: str = "", now: datetime | None = None) -> ModeratorError:
    """The domain's error for the `error` of an answer. `token` is what must not be told on."""
    code = number(error.get("error_code")) or 0
    if code in _TROUBLE:
        return TryLater("vk.trouble", AFTER_TROUBLE, code=code)
    if code in _HASTE:
        return TryLater("vk.too_fast", AFTER_HASTE, code=code)
    if code in _FLOOD:
        return wait("vk.flood", AFTER_FLOOD, code=code)
    if code in _DAILY:
        return wait("vk.daily_limit", until_tomorrow(now), code=code)
    if code in _TOKEN:
        return SignInNeeded("vk.token_refused", code=code, reason=said(error, token))
    if code in (_CAPTCHA, _VALIDATION, _CONFIRMATION):
        return _question(code, error, token)
    return Refused(_TEXT_IDS.get(code, "vk.refused"), code=code, reason=said(error, token))


def not_at_all(fault: str) -> TryLater:
    """For a request that never got an answer."""
    return TryLater("vk.unreachable", AFTER_SILENCE, fault=fault)


def garbled() -> TryLater:
    """For an answer that is not one of VK's API: HTML, half a JSON, neither a response nor an error."""
    return TryLater("vk.garbled", AFTER_TROUBLE)


def http_status(status: int) -> ModeratorError:
    if status >= 500 or status == 429:
        return TryLater("vk.trouble", AFTER_TROUBLE, code=status)
    return Refused("vk.refused", code=status, reason="HTTP")


def code_of(error: ModeratorError) -> int:
    """VK's number of an error that is translated; 0 where it gave none."""
    code = error.parameters.get("code", 0)
    return code if isinstance(code, int) else 0


def said(error: Mapping[str, Any], token: str = "") -> str:
    """VK's own words, in English, with nothing that is secret."""
    words = text(error.get("error_text")) or text(error.get("error_msg")) or text(error.get("description"))
    words = words.replace(token, "•••") if token else words
    return " ".join(log.masked(words).split())[:_MOST_SAID]


def wait(text_id: str, seconds: float, **parameters: str | int | float) -> TryLater:
    """TryLater, with a sentence that counts in a unit that is read at once."""
    if seconds < 2 * _HOUR:
        return TryLater(f"{text_id}.minutes", seconds, count=-(-round(seconds) // _MINUTE), **parameters)
    return TryLater(f"{text_id}.hours", seconds, count=-(-round(seconds) // _HOUR), **parameters)


def until_tomorrow(now: datetime | None = None) -> float:
    """Seconds to the next midnight of Moscow, when VK is believed to count anew, and a little more."""
    here = (now or datetime.now(UTC)).astimezone(UTC) + _MOSCOW
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return (midnight - here).total_seconds() + _MINUTE


_MOSCOW = timedelta(hours=3)

_QUESTIONS = {
    _CAPTCHA: "vk.captcha",
    _VALIDATION: "vk.validation",
    _CONFIRMATION: "vk.confirmation",
}


def _public(address: object, token: str) -> str:
    """An address to open; none where it would tell the token on."""
    found = text(address)
    return "" if token and token in found else found


def _question(code: int, error: Mapping[str, Any], token: str) -> AnswerNeeded:
    asked = {
        "address": _public(error.get("redirect_uri"), token),
        "picture": _public(error.get("captcha_img"), token),
        "sid": text(error.get("captcha_sid")),
    }
    parameters: dict[str, str | int] = {"code": code}
    if code == _CONFIRMATION:
        parameters["reason"] = said({"error_text": error.get("confirmation_text")}, token)
    return AnswerNeeded(_QUESTIONS[code], asked, **parameters)
