"""Many people mentioned at once."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import HiddenLink
from moderator_app.domain.policy import Policy, RulePolicy
from moderator_app.judging.engine import Engine
from tests.judging.looking import found, marked

NAMES = ["@anna_k", "@boris_k", "@vera_k", "@gleb_k", "@dina_k"]


def test_five_different_people_are_found_with_their_places() -> None:
    text = " ".join(NAMES) + " заходите"
    assert marked("mentions", text) == NAMES
    assert found("mentions", " ".join(NAMES[:4])) == []


def test_one_person_many_times_is_one() -> None:
    assert found("mentions", "@anna_k " * 9) == []


def test_tags_of_vk_count_and_the_prefix_of_a_reply_does_not() -> None:
    tags = [f"[id{n}|Имя {n}]" for n in range(1, 6)]
    assert marked("mentions", "Эй " + " ".join(tags)) == tags
    assert found("mentions", "[id1|Имя], " + " ".join(tags[1:])) == []


def test_names_without_an_at_count_by_their_hidden_links() -> None:
    links = tuple(HiddenLink(f"tg://user?id={n}", (n, n + 1)) for n in range(5))
    assert found("mentions", "Аня и другие", links=links)


@pytest.mark.parametrize("text", ["a@b1.ru " * 2 + "c@d.ru e@f.ru g@h.ru i@j.ru", "*один* *два* *три* *четыре* *пять*"])
def test_addresses_and_stars_are_no_mentions(text: str) -> None:
    assert found("mentions", text) == []


def test_the_number_is_the_communitys() -> None:
    engine = Engine(RuleBook(Policy(rules={"mentions": RulePolicy(numbers={"count": 2})})))
    assert found("mentions", "@anna_k @boris_k", engine)


def test_more_weigh_more() -> None:
    (few,) = found("mentions", " ".join(NAMES))
    (many,) = found("mentions", " ".join(f"@name_{n}" for n in range(40)))
    assert few.score < 0.5 < many.score < 1
