"""Letters of scripts that the community does not write in."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.policy import Policy, RulePolicy
from moderator_app.judging.engine import Engine
from tests.judging.flags import flagged
from tests.judging.looking import found, marked


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("اربح المال من المنزل", "arabic"),
        ("כסף קל מהבית", "hebrew"),
        ("快速赚钱请联系我们今天", "cjk"),
        ("かんたんにおかねをかせぐ", "cjk"),
        ("집에서 쉽게 돈을 버세요", "cjk"),
        ("ფული სახლიდან მარტივად", "other"),
        ("घर बैठे पैसे कमाएं आज", "other"),
    ],
)
def test_a_message_in_a_foreign_script_is_flagged(text: str, script: str) -> None:
    (finding,) = found("script", text)
    assert finding.text_id == f"finding.script.{script}"
    assert flagged(text)


def test_a_quotation_among_familiar_words_weighs_less() -> None:
    text = "Сказал мне вчера: בוקר טוב חבר, вот так"
    assert marked("script", text) == ["בוקר", "טוב", "חבר"]
    assert not flagged(text)


@pytest.mark.parametrize(
    "text", ["(づ｡◕‿‿◕｡)づ", "ಠ_ಠ ну", "πίτα и α-частицы, Αθήνα", "Ⓗⓔⓛⓛⓞ ｗｏｒｌｄ", "ҚАЗАҚ ӘЛІПБИІ", "Ελλάδα"]
)
def test_faces_and_kindred_alphabets_pass(text: str) -> None:
    assert found("script", text) == []


def test_a_script_may_be_wanted() -> None:
    engine = Engine(RuleBook(Policy(rules={"script": RulePolicy(numbers={"arabic": 0})})))
    assert found("script", "اربح المال من المنزل", engine) == []
    assert found("script", "כסף קל מהבית", engine)
