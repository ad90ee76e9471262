"""Folding: what is evened out, and where it came from."""

import pytest

from moderator_app.judging.characters import fold_characters
from moderator_app.judging.folded import fold
from moderator_app.judging.readings import WORD


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Привет, ЁЖИК", "привет, ежик"),
        ("ка\u00adзи\u200bно", "казино"),
        ("ка\u0301зино", "казино"),
        ("чаи\u0306ник", "чайник"),
        ("Чай", "чай"),
        ("ｃａｓｉｎｏ", "casino"),
        ("𝐂𝐚𝐬𝐢𝐧𝐨", "casino"),
        ("ﬁsh", "fish"),
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("&nothing; & done", "&nothing; & done"),
        ("❤️ок", "❤ок"),
        ("пишите в\nлс", "пишите в\nлс"),
        ("\ud83dx", "\ufffdx"),
        ("", ""),
        ("\u0301\u200b", ""),
    ],
)
def test_characters_are_evened_out(written: str, folded: str) -> None:
    assert fold(written).text == folded


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("xyй", "хуй"),
        ("HAXУЙ", "нахуй"),
        ("Зaработок", "заработок"),
        ("pаypаl", "paypal"),
        ("кαзинο", "казино"),
        ("к@зино", "казино"),
        ("м0шенник", "мошенник"),
        ("3аработок", "заработок"),
        ("cas1no", "casino"),
        ("Hёllo", "hello"),
        ("мЁdик", "медик"),
    ],
)
def test_look_alikes_are_read_as_the_word_means_them(written: str, folded: str) -> None:
    assert fold(written).text == folded


@pytest.mark.parametrize("written", ["VK-бот", "3D", "2-й", "5кг", "mp3", "x100", "18+", "iPhone", "Дом№5", "a@b.ru"])
def test_ordinary_writing_stays_as_it_is(written: str) -> None:
    assert fold(written).text == written.lower()


@pytest.mark.parametrize("written", ["кА\u0301зИно", "ka&amp;zi", "xyй", "ﬁ ﬁ", "&lt;м0шенник&gt;", "[id1|Имя], да"])
def test_both_readings_are_equally_long(written: str) -> None:
    folded = fold(written)
    assert len(folded.plain) == len(folded.text)


def test_a_span_leads_back_to_the_text_as_written() -> None:
    written = "Вот ка\u200bзи\u0301но!"
    folded = fold(written)
    start = folded.text.index("казино")
    assert written[slice(*folded.span(start, start + 6))] == "ка\u200bзи\u0301но"


def test_a_span_of_an_expanded_character_is_not_empty() -> None:
    folded = fold("ﬁ")
    assert [folded.span(0, 1), folded.span(1, 2)] == [(0, 1), (0, 1)]


def test_a_span_covers_the_whole_entity() -> None:
    written = "x &amp; y"
    assert written[slice(*fold(written).span(2, 3))] == "&amp;"


def test_words_come_with_their_spans() -> None:
    assert list(fold("Да, это\nтак_же").located_words()) == [
        ("да", 0, 2),
        ("это", 4, 7),
        ("так", 8, 11),
        ("же", 12, 14),
    ]


def test_the_prefix_of_a_vk_reply_is_blank() -> None:
    assert fold("[id123|Казино], привет").words == ["привет"]
    assert fold("[club5:bp-5_77|Имя], привет").words == ["привет"]


def test_a_tag_that_is_no_reply_prefix_stays() -> None:
    assert fold("[club1|Заходи] к нам").words == ["club1", "заходи", "к", "нам"]


def test_words_of_several_alphabets_are_remembered() -> None:
    folded = fold("обычный Зaработок тут")
    assert [folded.plain[start:end] for start, end in folded.mixed] == ["зaработок"]


def test_control_characters_are_seen_by_nobody_and_line_breaks_stay() -> None:
    folded = fold("на\x07х\x00уй\r\nда\x7f")
    assert folded.plain == "нахуй\r\nда"
    assert folded.span(0, 5) == (0, 7)


def test_words_of_ordinary_characters_are_found_like_any() -> None:
    ordinary = [char for char in map(chr, range(0x1FB00)) if fold_characters(char)[1] is None]
    folded = fold(" ".join(ordinary))
    assert len(ordinary) > 200
    assert folded.words == WORD.findall(folded.text)
