import gc
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest

from moderator_app.domain.errors import Unreadable
from moderator_app.domain.importing import ImportBatch, ReadError
from moderator_app.domain.message import Community, CommunityKey, Platform
from moderator_app.sources.export_file import open_export
from tests.sources.exports import CHAT, chat, exported, read, service, together, write


def ids(batch: ImportBatch) -> list[str]:
    return [message.key.message for message in batch.messages]


def read_until_broken(path: Path) -> tuple[ImportBatch, Unreadable]:
    """What was yielded before the file broke off, and the error."""
    batches: list[ImportBatch] = []
    with pytest.raises(Unreadable) as caught:
        batches.extend(open_export(path).batches())
    return together(batches), caught.value


def test_one_chat_yields_its_name_and_its_messages(tmp_path: Path) -> None:
    found = read(write(tmp_path, chat(exported(id=1), exported(id=2))))
    assert found.communities == (Community(CommunityKey(Platform.TELEGRAM, str(CHAT)), "Двор"),)
    assert ids(found) == ["1", "2"]


@pytest.mark.parametrize("indent", [None, 1, 4])
def test_compact_and_indented_files_read_the_same(tmp_path: Path, indent: int | None) -> None:
    assert ids(read(write(tmp_path, chat(exported(id=1), exported(id=2)), indent=indent))) == ["1", "2"]


def test_a_whole_account_yields_all_chats_the_left_ones_too(tmp_path: Path) -> None:
    account = {
        "about": "Here is the data you requested.",
        "contacts": {"about": "", "list": [{"user_id": 5, "first_name": "Борис"}]},
        "chats": {"about": "", "list": [chat(exported(id=1), id=11), chat(exported(id=1), id=12, name=None)]},
        "left_chats": {"about": "", "list": [chat(exported(id=3), id=13, name="Ушли")]},
    }
    found = read(write(tmp_path, account))
    assert [(item.key.community, item.name) for item in found.communities] == [
        ("11", "Двор"),
        ("12", ""),
        ("13", "Ушли"),
    ]
    assert [(message.key.community, message.key.message) for message in found.messages] == [
        ("11", "1"),
        ("12", "1"),
        ("13", "3"),
    ]


def test_saved_messages_have_no_name(tmp_path: Path) -> None:
    saved = {"type": "saved_messages", "id": 9, "messages": [exported()]}
    assert read(write(tmp_path, saved)).communities[0].name == ""


def test_a_name_behind_the_messages_is_still_taken(tmp_path: Path) -> None:
    assert read(write(tmp_path, {"id": 9, "messages": [], "name": "Поздно"})).communities[0].name == "Поздно"


UNUSABLE_IDS: list[dict[str, Any]] = [
    {},
    *({"id": id} for id in (None, "nine", "9", True, 9.0, [9], 2**63, -(2**63) - 1)),
]


@pytest.mark.parametrize("given", UNUSABLE_IDS)
def test_messages_of_a_chat_without_an_id_are_unreadable(tmp_path: Path, given: dict[str, Any]) -> None:
    path = write(tmp_path, {"name": "Двор", **given, "messages": [exported()]})
    _, error = read_until_broken(path)
    assert (error.text_id, error.parameters) == ("import.no_chat_id", {"file": str(path)})


def account(*chats: Any, **fields: Any) -> dict[str, Any]:
    return {"about": "", "chats": {"about": "", "list": list(chats)}, **fields}


def nameless(*messages: Any, **fields: Any) -> dict[str, Any]:
    """A chat with only the keys given before its messages."""
    return {**fields, "messages": list(messages)}


@pytest.mark.parametrize("given", UNUSABLE_IDS)
def test_in_an_account_a_chat_without_a_usable_id_costs_only_its_own_messages(
    tmp_path: Path, given: dict[str, Any]
) -> None:
    lost = nameless(exported(id=5), **given, name="Двор")
    found = read(write(tmp_path, account(chat(exported(id=1), id=11), lost, chat(exported(id=3), id=13))))
    assert [(message.key.community, message.key.message) for message in found.messages] == [("11", "1"), ("13", "3")]
    assert [community.key.community for community in found.communities] == ["11", "13"]
    assert found.errors == (ReadError("Двор", "import.chat_left_out"),)


def test_a_chat_left_out_is_named_by_its_place_among_all_chats_where_it_has_no_name(tmp_path: Path) -> None:
    left = {"list": [nameless(exported(), name=" \n"), chat(exported(), id=14)]}
    path = write(tmp_path, account(chat(id=11), nameless(exported()), chat(id=13), "junk", left_chats=left))
    found = read(path)
    assert [(error.place, error.text_id) for error in found.errors] == [
        ("chat #2", "import.chat_left_out"),
        ("chat #4", "import.not_an_object"),
        ("chat #5", "import.chat_left_out"),
    ]
    assert [message.key.community for message in found.messages] == ["14"]


