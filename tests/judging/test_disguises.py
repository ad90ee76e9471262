"""The text layer: what may be a word in disguise, and the text without its disguises."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator_app.judging.folded import fold
from moderator_app.judging.sounds import sound_of_latin, sound_of_russian

PIECES = st.sampled_from([*"казиноkzx034@*#._- \n&[]()", "ааа", "🔥", "🇰", "\u0336", "\u200b", "\ud800", "ﬁ", "ё"])
TEXTS = st.lists(PIECES | st.characters(exclude_categories=())).map("".join)


def spellings(text: str) -> set[str]:
    return {spelling for disguise in fold(text).disguises for spelling in disguise.spellings}


@pytest.mark.parametrize(
    "written",
    [
        "к.а.з.и.н.о",
        "к а з и н о",
        "к-а-з-и-н-о",
        "ка_зи_но",
        "каз*ино",
        "к🔥азино",
        "к@з*ино",
        "k.а.з.и.н.o",
        "к а з и н 0",
    ],
)
def test_signs_and_spaces_are_taken_out(written: str) -> None:
    text = f"вот, {written}, да"
    (span,) = {disguise.span for disguise in fold(text).disguises if "казино" in disguise.spellings}
    assert text[slice(*span)] == written


def test_signs_may_be_letters_too() -> None:
    assert "kazino" in spellings("вот k@zin0")
    assert "shit" in spellings("вот $hit")


def test_digits_may_be_letters() -> None:
    assert "бля" in spellings("ну 6л9")


def test_a_line_break_parts_words() -> None:
    assert "казино" not in spellings("к а з\nи н о") | spellings("ка.\nзино")


@pytest.mark.parametrize(
    "text", ["ivan.petrov@mail.ru", "https://example.com/a.b.c", "10.5 и 3.14", "12:30-14:00", "просто текст"]
)
def test_addresses_and_numbers_are_no_disguise(text: str) -> None:
    assert fold(text).disguises == ()


@pytest.mark.parametrize(
    ("written", "clear"),
    [("б.ы.с.т.р.ы.й заработок", "быстрый заработок"), ("каааазинооо", "казино"), ("обычная касса", "обычная касса")],
)
def test_the_clear_text_has_no_disguise(written: str, clear: str) -> None:
    assert fold(written).clear.text == clear


def test_a_span_of_the_clear_text_leads_back() -> None:
    text = "в б.о.н.у.с за каааазино тут"
    clear = fold(text).clear
    for word, written in (("бонус", "б.о.н.у.с"), ("казино", "каааазино"), ("тут", "тут"), ("за", "за")):
        start = clear.text.index(word)
        assert text[slice(*clear.span(start, start + len(word)))] == written


@settings(deadline=None)
@given(TEXTS)
def test_spans_of_disguises_and_readings_lie_inside(text: str) -> None:
    folded = fold(text)
    for disguise in folded.disguises:
        start, end = disguise.span
        assert 0 <= start < end <= len(folded.plain)
        assert disguise.spellings
        assert folded.plain[start].isalnum() or folded.plain[start] in "*$"
    clear = folded.clear
    spans = [clear.span(index, index + 1) for index in range(len(clear.text))]
    assert all(0 <= start < end <= len(folded.plain) for start, end in spans)
    assert spans == sorted(spans)


@pytest.mark.parametrize("written", ["🇰🇦🇿🇮🇳🇴", "🇰 🇦 🇿 🇮 🇳 🇴", "🅺🅰🆉🅸🅽🅾", "Ⓚⓐⓩⓘⓝⓞ", "ｋａｚｉｎｏ", "k\u0336a\u0336zino"])
def test_letters_in_any_frame_are_letters(written: str) -> None:
    assert "kazino" in {fold(written).text, *spellings(written)}


def test_flags_are_no_letters() -> None:
    assert fold("🇷🇺 и 🇩🇪🇫🇷").words == ["и"]


@pytest.mark.parametrize(
    ("russian", "latin"),
    [
        ("казино", "kazino"),
        ("быстрый", "bystryj"),
        ("быстрый", "bystriy"),
        ("пиздец", "pizdets"),
        ("хорошие", "khoroshie"),
        ("женщины", "zhenshchiny"),
        ("блядь", "bliad"),
        ("расходы", "raskhody"),
        ("расходы", "rasxodi"),
        ("записаться", "zapisatsya"),
        ("столько", "stoljko"),
        ("районе", "raione"),
        ("свежие", "svezhiye"),
    ],
)
def test_every_way_to_transliterate_sounds_the_same(russian: str, latin: str) -> None:
    assert sound_of_latin(latin) == sound_of_russian(russian)
