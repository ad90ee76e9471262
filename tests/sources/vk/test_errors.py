"""Every row of VK's table of errors becomes one of the domain's, with a sentence."""

from datetime import UTC, datetime
from typing import Any

import pytest

from moderator_app.domain.errors import AnswerNeeded, ModeratorError, Refused, SignInNeeded, TryLater
from moderator_app.language import SENTENCES, explain_error
from moderator_app.sources.vk.errors import AFTER_FLOOD, answered, code_of, http_status, said, until_tomorrow, wait

TOKEN = "vk1.a.secret-token-of-a-test"

TABLE: dict[str, tuple[type[ModeratorError], str]] = {
    "1 10 36": (TryLater, "vk.trouble"),
    "3 8 12 13 100 101 113 125 150": (Refused, "vk.not_understood"),
    "5 28 1114 1116 1117 3610": (SignInNeeded, "vk.token_refused"),
    "27": (Refused, "vk.not_for_this_token"),
    "1051": (Refused, "vk.token_cannot_moderate"),
    "6": (TryLater, "vk.too_fast"),
    "9 601": (TryLater, "vk.flood.minutes"),
    "14": (AnswerNeeded, "vk.captcha"),
    "17": (AnswerNeeded, "vk.validation"),
    "24": (AnswerNeeded, "vk.confirmation"),
    "7 15 20 23 200 203 211 212 214 917 925 932": (Refused, "vk.no_right"),
    "18": (Refused, "vk.person_gone"),
    "30 37": (Refused, "vk.person_private"),
    "19 104 243 935 1403": (Refused, "vk.already_so"),
    "103": (Refused, "vk.list_full"),
    "219 4242": (Refused, "vk.refused"),
    "924": (Refused, "vk.not_for_all"),
    "703 704": (Refused, "vk.second_factor"),
}
ROWS = [(int(code), *wanted) for codes, wanted in TABLE.items() for code in codes.split()]


def error(code: object, **more: Any) -> dict[str, Any]:
    echoed = [{"key": "access_token", "value": TOKEN}]
    return {"error_code": code, "error_msg": f"Something about {TOKEN}", "request_params": echoed, **more}


@pytest.mark.parametrize(("code", "kind", "text_id"), ROWS)
def test_a_code_has_its_meaning_and_a_sentence(code: int, kind: type[ModeratorError], text_id: str) -> None:
    found = answered(error(code, confirmation_text=f"Sure? {TOKEN}"), TOKEN)
    assert (type(found), found.text_id, code_of(found)) == (kind, text_id, code)
    assert found.text_id in SENTENCES
    told = explain_error(found)
    assert TOKEN not in told + str(found) + repr(found.parameters)
    assert "<" not in told


def test_the_limit_of_a_day_lasts_until_the_next_one() -> None:
    evening = datetime(2026, 3, 4, 20, 0, tzinfo=UTC)
    found = answered(error(29), TOKEN, evening)
    assert isinstance(found, TryLater)
    assert found.text_id == "vk.daily_limit.minutes"
    assert found.seconds == until_tomorrow(evening) == 3660
    assert until_tomorrow(datetime(2026, 3, 4, 21, 0, tzinfo=UTC)) == 24 * 3600 + 60


def test_flood_control_pauses_for_ten_minutes_and_more() -> None:
    found = answered(error(9))
    assert isinstance(found, TryLater)
    assert found.seconds == AFTER_FLOOD >= 600
    assert found.parameters["count"] == 15
    assert wait("vk.flood", 3 * 3600).text_id == "vk.flood.hours"


def test_what_a_captcha_shows_is_for_the_screen_alone() -> None:
    shown = {"captcha_sid": "77", "captcha_img": "https://vk.test/77.jpg", "redirect_uri": "https://id.vk.test/x"}
    found = answered(error(14, **shown))
    assert isinstance(found, AnswerNeeded)
    assert found.asked == {"address": "https://id.vk.test/x", "picture": "https://vk.test/77.jpg", "sid": "77"}
    assert "77" not in str(found)


@pytest.mark.parametrize("sent", [error(14), error(17), error("5"), error(None), {}, {"error_msg": ["x"]}])
def test_an_answer_may_lack_anything(sent: dict[str, Any]) -> None:
    assert answered(sent, TOKEN).text_id in SENTENCES


def test_a_code_written_as_text_counts() -> None:
    assert answered(error("5")).text_id == "vk.token_refused"


def test_vks_own_explanation_is_preferred() -> None:
    assert said(error(15, error_text="Нет доступа"), TOKEN) == "Нет доступа"
    assert said(error(15), TOKEN) == "Something about •••"


@pytest.mark.parametrize(("status", "kind"), [(500, TryLater), (502, TryLater), (429, TryLater), (404, Refused)])
def test_a_status_of_http_has_a_meaning(status: int, kind: type[ModeratorError]) -> None:
    found = http_status(status)
    assert type(found) is kind
    assert "<" not in explain_error(found)
