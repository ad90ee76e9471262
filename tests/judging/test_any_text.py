"""No text, however strange or long, breaks the rules."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists, StopWord, WordKind
from moderator_app.domain.message import HiddenLink, Message, Platform
from moderator_app.judging.engine import Engine
from moderator_app.judging.folded import fold
from moderator_app.judging.sequence_engine import SequenceEngine
from tests.builders import message

BOOK = RuleBook(
    lists=Lists(
        stop_words=(
            StopWord("заработок"),
            StopWord("🔞"),
            StopWord("о", WordKind.SUBSTRING),
            StopWord("да", WordKind.EXACT),
            StopWord(r"\b\w+\b", WordKind.PATTERN),
        )
    )
)
ENGINE = Engine(BOOK)

ANYTHING = st.text(st.characters(exclude_categories=()))
# What the rules look for, so that chance meets it more often.
_LETTERS = "хуйпиздецебля" + "xyaoe03@*#._-/ \n&[]|()"
_TRAPS = ("\u0301", "\u0306", "\u200b", "\ufe0f", "\ud83d", "❤️", "ﬁ", "&amp;", "İ", "ß", "ﷺ", "가", "ё", "Й", "и\u0306")
_SIGNS = ("http://", "t.me/", ".рф", "vk.com", "[id1|", "], ", "@club1", "Зaработок")
_ODDITIES = ("🔥", "👨\u200d👩", "🇷", "1️⃣", "t.me/a_bot?start=1", "@anna ", "ش", "ש", "赚", "ფ", " з", "ра ")
PIECES = st.sampled_from([*_LETTERS, *_TRAPS, *_SIGNS, *_ODDITIES])
TEXTS = ANYTHING | st.lists(PIECES | st.characters(exclude_categories=())).map("".join)
SPANS = st.none() | st.tuples(st.integers(-5, 60), st.integers(-5, 60))


# The first message of all loads dictionaries; the machine may be busy.
unhurried = settings(deadline=None)


def check(judged: Message) -> None:
    result = ENGINE.judge(judged)
    for finding in result.findings:
        assert 0.0 <= finding.score <= 1.0
        assert all(0 <= start < end <= len(judged.text) for start, end in finding.spans)
        assert list(finding.spans) == sorted(finding.spans)
        assert finding.spans or finding.rule != "spacing"
        assert all(str(value).encode() is not None for _, value in finding.parameters)
    assert -(2**63) <= result.text_hash < 2**63
    SequenceEngine(BOOK).observe(judged, result)


@unhurried
@given(TEXTS, st.sampled_from(list(Platform)))
def test_any_text_is_judged_and_spans_lie_inside_it(text: str, platform: Platform) -> None:
    check(message(text, platform=platform))


@unhurried
@given(TEXTS, st.text(st.characters(exclude_categories=())), SPANS)
def test_any_hidden_link_is_judged(text: str, address: str, span: tuple[int, int] | None) -> None:
    check(message(text, links=(HiddenLink(address, span), HiddenLink("https://vk.com/" + address, span))))


@unhurried
@given(TEXTS)
def test_every_folded_character_comes_from_somewhere(text: str) -> None:
    folded = fold(text)
    assert len(folded.plain) == len(folded.text)
    assert "ё" not in folded.plain + folded.text
    spans = [folded.span(index, index + 1) for index in range(len(folded.text))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@unhurried
@given(TEXTS)
def test_judging_twice_gives_the_same(text: str) -> None:
    assert ENGINE.judge(message(text)) == ENGINE.judge(message(text))


@pytest.mark.parametrize(
    "piece",
    [
        *("а", "😀", "❤️", "\u0306\u0301", "a.", "1a-", "х*й ", "t.me/x ", "аa ", "[id1|x", "&amp;", "\ud800"),
        *("з ", "ра бо ", "@a_bot ", "[id1|", "🇷🇺", "👨\u200d", "ش", "@ab", "tg://resolve?domain=", " "),
    ],
)
def test_a_megabyte_of_anything_comes_to_an_end(piece: str) -> None:
    check(message(piece * (1_000_000 // len(piece))))
