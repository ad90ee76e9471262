import codecs
import json
import os
from pathlib import Path
from typing import Any

import pytest

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.importing import Export
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.sources.export_file import open_export
from tests.sources.exports import chat, exported, read, write


def refusal(path: Path) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Unreadable) as caught:
        for _ in open_export(path).batches():
            pass
    return caught.value.text_id, caught.value.parameters


def texts(path: Path) -> list[str]:
    return [message.text for message in read(path).messages]


def json_lines(*found: dict[str, Any]) -> str:
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in found)


def test_a_file_tells_its_name_and_size(tmp_path: Path) -> None:
    export: Export = open_export(write(tmp_path, "{}" * 10 + json_lines({"id": 1, "text": "a"}), "a.jsonl"))
    assert (export.name, export.size) == ("a.jsonl", 20 + len(json_lines({"id": 1, "text": "a"})))


@pytest.mark.parametrize("name", ["spam.jsonl", "spam.json", "spam.txt", "spam"])
def test_json_lines_are_known_by_their_content(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, json_lines({"id": 1, "text": "раз"}, {"id": 2, "text": "два"}), name)
    assert texts(path) == ["раз", "два"]


def test_json_lines_without_community_go_under_the_name_of_the_file(tmp_path: Path) -> None:
    found = read(write(tmp_path, json_lines({"id": 1, "text": "раз"}), "двор.jsonl"))
    assert found.communities == (Community(CommunityKey(Platform.TELEGRAM, "двор"), "двор"),)
    assert found.messages[0].key.community == "двор"


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_bad_first_line_does_not_hide_the_others(tmp_path: Path, name: str) -> None:
    found = read(write(tmp_path, "oops\n" + json_lines({"id": 1, "text": "раз"}), name))
    assert [error.place for error in found.errors] == [1]
    assert len(found.messages) == 1


def test_a_first_line_longer_than_what_is_sniffed_is_read(tmp_path: Path) -> None:
    path = write(tmp_path, json_lines({"id": 1, "text": "a" * 200_000}, {"id": 2, "text": "b"}), "a.json")
    assert len(texts(path)) == 2


def test_an_export_on_one_long_line_is_known(tmp_path: Path) -> None:
    messages = [exported(id=number, text="слово " * 20) for number in range(500)]
    path = write(tmp_path, chat(*messages), indent=None)
    assert len(texts(path)) == 500


@pytest.mark.parametrize("name", ["result.json", "result.jsonl", "result"])
def test_an_export_is_known_whatever_its_name(tmp_path: Path, name: str) -> None:
    assert texts(write(tmp_path, chat(exported()), name)) == ["Всем привет"]


def test_an_account_is_known_when_its_chats_begin_late(tmp_path: Path) -> None:
    contacts = [{"first_name": "Имя" * 20, "phone_number": "+7"} for _ in range(1_000)]
    account = {"about": "", "contacts": {"list": contacts}, "chats": {"about": "", "list": [chat(exported())]}}
    assert texts(write(tmp_path, account)) == ["Всем привет"]


def test_a_byte_order_mark_before_an_export_is_no_matter(tmp_path: Path) -> None:
    assert texts(write(tmp_path, b"\xef\xbb\xbf" + json.dumps(chat(exported())).encode())) == ["Всем привет"]


@pytest.mark.parametrize(
    "content",
    [
        '{"messages": []}' + " " * 5,
        '{"chats": {"list": []}}',
        '{"left_chats": {"list": []}, "chats": {"list": []}}',
    ],
)
def test_an_export_without_messages_is_an_export(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, content.replace('{"messages"', '{"id": 1, "messages"'))
    assert texts(path) == []


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        '[{"id": 1, "text": "a"}]',
        '{"users": []}',
        '{"messages": {}}',
        "name;text\n1;привет\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        '{"contacts": ["' + "a" * 100_000 + '"]}',
    ],
)
def test_what_holds_no_messages_is_no_export(tmp_path: Path, content: str | bytes) -> None:
    path = write(tmp_path, content)
    assert refusal(path) == ("import.not_an_export", {"file": str(path)})


