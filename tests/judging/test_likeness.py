"""What variants of one message have in common."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moderator_app.domain.likeness import NEAR, Likeness, nearness
from moderator_app.domain.message import Attachment, HiddenLink
from moderator_app.judging.domains import Domains
from moderator_app.judging.folded import fold
from moderator_app.judging.likeness import likeness, media_hash
from moderator_app.judging.text_hash import text_hash
from tests.builders import message

TEMPLATE = "Ищу людей в команду, доход от 500 долларов в день, без вложений, пишите @anna_work https://t.me/abc"


def of(text: str, **overrides: Any) -> Likeness:
    posted = message(text, **overrides)
    folded = fold(text)
    return likeness(posted, folded, text_hash(folded))


def are_variants(one: Likeness, other: Likeness) -> bool:
    return bool({*one.keys} & {*other.keys}) and nearness(one.sketch, other.sketch) >= NEAR


@pytest.mark.parametrize(
    "variant",
    [
        "Без вложений! Ищу людей в команду, доход от 500 долларов в день, пишите @anna_work https://t.me/abc",
        "Ищу людей в команду, доход от 900 долларов в день, без вложений, пишите @petr77 https://bit.ly/qq1",
        "Ищу людей в коамнду, доход от 500 долралов в день, без влоежний, пишите @anna_work https://t.me/abc",
        "Ищу лю\u200bдей в кoманду,\nдоxод от 500 долларов\nв день, без вложений, пишите @anna_work https://t.me/abc",
        "Ищем людей в команду, доход от 500 евро в день, без вложений, пишите @anna_work https://t.me/abc",
    ],
    ids=["word order", "link, name and price", "swapped letters", "look-alikes and line breaks", "other words"],
)
def test_variants_of_a_template_are_near(variant: str) -> None:
    assert are_variants(of(TEMPLATE), of(variant))


def test_other_messages_are_not() -> None:
    ordinary = [
        "Кто идёт сегодня в кино на вечерний сеанс, берите билеты заранее",
        "В день без вложений не обойтись, ремонт стоит денег и времени",
        "Ищу тренера для сына, желательно рядом с домом и по вечерам",
    ]
    assert not any(are_variants(of(TEMPLATE), of(text)) for text in ordinary)


def test_an_equal_text_link_or_medium_is_the_same_for_certain() -> None:
    photo = Attachment("photo", "17")
    assert {*of("Смотри https://shop.example/a/?x=1").same} & {*of("Жми https://shop.example/a/?x=1 скорее").same}
    assert {*of("", attachments=(photo,)).same} == {*of("Ого", attachments=(photo,)).same}
    assert {*of("Всем привет, друзья мои").same} == {*of("ВСЕМ ПРИВЕТ друзья мои!!!").same}


def test_a_bare_host_or_an_unknown_medium_says_nothing() -> None:
    assert not {*of("Смотри example.com").same} & {*of("Жми скорее example.com").same}
    assert media_hash(message("", attachments=(Attachment("photo"),))) == 0


def test_media_are_equal_in_any_order() -> None:
    one, two = Attachment("photo", "1"), Attachment("video", url="https://x.example/2")
    assert media_hash(message("", attachments=(one, two))) == media_hash(message("", attachments=(two, one)))
    assert media_hash(message("", attachments=(one,))) != media_hash(message("", attachments=(two,)))


def test_a_hidden_link_is_a_link() -> None:
    seen, hidden = of("Жми https://shop.example/a"), of("Жми сюда", links=(HiddenLink("https://shop.example/a"),))
    assert {*seen.same} & {*hidden.same}


def test_few_words_are_too_little_to_be_alike_in() -> None:
    assert of("да нет наверное").keys == ()
    assert nearness(b"", b"") == 0.0


def test_a_megabyte_is_known_by_its_beginning() -> None:
    assert of(f"{TEMPLATE} " * 10_000).sketch == of(f"{TEMPLATE} " * 40_000).sketch


@given(st.text(alphabet=st.characters(), max_size=200))
def test_any_text_has_numbers_of_64_bits(text: str) -> None:
    found = of(text)
    assert all(-(2**63) <= number < 2**63 for number in (*found.keys, *found.same))


def test_a_link_to_an_allowed_domain_or_below_it_is_in_common_with_nobody() -> None:
    text = "Смотри https://docs.example.org/rules/1"
    folded = fold(text)
    number = text_hash(folded)
    assert likeness(message(text), folded, number, Domains({"example.org"})).same == (number,)
    assert len(likeness(message(text), folded, number, Domains({"le.org"})).same) == 2
