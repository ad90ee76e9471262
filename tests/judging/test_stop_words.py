"""Stop words of all four kinds."""

import pytest

from moderator_app.domain.errors import Refused
from moderator_app.domain.lists import StopWord, WordKind
from moderator_app.domain.message import CommunityKey, Platform
from moderator_app.domain.verdict import Label
from tests.judging.looking import engine_with, found, marked


@pytest.mark.parametrize("form", ["заработок", "ЗАРАБОТКАМИ", "заработка", "Зaработку", "зараб\u00adоток"])
def test_a_word_matches_in_every_form(form: str) -> None:
    assert marked("stop_words", f"есть {form} тут", engine_with(StopWord("заработок"))) == [form]


@pytest.mark.parametrize(
    "written",
    [
        "к.а.з.и.н.о",
        "каааазино",
        "каазинооо",
        "к а з и н о",
        "каз*но",
        "к@зино",
        "k@zin0",
        "кaзинo",
        "kazino",
        "к_а_з_и_н_о",
        "ка.зи.но",
        "к🔥а🔥з🔥и🔥н🔥о",
        "🇰🇦🇿🇮🇳🇴",
        "к*зино",
        "к***но",
        "ка***о",
        "к#&%но",
    ],
)
def test_a_word_is_found_in_disguise(written: str) -> None:
    assert marked("stop_words", f"вот {written}, да", engine_with(StopWord("казино"))) == [written]


@pytest.mark.parametrize(
    "written", ["б.ы.с.т.р.ы.й заработок", "быыыстрый заработок", "bystryi zarabotok", "быстрый zarabotok"]
)
def test_a_phrase_is_found_in_disguise(written: str) -> None:
    assert marked("stop_words", f"вот {written}, да", engine_with(StopWord("быстрый заработок"))) == [written]


def test_an_english_text_is_not_read_as_russian_in_latin_letters() -> None:
    engine = engine_with(StopWord("магазин"))
    assert marked("stop_words", "v magazine skidki", engine) == ["magazine"]
    assert marked("stop_words", "bought the magazine", engine) == []


@pytest.mark.parametrize("latin", ["razreshaju", "razreshayu", "razreshaiu", "zhalobami", "jalobami"])
def test_every_way_to_transliterate_is_understood(latin: str) -> None:
    engine = engine_with(StopWord("разрешать"), StopWord("жалоба"))
    assert marked("stop_words", f"vot {latin} tut", engine) == [latin]


def test_double_letters_are_drawn_out_too() -> None:
    engine = engine_with(StopWord("касса"))
    assert marked("stop_words", "каса, касссса, к.а.с.с.а, кааасса", engine) == ["касссса", "к.а.с.с.а", "кааасса"]


@pytest.mark.parametrize(
    ("kind", "text", "hits"),
    [
        (WordKind.SUBSTRING, "моя к.р.и.п.т.о.в.а.л.ю.т.а", ["к.р.и.п.т.о.в.а.л.ю.т.а"]),
        (WordKind.SUBSTRING, "криииипта", ["криииипт"]),
        (WordKind.PATTERN, "вот к р и п т тут", ["к р и п т"]),
        (WordKind.EXACT, " к.р.и.п.т ", ["к.р.и.п.т"]),
    ],
)
def test_every_kind_sees_through_disguises(kind: WordKind, text: str, hits: list[str]) -> None:
    assert marked("stop_words", text, engine_with(StopWord("крипт", kind))) == hits


@pytest.mark.parametrize(
    "text",
    [
        "к а\nз и н о",
        "казан*о",
        "последняя синюю",
        "www.example.org",
        "т.е. и.о. в т.ч.",
        "что-то кое-где",
        "on the list",
        "М*Видео",
        "к****о к**но к...но ***ино",
    ],
)
def test_ordinary_writing_is_no_disguise(text: str) -> None:
    words = ("казино", "посленя", "синю", "ио", "втч", "лист")
    assert [
        hit for hit in marked("stop_words", text, engine_with(*map(StopWord, words))) if hit not in ("что", "кое")
    ] == []


def test_a_word_does_not_match_inside_another() -> None:
    assert marked("stop_words", "рубля, рублями", engine_with(StopWord("бля"))) == []


def test_a_verb_matches_with_its_participles() -> None:
    assert marked("stop_words", "выигравшим приз", engine_with(StopWord("выиграть"))) == ["выигравшим"]


