"""Everything that was stored is found by its words and by what is known of it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from moderator_app.domain.decision import Choice
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import Attachment, Community, CommunityKey, HiddenLink, Message, Platform
from moderator_app.domain.ports import Delivery, Removal
from moderator_app.domain.search import Field, Hit, folded, parse
from moderator_app.moderation.search import Search
from moderator_app.storage import search as storage
from tests.builders import NOON, author, message
from tests.moderation.desk import Desk, insult


@pytest.fixture
def search(desk: Desk) -> Search:
    return Search(desk.database, desk.clock)


async def say(desk: Desk, *texts: str, **overrides: Any) -> None:
    said = [message(text, id=str(n), **overrides) for n, text in enumerate(texts, 1)]
    await desk.intake.store(Delivery(tuple(said)), "fake")


async def texts(search: Search, query: str) -> list[str]:
    return [hit.excerpt for hit in await hits(search, query)]


async def hits(search: Search, query: str) -> tuple[Hit, ...]:
    found = await search.find(query)
    return await search.hits(found, found.messages)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("деньги", "Денег не будет"),
        ("денег", "деньгами сыт не будешь"),
        ("шёл", "они шли домой"),
        ("елка", "Зелёная Ёлка у дома"),
        ("ёлками", "под елкой"),
        ("казино", "КАЗИНО!!!"),
        ("easy_money", "пиши @easy_money"),
        ("t.me/joinchat", "жми https://t.me/joinchat/AbC"),
        ('"в лс"', "пиши в лс"),
        ("зараб*", "зарабатывай дома"),
        ("work from", "I work from home"),
    ],
)
async def test_a_word_is_found_in_all_its_forms(desk: Desk, search: Search, query: str, text: str) -> None:
    await say(desk, text, "совсем о другом")
    assert await texts(search, query) == [text]


@pytest.mark.parametrize(
    ("query", "text"), [('"деньги"', "денег нет"), ('"лс в"', "пиши в лс"), ("йод", "иод"), ("до дома", "дома")]
)
async def test_what_stands_otherwise_in_the_text_is_not_found(
    desk: Desk, search: Search, query: str, text: str
) -> None:
    await say(desk, text)
    assert await texts(search, query) == []


async def test_all_words_must_stand_there_and_none_with_a_minus(desk: Desk, search: Search) -> None:
    await say(desk, "кот и собака", "кот и мышь", "собака")
    assert await texts(search, "кот собаки") == ["кот и собака"]
    assert await texts(search, "коты -собака") == ["кот и мышь"]
    assert sorted(await texts(search, "-собака")) == ["кот и мышь"]


async def test_the_words_found_are_marked_where_they_stand(desk: Desk, search: Search) -> None:
    await say(desk, "ДЕНЬГИ, ещё раз деньгами")
    (hit,) = await hits(search, "деньги еще")
    assert [hit.excerpt[start:end] for start, end in hit.spans] == ["ДЕНЬГИ", "ещё", "деньгами"]


async def test_of_a_long_message_the_part_with_the_word_is_shown(desk: Desk, search: Search) -> None:
    await say(desk, "вода " * 500 + "клад " + "вода " * 500)
    (hit,) = await hits(search, "клада")
    ((start, end),) = hit.spans
    assert hit.excerpt[start:end] == "клад"
    assert len(hit.excerpt) <= storage.EXCERPT_LENGTH


async def test_fields_in_both_languages_tell_messages_apart(desk: Desk, search: Search) -> None:
    place = Community(CommunityKey(Platform.VK, "7"), "Новости")
    vk = message("хлеб", platform=Platform.VK, community="7", id="1", author=author("5", "Борис", Platform.VK))
    photo = message("хлеб", id="2", author=author("8", "Вера"), attachments=(Attachment("photo"),), edited=NOON)
    link = message("хлеб", id="3", links=(HiddenLink("https://a.example"),), reply_to="2")
    await desk.intake.store(Delivery((vk, photo, link), communities=(place,)), "fake")

    async def found(query: str) -> set[str]:
        return {f"{hit.key.platform}:{hit.key.message}" for hit in await hits(search, query)}

    for query, wanted in {
        "author:борис": {"vk:1"},
        "автор:8": {"telegram:2"},
        "author:telegram:8": {"telegram:2"},
        "source:вк хлеб": {"vk:1"},
        "источник:tg хлеба": {"telegram:2", "telegram:3"},
        "чат:новости": {"vk:1"},
        "community:-7": {"vk:1"},
        "есть:медиа": {"telegram:2"},
        "has:link": {"telegram:3"},
        "has:reply": {"telegram:3"},
        "is:edited": {"telegram:2"},
        "хлеб -source:vk": {"telegram:2", "telegram:3"},
        "хлеб -has:media": {"vk:1", "telegram:3"},
        "хлеб author:вера": {"telegram:2"},
        "хлеб автор:никто": set(),
    }.items():
        assert await found(query) == wanted, query


async def test_days_bound_what_is_found(desk: Desk, search: Search) -> None:
    for day in range(4):
        await desk.intake.store(
            Delivery((message(f"день {day}", id=str(day), date=NOON + timedelta(days=day)),)), "fake"
        )
    first = NOON.astimezone().date()
    assert await texts(search, f"день after:{first + timedelta(days=2)}") == ["день 3", "день 2"]
    assert await texts(search, f"до:{(first + timedelta(days=1)).strftime('%d.%m.%Y')}") == ["день 0"]
    desk.clock.move(days=3)
    assert await texts(search, "после:вчера день") == ["день 3", "день 2"]
    assert await texts(search, "after:1d before:today") == ["день 2"]


async def test_what_was_decided_is_found_by_the_decision_its_reason_and_who_made_it(desk: Desk, search: Search) -> None:
    deleted, dismissed, waiting = await desk.flagged(insult("1"), insult("2"), insult("3"))
    await desk.review.decide([deleted], Choice.DELETE, reason="Мат в чате", whole_group=False)
    await desk.review.decide([dismissed], Choice.DISMISS, whole_group=False)

    async def found(query: str) -> set[int | None]:
        return {hit.item for hit in await hits(search, query)}

    assert await found("decision:delete") == await found("reason:мат") == {deleted}
    assert await found("кем:ANNA") == await found("is:decided") == {deleted, dismissed}
    assert await found("is:open") == {waiting}
    assert await found("нахуй rule:profanity") == {deleted, dismissed, waiting}
    (hit,) = await hits(search, "decision:delete")
    assert (hit.choice, hit.by, hit.is_open) == (Choice.DELETE, "anna", False)
    await desk.review.undo(item=deleted)
    assert await found("decision:delete") == set()


async def test_an_edited_message_is_found_by_its_new_text_alone(desk: Desk, search: Search) -> None:
    await say(desk, "старые слова")
    await say(desk, "новый текст", edited=NOON)
    assert await texts(search, "слово") == []
    assert await texts(search, "тексты") == ["новый текст"]


async def test_a_deleted_message_is_found_and_marked(desk: Desk, search: Search) -> None:
    said = message("исчезнет")
    await desk.intake.store(Delivery((said,)), "fake")
    await desk.intake.store(Delivery((), removals=(Removal(said.key),)), "fake")
    (hit,) = await hits(search, "исчезнет is:deleted")
    assert hit.deleted


async def test_what_was_not_stored_after_all_is_not_found(desk: Desk, search: Search) -> None:
    def fail(connection: object, *_: object) -> None:
        from moderator_app.storage import messages

        messages.store(connection, [message("пропавшее")], NOON)  # type: ignore[arg-type]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await desk.database.write(fail)
    assert await texts(search, "пропавшее") == []


async def test_newest_stand_first_and_too_many_are_cut(
    desk: Desk, search: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage, "MOST", 3)
    said: list[Message] = [message("да", id=str(n), date=NOON - timedelta(minutes=n)) for n in range(5)]
    await desk.intake.store(Delivery(tuple(said)), "fake")
    found = await search.find("да")
    assert found.more
    shown = await search.hits(found, found.messages)
    assert [hit.key.message for hit in shown] == ["2", "3", "4"]
    assert not (await search.find("да after:2026-03-05")).more


@pytest.mark.parametrize(
    ("query", "text_id"),
    [
        ("", "search.nothing"),
        ("  -- !! ", "search.nothing"),
        ("author:", "search.no_value"),
        ("source:odnoklassniki", "search.unknown_value"),
        ("before:soon", "search.no_date"),
        ("before:2026-13-45", "search.no_date"),
        ("after:99999d", "search.no_date"),
    ],
)
def test_what_cannot_be_understood_is_named(query: str, text_id: str) -> None:
    with pytest.raises(Refused) as caught:
        parse(query, now=NOON if "99999" not in query else datetime(100, 1, 1, tzinfo=UTC))
    assert caught.value.text_id == text_id


@pytest.mark.parametrize("query", ['"a" OR b)', "NEAR(a b)", "a:b:c", "text:x", "https://a.b/c?d=e", "^a", "a'b", '"a'])
async def test_nothing_that_is_written_is_taken_for_the_language_of_the_index(
    desk: Desk, search: Search, query: str
) -> None:
    written = query.replace('"', "")
    await say(desk, written, "совсем о другом")
    assert await texts(search, query) == [written]


def test_a_field_is_known_in_both_languages_and_words_with_colons_are_words() -> None:
    query = parse('Автор:"Иван К." время 12:30', now=NOON)
    assert [(each.field, each.value) for each in query.conditions] == [(Field.AUTHOR, "Иван К.")]
    assert [each.words for each in query.words] == [("время",), ("12", "30")]


def test_folding_keeps_every_character_in_its_place() -> None:
    text = "İstanbul ЁЖ ß ǅ"
    assert len(folded(text)) == len(text)
