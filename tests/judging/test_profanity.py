"""Profanity: forms, disguises and what must pass."""

import pytest

from moderator_app.domain.verdict import Label
from tests.judging.looking import found, marked


def strong(text: str) -> list[str]:
    return [finding.base_form for finding in found("profanity", text) if finding.score >= 0.5]


@pytest.mark.parametrize(
    "word",
    ["хуйней", "распиздяйка", "заебашит", "выблядком", "долбоёбами", "пидорское", "охуевшего", "наебнулись", "мудачье"],
)
def test_inflected_words_are_found(word: str) -> None:
    assert marked("profanity", f"ну {word}, опять") == [word]


@pytest.mark.parametrize(
    "hidden",
    [
        "х*й",
        "х..й",
        "п***ец",
        "п#здец",
        "п.и.з.д.е.ц",
        "п-и-з-д-е-ц",
        "п и з д е ц",
        "х_у_й",
        "xyй",
        "XУЙ",
        "xyйня",
        "хуууй",
        "пииииздец",
        "пи3дец",
        "6лядь",
        "х\u200bу\u00adй",
        "уе/бок",
        "еб*ный",
        "бл@ть",
        "хуе*",
        "cyka",
        "pizdets",
        "nahuy",
        "blyat",
        "dolboeb",
    ],
)
def test_disguised_words_are_found_with_their_whole_span(hidden: str) -> None:
    assert strong(f"вот {hidden} же")
    assert marked("profanity", f"вот {hidden} же") == [hidden]


@pytest.mark.parametrize(
    "text",
    [
        "страхуй, не психуй и не плошай",
        "употреблять, оскорблять, влюблять",
        "команда мандаринов",
        "хлебать, хлеба, небо, мебель, ребёнок",
        "тебе бы отдохнуть",
        "не бери чужого",
        "сухую и глухую стену, лопоухую",
        "скипидар, купидон, эпидемия",
        "рубля, сабля, бляшка, обляпать",
        "мудрый, немудрено",
        "барсуки и сукно",
        "двоеборье, троеборье",
        "в Ёбурге",
        "Scunthorpe, cocktail, class, shiitake, Matsushita, Dickinson",
        "не буду...я занят",
        "М*Видео, 2*2, **важно**, цена*",
        "а б в г д",
        "т.е. и.о. б/у х.з",
        "спи.здесь тихо",
        "иди сюда-бы",
        "ebay, ebook, webinar, debate",
        "https://example.com/x*y",
    ],
)
def test_ordinary_words_pass(text: str) -> None:
    assert found("profanity", text) == []


@pytest.mark.parametrize(
    ("word", "base"),
    [("пизды", "пизда"), ("блядями", "блядь"), ("заебали", "заебать"), ("суки", "сука"), ("долбоебов", "долбоеб")],
)
def test_the_base_form_is_the_one_of_the_dictionary_or_the_root(word: str, base: str) -> None:
    (finding,) = found("profanity", word)
    assert (finding.base_form, finding.label) == (base, Label.PROFANITY)


def test_each_base_form_has_one_finding_with_all_its_spans() -> None:
    text = "хуй, ХУЯ и пизда"
    by_form = {finding.base_form: finding for finding in found("profanity", text)}
    assert set(by_form) == {"хуй", "пизда"}
    assert [text[start:end] for start, end in by_form["хуй"].spans] == ["хуй", "ХУЯ"]


def test_coarse_words_stay_below_the_threshold() -> None:
    (finding,) = found("profanity", "какая херня")
    assert finding.score < 0.5
    assert finding.text_id == "finding.profanity.coarse"


@pytest.mark.parametrize("word", ["fucking", "motherfucker", "assholes", "bullshit", "f*ck", "niggers", "fuuuck"])
def test_english_words_are_found(word: str) -> None:
    assert marked("profanity", f"what a {word} day") == [word]


def test_a_screen_is_not_flooded_by_an_endless_text() -> None:
    (finding,) = found("profanity", "хуй " * 5000)
    assert len(finding.spans) <= 200
