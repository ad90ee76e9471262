import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.list_entries import entries
from moderator_app.domain.lists import ChannelStatus, ListKind, Lists, StopWord, WordKind
from moderator_app.domain.message import AuthorKey, Platform
from moderator_app.domain.verdict import Label
from moderator_app.storage import lists, schema
from moderator_app.storage.database import Database
from tests.builders import NOON
from tests.storage.steps import YARD

ANNA = AuthorKey(Platform.TELEGRAM, "7")
GROUP = AuthorKey(Platform.VK, "-5")


async def version(database: Database) -> int:
    return (await database.read(lists.rule_book)).default.version


async def test_a_list_is_replaced_as_a_whole(database: Database) -> None:
    await database.write(lists.set_lines, ListKind.WHITELIST, [str(ANNA), str(ANNA)], NOON)
    await database.write(lists.set_lines, ListKind.BLACKLIST, [str(GROUP)], NOON)
    await database.write(lists.set_lines, ListKind.WHITELIST, [str(GROUP)], NOON)
    found = await database.read(lists.read)
    assert (found.whitelist, found.blacklist) == (frozenset({GROUP}), frozenset({GROUP}))


async def test_every_kind_of_list_is_kept(database: Database) -> None:
    written = {kind: ["telegram:-5"] for kind in ListKind if kind in ("managers", "linked_channels")} | {
        ListKind.CHANNELS: ["telegram:-5=blocked", "vk:-6=allowed"],
        ListKind.DOMAINS: ["example.org", "сайт.рф"],
        ListKind.BOTS: ["gif"],
        ListKind.MIXED_WORDS: ["vk-бот"],
        ListKind.DONORS: ["some_name", "some_name=45"],
        ListKind.REPORT_WORDS: ["атас"],
    }
    for kind, lines in written.items():
        await database.write(lists.set_lines, kind, lines, NOON)
    found = await database.read(lists.read)
    assert {kind: list(entries(found, kind)) for kind in written} == written
    assert found.channels[AuthorKey(Platform.TELEGRAM, "-5")] is ChannelStatus.BLOCKED


async def test_stop_words_keep_their_order_kind_label_and_community(database: Database) -> None:
    words = (
        StopWord("казино"),
        StopWord("казино", WordKind.PATTERN, Label.SPAM),
        StopWord("вейп", WordKind.SUBSTRING, Label.LIST, YARD),
    )
    await database.write(lists.set_stop_words, [*words, words[0]], NOON)
    assert (await database.read(lists.read)).stop_words == words


async def test_every_change_makes_a_new_version_of_the_rules(database: Database) -> None:
    versions = [await version(database)]
    for authors in ([str(ANNA)], [], []):
        await database.write(lists.set_lines, ListKind.WHITELIST, authors, NOON)
        versions.append(await version(database))
    assert versions == sorted(set(versions))


async def test_the_rules_of_a_file_are_read_without_opening_it_for_writing(database: Database) -> None:
    await database.write(lists.set_lines, ListKind.BLACKLIST, [str(ANNA)], NOON)
    assert lists.rule_book_of(database.path).lists == Lists(blacklist=frozenset({ANNA}))


def test_without_a_database_the_default_rules_hold_and_none_is_made(tmp_path: Path) -> None:
    assert lists.rule_book_of(tmp_path / "console.sqlite3") == RuleBook()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("stands_at", "said"), [("9999", "storage.newer"), ("0000", "storage.other_version")])
async def test_the_rules_of_another_version_are_not_read_and_the_way_out_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stands_at: str, said: str
) -> None:
    monkeypatch.setattr(schema, "KNOWN", ("0000",))
    path = tmp_path / "console.sqlite3"
    schema.prepare(path)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (stands_at,))
    with pytest.raises(Unreadable) as caught:
        lists.rule_book_of(path)
    assert (caught.value.text_id, caught.value.parameters["version"]) == (said, stands_at)


def test_the_rules_of_a_damaged_file_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "console.sqlite3").write_bytes(b"no database" * 100)
    with pytest.raises(Unreadable):
        lists.rule_book_of(tmp_path / "console.sqlite3")
