"""Orders to a model are told from talk between people."""

import pytest

from moderator_app.judging.instructions import Orders, orders_in
from tests.classifiers.injections import TEXTS


def test_there_are_a_hundred_of_them() -> None:
    assert len(set(TEXTS)) == 100


@pytest.mark.parametrize("text", TEXTS)
def test_orders_are_plain(text: str) -> None:
    assert orders_in(text) is Orders.PLAIN


@pytest.mark.parametrize(
    "text",
    [
        "Кто потерял ключи у третьего подъезда?",
        "Ребят, не спамьте пожалуйста, тут чат дома",
        "Забудь, уже не надо",
        "Ответь мне в личку, когда освободишься",
        "У кого какая модель стиральной машины?",
        "Всем привет! Все сообщения прочитал, спасибо",
        "Администратор, пропустите машину, я отметил её в списке",
        "You are the best, see you tomorrow",
        "Please reply to all of them, thanks",
        "Это чистый обман, не ходите туда",
        "",
    ],
)
def test_talk_between_people_is_not_plain(text: str) -> None:
    assert orders_in(text) is not Orders.PLAIN
