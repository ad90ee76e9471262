"""The fingerprint of a text."""

import subprocess
import sys

import pytest

from moderator_app.judging.folded import fold
from moderator_app.judging.text_hash import text_hash

TEXT = "Ищу людей в команду, пишите в личку"


def of(text: str) -> int:
    return text_hash(fold(text))


@pytest.mark.parametrize(
    "same",
    [
        TEXT.upper(),
        "Ищу людей... в команду!!! Пишите в личку 🔥🔥",
        "[id77|Иван], " + TEXT,
        "Ищу  людей\nв\u200b команду, пишите в личку",
        "Ищy людeй в кoманду, пишите в личку",
    ],
)
def test_decoration_makes_no_difference(same: str) -> None:
    assert of(same) == of(TEXT) != 0


def test_other_words_make_another_hash() -> None:
    assert of(TEXT) != of(TEXT + " завтра")


@pytest.mark.parametrize(
    "advert",
    ["t.me/+abc", "вейп опт", "buy now", "пиши в лс", "вейп500р", "💊💨🌿🔌", "💰500💰🔥", "加微信了吧", "Вейп 💨 опт"],
)
def test_short_adverts_are_known_by_what_they_say(advert: str) -> None:
    assert of(advert) == of(advert.upper()) != 0


def test_pictures_make_a_difference_where_nothing_else_is_said() -> None:
    assert of("💊💨🌿🔌") != of("💊💨🌿🎁")
    assert of("вейп опт 🔥") == of("вейп опт")


@pytest.mark.parametrize(
    "short",
    [
        *("", "да", "ок", "+1", "спасибо", "Спасибо 🙏❤️🌹😊", "🔥🔥🔥", "👍", "ха ха ха", "???????????????", "18:30"),
        *("10 минут", "как дела?", "не понял", "это спам!", "/report", "哈哈哈哈", "谢谢大家", "안녕하세요"),
    ],
)
def test_short_answers_have_none(short: str) -> None:
    assert of(short) == 0


@pytest.mark.parametrize("answer", ["Привет всем", "Доброе утро всем! 🌞", "спасибо большое", "Good morning everyone"])
def test_greetings_and_thanks_have_none_for_being_longer(answer: str) -> None:
    assert of(answer) == 0


def test_it_fits_a_signed_column() -> None:
    assert all(-(2**63) <= of(f"{TEXT} {n}") < 2**63 for n in range(100))


def test_it_is_the_same_in_another_process() -> None:
    code = (
        "from moderator_app.judging.folded import fold; from moderator_app.judging.text_hash import text_hash;"
        f"print(text_hash(fold({TEXT!r})))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(run.stdout) == of(TEXT)
