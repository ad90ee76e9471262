"""What admins write on a list is brought to one form, or refused by its name."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from moderator_app.domain.errors import Refused
from moderator_app.domain.list_entries import (
    LINES,
    MOST_ENTRIES,
    check_word,
    entries,
    joined,
    lists_of,
    normalised,
    normalised_list,
    split,
)
from moderator_app.domain.lists import ListKind, Lists, StopWord

K = ListKind


@pytest.mark.parametrize(
    ("kind", "written", "kept"),
    [
        (K.MANAGERS, " telegram:7 ", "telegram:7"),
        (K.WHITELIST, "telegram:-1001234567890", "telegram:-1234567890"),
        (K.LINKED_CHANNELS, "telegram:-1001234567890", "telegram:-1234567890"),
        (K.LINKED_CHANNELS, "telegram:1001234567890", "telegram:-1234567890"),
        (K.LINKED_CHANNELS, "telegram:1234567890", "telegram:-1234567890"),
        (K.LINKED_CHANNELS, "vk:45", "vk:-45"),
        (K.CHANNELS, "vk:-45 = Blocked", "vk:-45=blocked"),
        (K.CHANNELS, "telegram:-1001234567890=allowed", "telegram:-1234567890=allowed"),
        (K.DOMAINS, "https://www.Example.ORG/", "example.org"),
        (K.DOMAINS, "*.example.org.", "example.org"),
        (K.DOMAINS, "сайт.РФ", "сайт.рф"),
        (K.DOMAINS, "xn--80aswg.xn--p1ai", "сайт.рф"),
        (K.DOMAINS, "а.б.в.г.д.е.рф", "а.б.в.г.д.е.рф"),
        (K.BOTS, "@GIF", "gif"),
        (K.BOTS, "https://t.me/Some_Bot", "some_bot"),
        (K.MIXED_WORDS, "VK-Бот", "vk-бот"),
        (K.DONORS, "https://vk.com/Some_Name/", "some_name"),
        (K.DONORS, "m.vk.ru/public45", "club45"),
        (K.DONORS, " -45 ", "club45"),
        (K.DONORS, "some.name = vk:-12", "some.name=12"),
        (K.REPORT_WORDS, "/Жалоба", "жалоба"),
        (K.REPORT_WORDS, "ЕЩЁ", "еще"),
    ],
)
def test_an_entry_has_one_form_however_it_is_written(kind: ListKind, written: str, kept: str) -> None:
    assert normalised(kind, written) == kept
    assert normalised(kind, kept) == kept


@pytest.mark.parametrize(
    ("kind", "written", "why"),
    [
        (K.MANAGERS, "ivan", "lists.author"),
        (K.WHITELIST, "", "lists.author"),
        (K.LINKED_CHANNELS, "@channel", "lists.channel"),
        (K.CHANNELS, "telegram:5", "lists.channel_status"),
        (K.CHANNELS, "telegram:5=nice", "lists.channel_status"),
        (K.DOMAINS, "example", "lists.domain"),
        (K.DOMAINS, "example.org/path", "lists.domain"),
        (K.DOMAINS, "two words.ru", "lists.domain"),
        (K.DOMAINS, "a..ru", "lists.domain"),
        (K.DOMAINS, "-a.ru", "lists.domain"),
        (K.DOMAINS, "10.0.0.1", "lists.domain"),
        (K.DOMAINS, "xn--\udcff.ru", "lists.domain"),
        (K.DOMAINS, "a." * 200 + "ru", "lists.domain"),
        (K.DOMAINS, "ж" * 64 + ".рф", "lists.domain"),
        (K.DOMAINS, "a" * 1_000_000 + ".ru", "lists.domain"),
        (K.BOTS, "бот", "lists.bot"),
        (K.MIXED_WORDS, "two words", "lists.mixed_word"),
        (K.MIXED_WORDS, "123", "lists.mixed_word"),
        (K.DONORS, "vk.com/", "lists.donor"),
        (K.DONORS, "name=mine", "lists.donor"),
        (K.DONORS, "t.me/name", "lists.donor"),
        (K.REPORT_WORDS, "это спам", "lists.report_word"),
        (K.REPORT_WORDS, "спам-бот", "lists.report_word"),
        (K.REPORT_WORDS, "/", "lists.report_word"),
    ],
)
def test_what_is_no_entry_is_refused_and_named(kind: ListKind, written: str, why: str) -> None:
    with pytest.raises(Refused) as caught:
        normalised(kind, written)
    assert caught.value.text_id == why
    assert len(str(caught.value.parameters["entry"])) <= 60


@given(st.sampled_from(LINES), st.text())
@example(ListKind.MIXED_WORDS, "\u00b8A")
def test_any_text_is_an_entry_or_refused(kind: ListKind, text: str) -> None:
    try:
        kept = normalised(kind, text)
    except Refused:
        return
    assert normalised(kind, kept) == kept
    assert entries(lists_of({kind: [kept]}), kind) == (kept,)


def test_without_report_words_the_usual_ones_hold() -> None:
    assert entries(lists_of({}), K.REPORT_WORDS) == entries(Lists(), K.REPORT_WORDS) != ()
    assert entries(lists_of({K.REPORT_WORDS: ["атас"]}), K.REPORT_WORDS) == ("атас",)


def test_a_list_keeps_each_entry_once_and_names_the_first_wrong_one() -> None:
    assert normalised_list(K.BOTS, ["@gif", "GIF", "vid"]) == ("gif", "vid")
    with pytest.raises(Refused) as caught:
        normalised_list(K.BOTS, ["@gif", "не бот", "vid"])
    assert caught.value.parameters["entry"] == "не бот"
    with pytest.raises(Refused) as caught:
        normalised_list(K.BOTS, ["gif"] * (MOST_ENTRIES + 1))
    assert caught.value.text_id == "lists.too_many"


@pytest.mark.parametrize("text", ["", "  \n", "\u200b", "\u00ad\u2060 "])
def test_a_stop_word_of_nothing_to_see_is_refused_by_its_place(text: str) -> None:
    with pytest.raises(Refused) as caught:
        check_word(StopWord(text), 3)
    assert (caught.value.text_id, caught.value.parameters["number"]) == ("lists.empty", 3)


def test_a_stop_word_of_a_megabyte_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        check_word(StopWord("х" * 1_000_000), 1)
    assert caught.value.text_id == "lists.too_long"


def test_a_comma_inside_an_entry_is_told_from_one_between_two() -> None:
    assert split(r" a ,,b{2\,3}, ") == ["a", "b{2,3}"]
    assert split(joined(["a", "b{2,3}", "c"])) == ["a", "b{2,3}", "c"]