@pytest.mark.parametrize("content", ["", " \n\n", "\ufeff"])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: str) -> None:
    path = write(tmp_path, content)
    assert refusal(path) == ("import.empty", {"file": str(path)})


@pytest.mark.parametrize(
    ("codec", "mark", "named"),
    [
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16 LE"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16 BE"),
        ("utf-16-le", b"", "UTF-16 LE"),
        ("utf-16-be", b"", "UTF-16 BE"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "UTF-32 LE"),
        ("utf-32-be", b"", "UTF-32 BE"),
    ],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_another_encoding_is_named(tmp_path: Path, name: str, codec: str, mark: bytes, named: str) -> None:
    for content in (json_lines({"id": 1, "text": "раз"}), json.dumps(chat(exported())), " \n" + json.dumps([])):
        path = write(tmp_path, mark + content.encode(codec), name)
        assert refusal(path) == ("import.encoding", {"file": str(path), "encoding": named})


def test_a_nul_in_the_first_text_makes_no_other_encoding(tmp_path: Path) -> None:
    assert texts(write(tmp_path, b'{"id": 1, "text": "\x00{\x00"}', "a.jsonl")) == ["\0{\0"]


def test_a_folder_is_said_to_be_a_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path) == ("import.directory", {"file": str(tmp_path)})


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "gone.json"
    assert refusal(path) == ("import.unreadable", {"file": str(path), "detail": "No such file or directory"})


def test_a_file_that_vanished_since_it_was_opened_is_unreadable(tmp_path: Path) -> None:
    path = write(tmp_path, chat(exported()))
    export = open_export(path)
    path.unlink()
    with pytest.raises(Unreadable, match=r"import\.unreadable"):
        list(export.batches())


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert refusal(path) == ("import.not_a_file", {"file": str(path)})


def test_batches_are_of_the_size_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, chat(*(exported(id=number) for number in range(7))))
    assert [len(batch.messages) for batch in open_export(path, batch=3).batches()] == [3, 3, 1]


def test_long_texts_make_small_batches(tmp_path: Path) -> None:
    path = write(tmp_path, json_lines(*({"id": number, "text": "a" * 600_000} for number in range(5))), "a.jsonl")
    assert [len(batch.messages) for batch in open_export(path).batches()] == [2, 2, 1]


@pytest.mark.parametrize(
    "long",
    [{"links": ["a" * 600_000]}, {"attachments": [{"type": "link", "url": "a" * 300_000, "title": "b" * 300_000}]}],
)
def test_long_addresses_make_small_batches_too(tmp_path: Path, long: dict[str, Any]) -> None:
    path = write(tmp_path, json_lines(*({"id": number, "text": "", **long} for number in range(5))), "a.jsonl")
    assert [len(batch.messages) for batch in open_export(path).batches()] == [2, 2, 1]


def test_many_empty_chats_make_small_batches(tmp_path: Path) -> None:
    path = write(tmp_path, {"chats": {"list": [chat(id=number) for number in range(10)]}})
    assert [len(batch.communities) for batch in open_export(path, batch=4).batches()] == [4, 4, 2]


def test_errors_and_what_is_passed_over_fill_a_batch_too(tmp_path: Path) -> None:
    path = write(tmp_path, "oops\n\n" * 10, "a.jsonl")
    assert [len(batch.errors) for batch in open_export(path, batch=4).batches()] == [2, 2, 2, 2, 2]


def test_bytes_read_grow_up_to_the_size_of_the_file(tmp_path: Path) -> None:
    path = write(tmp_path, chat(*(exported(id=number) for number in range(1_000))))
    export = open_export(path, batch=100)
    read_so_far = [batch.bytes_read for batch in export.batches()]
    assert read_so_far == sorted(read_so_far)
    assert read_so_far[0] < read_so_far[-1] == export.size


def test_a_file_is_read_anew_each_time(tmp_path: Path) -> None:
    export = open_export(write(tmp_path, chat(exported())))
    assert list(export.batches()) == list(export.batches())
