"""What tells of people is taken out, and places in what is left lead back to the text as written."""

import pytest

from moderator_app.judging.masking import mask, unmasked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Анна Петрова ушла", "[name] [name] ушла"),
        ("позвони +7 (916) 123-45-67 вечером", "позвони [phone] вечером"),
        ("на карту 4276 1234 5678 9012 скинь", "на карту [phone] скинь"),
        ("пиши @easy_money", "пиши [mention]"),
        ("[id6099|Имя], привет", "[mention], привет"),
        ("вот https://site.ru/a?b=1 и site.рф", "вот [link] и [link]"),
        ("почта a.b@mail.ru", "почта [link]"),
        ("Роза пахнет, вера крепка", "[name] пахнет, вера крепка"),
        ("дом 12, квартира 345, в 2026 году", "дом 12, квартира 345, в 2026 году"),
        ("", ""),
    ],
)
def test_links_mentions_phones_and_names_are_masked(text: str, masked: str) -> None:
    assert mask(text).text == masked


def test_the_names_of_members_are_masked_in_any_case() -> None:
    assert mask("спасибо, kitty95!", ["Kitty95 Smith"]).text == "спасибо, [name]!"


def test_places_lead_back_to_the_text_as_written() -> None:
    text = "Анна, на site.ru пишут: блин"
    masked = mask(text)
    first = masked.text.index("блин")
    place = masked.written((first, first + 4))
    assert place is not None
    assert text[slice(*place)] == "блин"
    assert masked.written((0, 4)) is None


def test_what_is_not_masked_stays_where_it_is() -> None:
    assert unmasked("блин").written((0, 4)) == (0, 4)
