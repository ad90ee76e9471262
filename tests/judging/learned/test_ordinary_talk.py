"""Ordinary talk that the learned score must not take for toxic, though pieces of obscene words are in it."""

import pytest

from moderator_app.judging.folded import fold
from moderator_app.judging.learned import TOXICITY
from moderator_app.judging.learned.model import shipped

REPORTED = (
    "Хлебать щи ложкой удобнее",
    "Страхуй квартиру вовремя",
    "надо употреблять больше воды, сказал врач",
    "У ребёнка бляшки на шее",
    "Бухгалтерия сказала, что дебет с кредитом не сошёлся",
    "вы милы",
    "какая ты милая сегодня",
    "Купил хлеба и молока",
    "Ура, каникулы!",
    "Чмоки всем, я спать",
    "Scunthorpe is a town",
    "She is a gay teacher",
    "страхуй",
    "хлебать",
    "употреблять",
    "Себастьян",
    "сук",
    "дебет",
    "гребля",
    "Георгий!",
    "глеб ты с чего пишешь",
    "какая дырка володя",
)
# None of these was trained on.
OTHERS = (
    "Не расхлебать нам эту кашу до вечера",
    "Перестрахуйте груз, пожалуйста",
    "Оглоблю прислонили к телеге",
    "Зелёные сугробы бывают только во сне",
    "Тётя Глаша, Захар приехал!",
    "Команда гребцов из Ярославля первая",
    "Сегодня в меню рубленые котлеты и хлебный квас",
    "Подскажите, ремонт мебели где делают?",
    "Дубликат ключа сделали за час",
    "Сьогодні у нас буде свято, приходьте",
    "Мій брат живе у Харкові",
    "Бүгін біз қалаға барамыз",
    "Менің досым жақсы адам",
    "My cousin is a lesbian and a great cook",
    "The Jewish museum opens at ten",
    "Peter bought a cockerel and two hens",
    "Какая же вы умница",
)
INSULTS = (
    "ты просто тупой баран, закрой рот и вали отсюда",
    "ты глупая тварь",
    "you are a stupid idiot, shut up",
)


def toxicity(text: str) -> float:
    return float(shipped().scores([fold(text).text])[0][TOXICITY])


@pytest.mark.parametrize("text", [*REPORTED, *OTHERS])
def test_ordinary_talk_is_not_toxic(text: str) -> None:
    assert toxicity(text) < 0.5


@pytest.mark.parametrize("text", INSULTS)
def test_insults_are_still_toxic(text: str) -> None:
    assert toxicity(text) > 0.5
