import pytest

from moderator_app.domain.message import AuthorKey, Platform


@pytest.mark.parametrize("text", ["telegram:42", "vk:-7", " telegram:9223372036854775807 "])
def test_an_author_is_read_as_it_is_shown(text: str) -> None:
    assert str(AuthorKey.parse(text)) == text.strip()


def test_an_author_knows_its_platform() -> None:
    assert AuthorKey.parse("vk:1") == AuthorKey(Platform.VK, "1")


@pytest.mark.parametrize(
    "text", ["", "42", "icq:42", "telegram:", "telegram:@anna", "telegram:--5", "telegram:٥", "vk: 5", f"vk:{'9' * 20}"]
)
def test_what_is_no_author_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        AuthorKey.parse(text)


def test_a_channel_is_known_by_one_key_however_it_is_written() -> None:
    assert AuthorKey.parse("telegram:-1001234567890") == AuthorKey.parse("telegram:-1234567890")
    assert AuthorKey.parse("vk:-1005") == AuthorKey(Platform.VK, "-1005")