def test_the_name_of_a_chat_left_out_fits_on_a_line(tmp_path: Path) -> None:
    found = read(write(tmp_path, account(nameless(exported(), name="\x1b[2J Наш\n\tдвор\u202e " + "а" * 500))))
    assert found.errors[0].place == "[2J Наш двор " + "а" * 115


def test_the_name_of_a_chat_left_out_may_stand_after_its_messages(tmp_path: Path) -> None:
    lost = {"id": None, "messages": [exported()], "name": "Двор"}
    assert read(write(tmp_path, account(lost))).errors[0].place == "Двор"


def test_an_id_after_the_messages_is_found(tmp_path: Path) -> None:
    found = read(write(tmp_path, {"messages": [exported(id=1), exported(id=2)], "name": "Двор", "id": 9}))
    assert found.communities == (Community(CommunityKey(Platform.TELEGRAM, "9"), "Двор"),)
    assert (ids(found), found.errors) == (["1", "2"], ())


def test_ids_after_the_messages_are_found_in_an_account_too(tmp_path: Path) -> None:
    def late(*messages: Any, **fields: Any) -> dict[str, Any]:
        return {"messages": list(messages), **fields}

    path = write(
        tmp_path,
        account(
            late(exported(id=1), id=11),
            chat(exported(id=2), id=12),
            late(exported(id=3), name="Без номера"),
            "junk",
            late(exported(id=4), id="x"),
            left_chats={"list": [late(exported(id=5), id=15)]},
        ),
    )
    found = read(path)
    assert [(message.key.community, message.key.message) for message in found.messages] == [
        ("11", "1"),
        ("12", "2"),
        ("15", "5"),
    ]
    assert [error.place for error in found.errors] == ["Без номера", "chat #4", "chat #5"]


def test_looking_ahead_for_an_id_leaves_order_and_progress_as_they_are(tmp_path: Path) -> None:
    messages = [exported(id=number) for number in range(1_000)]
    path = write(tmp_path, {"messages": messages, "id": 9})
    export = open_export(path, batch=300)
    batches = list(export.batches())
    assert ids(together(batches)) == [str(number) for number in range(1_000)]
    read_so_far = [batch.bytes_read for batch in batches]
    assert read_so_far == sorted(read_so_far)
    assert read_so_far[-1] == export.size


def test_a_file_that_breaks_off_before_the_id_of_its_chat_has_none(tmp_path: Path) -> None:
    content = json.dumps({"messages": [exported()], "id": 9})
    found, error = read_until_broken(write(tmp_path, content[:-6]))
    assert (ids(found), error.text_id) == ([], "import.no_chat_id")


def test_an_id_marked_as_bots_do_is_made_bare(tmp_path: Path) -> None:
    found = read(write(tmp_path, chat(exported(), id=-1001234567890)))
    assert found.messages[0].key.community == "1234567890"


def test_service_messages_other_than_joins_are_passed_over(tmp_path: Path) -> None:
    found = read(write(tmp_path, chat(service(action="migrate_from_group"), service(action="pin_message"))))
    assert (found.messages, found.joins, found.errors) == ((), (), ())


def test_unsupported_messages_are_counted(tmp_path: Path) -> None:
    found = read(write(tmp_path, chat({"id": 1, "type": "unsupported"}, exported(id=2))))
    assert (found.unsupported, ids(found)) == (1, ["2"])


@pytest.mark.parametrize(
    ("broken", "field"),
    [
        ({"id": "7"}, "id"),
        ({"id": True}, "id"),
        ({"id": 1.5}, "id"),
        ({"type": None}, "type"),
        ({"text": 5}, "text"),
        ({"text": [5]}, "text"),
        ({"text": [{"type": "bold"}]}, "text"),
        ({"date_unixtime": "soon"}, "date_unixtime"),
        ({"date_unixtime": "99999999999999"}, "date_unixtime"),
        ({"edited_unixtime": []}, "edited_unixtime"),
        ({"from": 1}, "from"),
        ({"from_id": "robot5"}, "from_id"),
        ({"from_id": []}, "from_id"),
        ({"reply_to_message_id": {}}, "reply_to_message_id"),
        ({"forwarded_from": 3}, "forwarded_from"),
        ({"inline_bot_buttons": "none"}, "inline_bot_buttons"),
    ],
)
def test_a_wrong_field_costs_one_message_and_is_named(tmp_path: Path, broken: dict[str, Any], field: str) -> None:
    found = read(write(tmp_path, chat(exported(**broken), exported(id=8))))
    assert ids(found) == ["8"]
    (error,) = found.errors
    assert (error.text_id, error.parameters) == ("field.wrong", (("field", field),))


