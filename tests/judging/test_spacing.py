"""Abnormal spacing."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.policy import Policy, RulePolicy
from moderator_app.judging.engine import Engine
from tests.judging.flags import flagged
from tests.judging.looking import found, marked


@pytest.mark.parametrize(
    "word", ["З а р а б о т о к", "З.а.р.а.б.о.т.о.к", "з-а-р-а-б-о-т-о-к", "з_а_р_а_б_о_т_о_к", "c r y p t o"]
)
def test_letters_set_apart_are_found(word: str) -> None:
    assert marked("spacing", f"Предлагаю {word} каждому") == [word]
    assert not flagged(f"Предлагаю {word} каждому")


@pytest.mark.parametrize("word", ["За раб от ок", "ра бо та", "за ра бот ка", "зa ра бo тoк", "зара б от ок"])
def test_a_word_cut_into_pieces_is_found(word: str) -> None:
    assert marked("spacing", f"Вся {word} удалённо") == [word]


def test_two_such_words_flag() -> None:
    assert flagged("удалённая ра бо та, хороший за ра бо ток")
    assert flagged("З а р а б о т о к   у д а л ё н н о")


def test_what_was_meant_is_named() -> None:
    (finding,) = found("spacing", "предлагаю За ра бо ток, за ра бо ток")
    assert dict(finding.parameters) == {"word": "заработок", "count": 1}


def test_scraps_of_words_and_wide_gaps_are_found() -> None:
    scraps = "ea rn mo ney fa st wi th ou r co in"
    (finding,) = found("spacing", scraps)
    assert dict(finding.parameters) == {"percent": 50}
    assert [scraps[slice(*span)] for span in finding.spans] == ["ea", "mo", "ney", "fa", "ou", "co"]
    wide = "как    часто    люди пишут    вот    так    через    много    пробелов    тут"
    assert found("spacing", wide)[0].text_id == "finding.spacing.gaps"
    assert marked("spacing", wide) == ["    "] * 8


@pytest.mark.parametrize(
    "text",
    [
        "Ну да, я так и не смог, а он мне и не дал",
        "и т. д. и т. п., а также в т. ч. и пр.",
        "1 2 3 4 5 6 7 8 9",
        "А-А-А-А-А-А! Ура-а-а",
        ":d :d :d :d :d :d",
        "А. С. Пушкин, М. Ю. Лермонтов",
        "Мой дядя самых честных правил,\nКогда не в шутку занемог,\nОн уважать себя заставил",
        "- хлеб\n- соль\n- лук\n- сыр\n- чай\n- мёд\n- рис\n- мак",
        "хлеб, соль, лук, сыр, чай, мёд, рис, мак",
        "М3 512 gb - 2600, M3 1Tb - 3100",
        "ok so do we go or is it a no",
        "a@b.com c@d.com e@f.com g@h.com",
        "@ab @bc @cd @de @ef @fg @gh @hi",
        "http://a.bc/d/e/f/g/h/i/j/k",
        "xy.ru bc.ru qd.ru zt.ru",
        "",
    ],
)
def test_ordinary_writing_passes(text: str) -> None:
    assert found("spacing", text) == []


def test_lines_are_not_joined() -> None:
    assert found("spacing", "З\nа\nр\nа\nб\nо\nт\nо\nк") == []
    assert found("spacing", "за\nра\nбо\nток") == []


def test_the_share_is_the_communitys() -> None:
    text = "ea rn mo ney with this new app"
    engine = Engine(RuleBook(Policy(rules={"spacing": RulePolicy(numbers={"share": 0.3})})))
    assert found("spacing", text) == []
    assert found("spacing", text, engine)
