"""Links: what is one, what is none."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import HiddenLink, Platform
from moderator_app.domain.policy import Policy, RulePolicy, judge
from moderator_app.judging.engine import Engine
from tests.builders import message
from tests.judging.looking import found, marked


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("пишите на t.me/work_now скорее", "t.me/work_now"),
        ("Смотри: https://example.com/a?b=1).", "https://example.com/a?b=1"),
        ("HTTP://EXAMPLE.ORG", "HTTP://EXAMPLE.ORG"),
        ("заходи на site.рф, там всё", "site.рф"),
        ("зайди на сайт.рф!", "сайт.рф"),
        ("мой a.shop", "a.shop"),
        ("www.abc.me и точка", "www.abc.me"),
        ("bit.ly/3x", "bit.ly/3x"),
        ("пр\u200bим t\u200b.me/x", "t\u200b.me/x"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080/x"),
        ("это vk.com.evil.ru/login", "vk.com.evil.ru/login"),
        ("зайди на xn--80ak6aa92e.com", "xn--80ak6aa92e.com"),
        ("сюда: пример.xn--p1ai/x", "пример.xn--p1ai/x"),
        ("наш сайт.дети ждёт", "сайт.дети"),
        ("афиша.москва, тут", "афиша.москва"),
        ("и пример.онлайн", "пример.онлайн"),
        ("https://user:secret@example.com/x", "https://user:secret@example.com/x"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("https://10.0.0.1/x", "https://10.0.0.1/x"),
        ("example.com:8443", "example.com:8443"),
        ("пиши example.me/x", "example.me/x"),
    ],
)
def test_links_are_found_as_written(text: str, link: str) -> None:
    assert marked("links", text) == [link]


@pytest.mark.parametrize(
    "text",
    [
        "встреча в 10.30",
        "т.е. так, и.о. директора, т.к. надо",
        "e-mail@x.ru",
        "пишите на ivan.petrov@mail.example.ru",
        "запусти main.py и README.md",
        "на ASP.NET",
        "конец.Новое предложение",
        "It was done.it works",
        "v1.2.3",
        "[id6099|Дмитрий], ответ",
        "Да...нет",
        "хорошо.Дети спят, еду.Москва далеко",
        "file.py, lib.so, main.rs, run.sh, notes.md, 3.14",
        "https://",
        "дверь.орех",
        "кто-.то и т.д., http://-, b.b",
    ],
)
def test_what_only_looks_like_a_link_passes(text: str) -> None:
    assert found("links", text) == []
    assert found("vk_links", text) == []


HIDDEN_WORDS = [
    ("пиши на example точка ру", "example точка ру"),
    ("зайди site[.]com сейчас", "site[.]com"),
    ("site (dot) com", "site (dot) com"),
    ("тут t . me/joinus", "t . me/joinus"),
    ("hxxps://evil.example/x", "hxxps://evil.example/x"),
]


@pytest.mark.parametrize(("text", "link"), HIDDEN_WORDS)
def test_obfuscated_links_are_found_where_the_policy_asks_for_them(text: str, link: str) -> None:
    policy = Policy(rules={"links": RulePolicy(numbers={"obfuscated": 1})})
    assert marked("links", text, Engine(RuleBook(policy))) == [link]
    assert found("links", text) == []


@pytest.mark.parametrize("text", ["это точка. Ру", "я тут . нет", "вот точка зрения", "да. Ком в горле", "конец . Нет"])
def test_sentences_are_no_obfuscated_links(text: str) -> None:
    policy = Policy(rules={"links": RulePolicy(numbers={"obfuscated": 1})})
    assert found("links", text, Engine(RuleBook(policy))) == []


def test_domains_on_the_list_and_below_them_pass() -> None:
    engine = Engine(RuleBook(lists=Lists(domains=frozenset({"example.org"}))))
    assert found("links", "https://shop.example.org/x и example.org", engine) == []
    assert marked("links", "https://notexample.org", engine) == ["https://notexample.org"]
    assert found("links", "сюда", engine, links=(HiddenLink("https://example.org/x", (0, 4)),)) == []


def test_one_link_alone_does_not_flag_and_two_different_ones_do() -> None:
    book = RuleBook()
    engine = Engine(book)
    one = engine.judge(message("см. https://example.com/a и https://example.com/b"))
    two = engine.judge(message("см. https://example.com/a и t.me/other"))
    assert not judge(one.findings, book.default).flagged
    assert judge(two.findings, book.default).flagged


def test_a_hidden_link_weighs_more_and_marks_its_words() -> None:
    text = "Подробности здесь"
    (finding,) = found("links", text, links=(HiddenLink("https://evil.example/x", (12, 17)),))
    (seen,) = found("links", "https://example.com")
    assert [text[start:end] for start, end in finding.spans] == ["здесь"]
    assert finding.text_id == "finding.links.hidden"
    assert seen.score < finding.score < 0.5


def test_a_link_that_shows_its_address_is_not_hidden() -> None:
    text = "https://example.com"
    (finding,) = found("links", text, links=(HiddenLink("https://example.com/", (0, len(text))),))
    assert finding.text_id == "finding.links.link"


@pytest.mark.parametrize("span", [None, (5, 500), (90, 95), (3, 3)])
def test_a_hidden_link_may_have_any_span(span: tuple[int, int] | None) -> None:
    (finding,) = found("links", "Жми сюда", links=(HiddenLink("evil.example", span),))
    assert all(0 <= start < end <= len("Жми сюда") for start, end in finding.spans)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("vk.com/club1", "vk.com/club1"),
        ("https://m.vk.com/wall-1_2 тут", "https://m.vk.com/wall-1_2"),
        ("vk.cc/abc", "vk.cc/abc"),
        ("vk.me/abc", "vk.me/abc"),
        ("vkvideo.ru/video-1_2", "vkvideo.ru/video-1_2"),
        ("иди в [club1|группу]", "[club1|группу]"),
        ("сюда [https://vk.com/club1|к нам]", "[https://vk.com/club1|к нам]"),
        ("вступай @club1", "@club1"),
        ("пиши *id1", "*id1"),
    ],
)
def test_links_to_vk_have_their_own_rule(text: str, link: str) -> None:
    assert marked("vk_links", text) == [link]
    assert found("links", text) == []


def test_a_mention_with_a_name_is_a_link_on_vk_only() -> None:
    assert marked("vk_links", "спроси @durov (Павла)", platform=Platform.VK) == ["@durov (Павла)"]
    assert found("vk_links", "спроси @durov (Павла)") == []


def test_a_hidden_link_to_vk_is_found() -> None:
    assert marked("vk_links", "сюда", links=(HiddenLink("https://vk.com/x", (0, 4)),)) == ["сюда"]


@pytest.mark.parametrize("text", ["vk.community", "notvk.com.example.org это", "почта@vk.com"])
def test_what_is_not_of_vk_stays_out(text: str) -> None:
    assert found("vk_links", text) == []
