import pytest

from moderator_app.domain.ids import bare, signed
from moderator_app.domain.message import Platform


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ("1234567890", "1234567890"),
        ("-1001234567890", "1234567890"),
        ("-1000000000005", "5"),
        ("-1012345678901", "12345678901"),
        ("-1997852516352", "997852516352"),
        ("-100777", "777"),
        ("-4012345678", "4012345678"),
        ("-100", "100"),
        ("-1000", "1000"),
        ("-1000000000000", "1000000000000"),
        ("-9223372036854775808", "9223371036854775808"),
        ("двор", "двор"),
        ("-двор", "-двор"),
        ("-", "-"),
        ("--5", "--5"),
        ("-٣", "-٣"),
        ("", ""),
    ],
)
def test_a_telegram_community_is_known_without_the_marks_of_bots(given: str, known: str) -> None:
    assert bare(given, Platform.TELEGRAM) == known
    assert bare(known, Platform.TELEGRAM) == known


@pytest.mark.parametrize(
    ("given", "known"),
    [("200", "200"), ("-200", "200"), ("-100500", "100500"), ("-1001234567890", "1001234567890"), ("клуб", "клуб")],
)
def test_a_vk_community_is_known_without_its_minus_and_with_all_its_digits(given: str, known: str) -> None:
    assert bare(given, Platform.VK) == known


@pytest.mark.parametrize(
    ("platform", "given", "known"),
    [
        (Platform.TELEGRAM, "5", "5"),
        (Platform.TELEGRAM, "-5", "-5"),
        (Platform.TELEGRAM, "-1001234567890", "-1234567890"),
        (Platform.TELEGRAM, "name:Анна", "name:Анна"),
        (Platform.VK, "5", "5"),
        (Platform.VK, "-5", "-5"),
        (Platform.VK, "-100500", "-100500"),
    ],
)
def test_a_community_among_persons_keeps_its_minus(platform: Platform, given: str, known: str) -> None:
    assert signed(given, platform) == known
    assert signed(known, platform) == known