def test_yo_makes_no_difference() -> None:
    assert marked("stop_words", "ещё один счет", engine_with(StopWord("счёт"))) == ["счет"]


def test_a_phrase_matches_with_each_word_inflected() -> None:
    engine = engine_with(StopWord("быстрый заработок"))
    assert marked("stop_words", "о быстром,\nзаработке!", engine) == ["быстром,\nзаработке"]
    assert marked("stop_words", "быстрый и заработок", engine) == []


def test_a_sign_without_letters_matches_anywhere() -> None:
    assert marked("stop_words", "смотри🔞тут", engine_with(StopWord("🔞"))) == ["🔞"]


def test_a_substring_matches_inside_words() -> None:
    engine = engine_with(StopWord("крипт", WordKind.SUBSTRING))
    assert marked("stop_words", "Суперкриптовалюта", engine) == ["крипт"]


def test_an_exact_entry_matches_the_whole_message_only() -> None:
    engine = engine_with(StopWord("Пиши в ЛС", WordKind.EXACT))
    assert marked("stop_words", "  пиши  в\nлс ", engine) == ["пиши  в\nлс"]
    assert marked("stop_words", "пиши в лс мне", engine) == []


@pytest.mark.parametrize(
    ("pattern", "text", "hits"),
    [
        (r"\bказино\b", "Казино, супер казино!", ["Казино", "казино"]),
        (r"\bказино\b", "казиношка", []),
        (r"казин\w+", "казиношный", ["казиношный"]),
        (r"став[а-я]{2}\b", "ставка ставками", ["ставка"]),
        (r"(\bбонус|\bприз\w*)", "получи призы", ["призы"]),
        (r"купи\b.*\bтут", "купи слона тут", ["купи слона тут"]),
        (r"купи\b слона", "купи слона", ["купи слона"]),
        (r"[\w.]+\s\d{3}", "цена руб. 100", ["руб. 100"]),
        (r"Ёж", "вот ежи", ["еж"]),
        (r"mp3", "скачать mp3", ["mp3"]),
        (r"x*", "нет", []),
    ],
)
def test_a_pattern_knows_the_letters_of_every_alphabet(pattern: str, text: str, hits: list[str]) -> None:
    assert marked("stop_words", text, engine_with(StopWord(pattern, WordKind.PATTERN))) == hits


@pytest.mark.parametrize("pattern", ["(казино", r"(?=x)", r"(a)\1", "a{99999}", "\ud800"])
def test_a_pattern_that_cannot_be_used_is_refused(pattern: str) -> None:
    with pytest.raises(Refused) as refused:
        engine_with(StopWord(pattern, WordKind.PATTERN))
    assert refused.value.text_id == "stop_word.pattern"
    assert refused.value.parameters["pattern"] == pattern


def test_a_pattern_that_backtracks_elsewhere_ends_at_once() -> None:
    assert found("stop_words", "a" * 100_000, engine_with(StopWord("(a+)+$b", WordKind.PATTERN))) == []


def test_entries_of_a_community_apply_there_only() -> None:
    here = CommunityKey(Platform.TELEGRAM, "7")
    engine = engine_with(StopWord("слон", community=here), StopWord("кит"))
    assert marked("stop_words", "слон и кит", engine, community="7") == ["слон", "кит"]
    assert marked("stop_words", "слон и кит", engine, community="8") == ["кит"]


def test_a_hit_counts_as_what_its_entry_says() -> None:
    engine = engine_with(StopWord("слон", label=Label.SPAM), StopWord("кит", label=Label.TOXICITY), StopWord("кот"))
    findings = found("stop_words", "слон, кит, кот и слоны", engine)
    assert {finding.label: len(finding.spans) for finding in findings} == {
        Label.SPAM: 2,
        Label.TOXICITY: 1,
        Label.LIST: 1,
    }


@pytest.mark.parametrize("kind", list(WordKind))
def test_a_blank_entry_matches_nothing(kind: WordKind) -> None:
    assert found("stop_words", "что угодно", engine_with(StopWord("  ", kind))) == []


def test_ten_thousand_entries_are_searched_at_once() -> None:
    engine = engine_with(
        *(StopWord(f"ключ{n}", kind) for n in range(5000) for kind in (WordKind.WORD, WordKind.SUBSTRING))
    )
    assert "ключ4321" in marked("stop_words", "вот ключ4321 и всё", engine)
