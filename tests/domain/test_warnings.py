import pytest

from moderator_app.domain.warnings import language_of


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