def test_an_error_names_the_chat_and_the_message(tmp_path: Path) -> None:
    found = read(write(tmp_path, chat(exported(id=41, text=0), exported(id=None), "junk")))
    assert [error.place for error in found.errors] == [f"{CHAT}/41", f"{CHAT}/#2", f"{CHAT}/#3"]


def test_an_id_beyond_64_bits_costs_one_message(tmp_path: Path) -> None:
    found = read(write(tmp_path, chat(exported(id=2**63), exported(id=8))))
    assert ids(found) == ["8"]
    assert found.errors == (ReadError(f"{CHAT}/{2**63}", "field.wrong", (("field", "id"),)),)


def test_values_nested_thousands_deep_cost_one_message(tmp_path: Path) -> None:
    deep = "[" * 20_000 + "]" * 20_000
    content = json.dumps(chat(exported(id=1, text="DEEP"), exported(id=2))).replace('"DEEP"', deep)
    found = read(write(tmp_path, content))
    assert ids(found) == ["2"]
    assert len(found.errors) == 1


def test_a_number_too_long_to_be_read_is_where_the_file_breaks_off(tmp_path: Path) -> None:
    content = json.dumps(chat(exported(width="W"))).replace('"W"', "1" * 5_000)
    _, error = read_until_broken(write(tmp_path, content))
    assert error.text_id == "import.broken"


def test_a_number_beyond_any_float_is_no_matter(tmp_path: Path) -> None:
    content = json.dumps(chat(exported(width="W"))).replace('"W"', "1e400")
    assert ids(read(write(tmp_path, content))) == ["7"]


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    whole = json.dumps(chat(*(exported(id=number) for number in range(1, 11))), indent=1).encode()
    path = write(tmp_path, whole[: whole.index(b'"id": 10')])
    found, error = read_until_broken(path)
    assert ids(found) == [str(number) for number in range(1, 10)]
    assert error.text_id == "import.broken"
    assert error.parameters == {"file": str(path), "position": path.stat().st_size}


def test_a_file_damaged_in_the_middle_keeps_what_came_before(tmp_path: Path) -> None:
    content = json.dumps(chat(exported(id=1), exported(id=2, text="BAD"), exported(id=3))).replace('"BAD"', "oops")
    found, error = read_until_broken(write(tmp_path, content))
    assert ids(found) == ["1"]
    assert error.text_id == "import.broken"


def test_the_error_of_a_broken_file_never_quotes_it(tmp_path: Path) -> None:
    content = json.dumps(chat(exported(text="secret words"))).replace('words"', 'words" oops')
    _, error = read_until_broken(write(tmp_path, content))
    assert "secret" not in f"{error} {error.args} {error.parameters}"
    assert error.__suppress_context__


def test_something_behind_the_end_is_a_broken_file(tmp_path: Path) -> None:
    found, error = read_until_broken(write(tmp_path, json.dumps(chat(exported())) + "{}"))
    assert (ids(found), error.text_id) == (["7"], "import.broken")


def test_invalid_escapes_read_as_the_control_characters_they_stand_for(tmp_path: Path) -> None:
    content = json.dumps(chat(exported(text="BELL"))).replace("BELL", r"звон\x07 и \\x07")
    assert read(write(tmp_path, content)).messages[0].text == "звон\x07 и \\x07"


def test_half_a_surrogate_pair_reads_as_one_replacement_character(tmp_path: Path) -> None:
    content = json.dumps(chat(exported(text="HALF"))).replace("HALF", r"а\ud83dб\udc4dв")
    assert read(write(tmp_path, content)).messages[0].text == "а\ufffdб\ufffdв"


def peak_while_reading(path: Path) -> int:
    # Garbage is collected as in a fresh process, whatever ran in this one before.
    enabled, thresholds = gc.isenabled(), gc.get_threshold()
    gc.enable()
    gc.set_threshold(700, 10, 10)
    gc.collect()
    tracemalloc.start()
    try:
        for _ in open_export(path).batches():
            pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
        gc.set_threshold(*thresholds)
        if not enabled:
            gc.disable()


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    small = write(tmp_path, chat(*(exported(id=number) for number in range(2_000))), "small.json")
    large = write(tmp_path, chat(*(exported(id=number) for number in range(10_000))), "large.json")
    assert peak_while_reading(large) < 1.5 * peak_while_reading(small)
