import pytest

from moderator_app.domain.policy import Ladder
from moderator_app.domain.warnings import language_of, worded


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (["Всем привет", "ok"], "ru"),
        (["Hello everybody", "да"], "en"),
        (["123", "🙂"], "ru"),
        ([], "ru"),
        (["Ёлка https://t.me/x"], "en"),
        (["Отдам котят, https://vk.cc/abc, звоните вечером"], "ru"),
    ],
)
def test_a_community_is_spoken_to_in_the_letters_it_writes(texts: list[str], code: str) -> None:
    assert language_of(texts) == code


def test_a_part_about_a_step_that_does_not_come_is_left_out() -> None:
    text = "Rules. Violations: {level}[, a mute at {mute}][, a ban at {ban}]."
    assert worded(text, 1, Ladder()) == "Rules. Violations: 1, a mute at 2, a ban at 3."
    assert worded(text, 2, Ladder(mute=0, ban=4)) == "Rules. Violations: 2, a ban at 4."
    assert worded(text, 1, Ladder(enabled=False)) == "Rules. Violations: 1."


def test_other_brackets_stay_as_they_were_written() -> None:
    assert worded("{name}, see https://x.example/{a}", 1, Ladder()) == "{name}, see https://x.example/{a}"
