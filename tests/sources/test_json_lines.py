import io
import json
import pickle
from datetime import UTC, datetime
from typing import Any

import pytest

from moderator_app.domain.importing import ReadError
from moderator_app.domain.message import (
    Attachment,
    Author,
    AuthorKey,
    Community,
    CommunityKey,
    Forward,
    HiddenLink,
    Message,
    MessageKey,
    Platform,
)
from moderator_app.sources.batch import Passed, Read
from moderator_app.sources.json_lines import LONGEST_LINE, BadLine, Line, lines, read_json_lines, read_line
from tests.sources.exports import community

HOUSE = community("Дом")


def line(**fields: Any) -> bytes:
    return json.dumps({"id": 5, "text": "привет"} | fields, ensure_ascii=False).encode()


def read(content: bytes | str) -> Line:
    return read_line(content, 1, HOUSE)


def refused(content: bytes | str) -> BadLine:
    with pytest.raises(BadLine) as caught:
        read_line(content, 12, HOUSE)
    return caught.value


def read_all(content: bytes) -> list[Read]:
    return list(read_json_lines(io.BytesIO(content), HOUSE))


def test_a_line_of_id_and_text_belongs_to_the_community_given() -> None:
    found = read(b'{"id": 5, "text": "hi", "label": "ham"}')
    assert found == Line(5, Message(MessageKey(Platform.TELEGRAM, "house", "5"), "hi"), HOUSE)


@pytest.mark.parametrize("given", [5, "5", "c2f1", -7, 2**63 - 1])
def test_an_id_is_kept_as_written_and_as_text(given: int | str) -> None:
    found = read(line(id=given))
    assert (found.id, found.message.key.message) == (given, str(given))


def test_all_optional_fields_are_read() -> None:
    found = read(
        line(
            platform="vk",
            community=33,
            community_name="Клуб",
            author=-8,
            author_name="Анна",
            date=1704196800,
            edited="2024-01-02T15:00:00+03:00",
            joined="1704196800",
            sender_chat="8",
            via_bot=9,
            reply_to=4,
            thread="2",
            forward={"from": 77},
            links=["https://a.example"],
            attachments=[{"type": "photo", "id": 1, "url": "https://b.example", "title": "кот"}, {"type": "poll"}],
        )
    )
    noon = datetime(2024, 1, 2, 12, tzinfo=UTC)
    assert found.community == Community(CommunityKey(Platform.VK, "33"), "Клуб")
    assert found.message == Message(
        key=MessageKey(Platform.VK, "33", "5"),
        text="привет",
        date=noon,
        author=Author(AuthorKey(Platform.VK, "-8"), "Анна"),
        edited=noon,
        joined=noon,
        reply_to="4",
        thread="2",
        sender_chat="8",
        via_bot="9",
        forward=Forward("77"),
        links=(HiddenLink("https://a.example"),),
        attachments=(Attachment("photo", "1", "https://b.example", "кот"), Attachment("poll")),
    )


@pytest.mark.parametrize(
    ("platform", "marked", "known"),
    [("telegram", -1001234567890, "1234567890"), ("telegram", "1234567890", "1234567890"), ("vk", -100500, "100500")],
)
def test_a_community_writing_in_its_own_name_is_known_by_one_id(platform: str, marked: Any, known: str) -> None:
    message = read(line(platform=platform, community=marked, sender_chat=str(marked))).message
    assert message.key.community == message.sender_chat == known


@pytest.mark.parametrize(
    ("platform", "marked", "known"), [("telegram", -1001234567890, "-1234567890"), ("vk", -100500, "-100500")]
)
def test_a_community_keeps_its_minus_where_a_person_may_stand(platform: str, marked: int, known: str) -> None:
    message = read(line(platform=platform, author=marked, forward={"from": marked})).message
    assert message.author is not None
    assert (message.author.key.author, message.forward) == (known, Forward(known))


def test_null_in_an_optional_field_is_as_good_as_nothing() -> None:
    names = ("platform", "community", "author", "date", "edited", "reply_to", "forward", "links", "attachments")
    assert read(line(**dict.fromkeys(names))).message == read(line()).message


@pytest.mark.parametrize(
    ("given", "forward"),
    [
        ({"from": "77"}, Forward("77")),
        ({"from": -77}, Forward("-77")),
        ({"from": "Новости"}, Forward(name="Новости")),
        ({"from": None}, Forward()),
        ({}, Forward()),
    ],
)
def test_a_forward_has_an_id_or_a_name_or_neither(given: dict[str, Any], forward: Forward) -> None:
    assert read(line(forward=given)).message.forward == forward


@pytest.mark.parametrize(
    "given",
    [1704196800, 1704196800.0, "1704196800", "2024-01-02T12:00:00Z", "2024-01-02T15:00+03:00", "20240102T120000Z"],
)
def test_a_date_is_unix_seconds_or_iso_8601(given: Any) -> None:
    assert read(line(date=given)).message.date == datetime(2024, 1, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "fields",
    [
        {"id": True},
        {"id": 1.5},
        {"id": None},
        {"id": []},
        {"id": ""},
        {"id": 2**63},
        {"text": None},
        {"text": 5},
        {"text": ["a"]},
        {"platform": "icq"},
        {"platform": 5},
        {"platform": []},
        {"community": 1.5},
        {"community": {}},
        {"community_name": 5},
        {"author": True},
        {"author_name": []},
        {"date": "tomorrow"},
        {"date": True},
        {"date": -1},
        {"date": 1704196800000},
        {"date": "9" * 400},
        {"date": "9999-12-31T23:59:59-05:00"},
        {"date": "1969-12-31T23:59:59Z"},
        {"edited": {}},
        {"joined": []},
        {"sender_chat": 1.5},
        {"via_bot": False},
        {"reply_to": 2**64},
        {"thread": []},
        {"forward": "Новости"},
        {"forward": {"from": []}},
        {"links": "https://a.example"},
        {"links": [5]},
        {"attachments": {}},
        {"attachments": ["photo"]},
        {"attachments": [{"id": 1}]},
        {"attachments": [{"type": "photo", "url": 5}]},
    ],
)
def test_a_wrong_field_is_named(fields: dict[str, Any]) -> None:
    (field,) = fields
    error = refused(line(**fields))
    assert (error.text_id, error.parameters) == ("field.wrong", {"line": 12, "field": field})


@pytest.mark.parametrize("field", ["id", "text"])
def test_a_missing_field_is_named(field: str) -> None:
    found = {"id": 5, "text": "привет"}
    del found[field]
    error = refused(json.dumps(found))
    assert (error.text_id, error.parameters["field"]) == ("field.missing", field)


def test_a_date_without_its_zone_is_refused() -> None:
    assert refused(line(date="2024-01-02T12:00:00")).text_id == "field.no_zone"


def test_an_error_carries_the_id_of_its_message() -> None:
    assert refused(line(id="c2", text=None)).id == "c2"
    assert refused(line(id=2**63)).id is None
    assert refused(b"{").id is None


@pytest.mark.parametrize(
    ("content", "text_id"),
    [
        (b"", "line.blank"),
        (b" \t\r\n", "line.blank"),
        (b"hello", "line.not_json"),
        (b'{"id": 5, "text": "a"', "line.not_json"),
        (b'{"id": NaN, "text": "a"}', "line.not_json"),
        (b'{"id": 5, "text": "a", "x": ' + b"[" * 100_000, "line.not_json"),
        (b'{"id": 5, "text": "a", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "line.not_json"),
        (b'{"id": ' + b"1" * 5_000 + b', "text": "a"}', "line.not_json"),
        (b"[1, 2]", "import.not_an_object"),
        (b"null", "import.not_an_object"),
        (b'{"id": 5, "text": "\xff"}', "line.not_utf8"),
        ('{"id": 5, "text": "\udcff"}', "line.not_utf8"),
        (b" " * (LONGEST_LINE + 1), "line.too_long"),
    ],
)
def test_what_is_no_object_of_json_is_refused(content: bytes | str, text_id: str) -> None:
    assert refused(content).text_id == text_id


def test_a_number_beyond_any_float_is_no_date_but_elsewhere_no_matter() -> None:
    assert refused(b'{"id": 5, "text": "a", "date": 1e400}').parameters["field"] == "date"
    assert read(b'{"id": 5, "text": "a", "weight": 1e400}').message.text == "a"


def test_a_text_of_a_megabyte_is_read() -> None:
    assert len(read(line(text="д" * 500_000)).message.text) == 500_000


def test_half_a_surrogate_pair_reads_as_one_replacement_character() -> None:
    assert read(rb'{"id": 5, "text": "a\ud83db\udc4d\ud83d\udc4d"}').message.text == "a\ufffdb\ufffd👍"


def test_raw_control_characters_in_a_text_are_kept() -> None:
    assert read(b'{"id": 5, "text": "a\x00\tb"}').message.text == "a\x00\tb"


def test_an_error_survives_the_way_between_processes() -> None:
    error = pickle.loads(pickle.dumps(refused(line(text=None))))
    assert (error.text_id, error.line, error.id, error.parameters) == (
        "field.wrong",
        12,
        5,
        {"line": 12, "field": "text"},
    )


def test_lines_end_at_line_feeds_only() -> None:
    content = line(text="a\u2028b\x0b\x85") + b"\r\n" + line(id=6)
    assert [item.text for item in read_all(content) if isinstance(item, Message)] == ["a\u2028b\x0b\x85", "привет"]


def test_a_byte_order_mark_before_the_first_line_is_no_matter() -> None:
    assert [type(item) for item in read_all(b"\xef\xbb\xbf" + line())] == [Community, Message]


def test_blank_lines_are_passed_over_but_counted() -> None:
    content = b"\n" + line() + b"\n \r\nbroken\n"
    assert [item for item in read_all(content) if not isinstance(item, Community | Message)] == [
        Passed.NOTHING,
        Passed.NOTHING,
        ReadError(4, "line.not_json", (("line", 4),)),
    ]


def test_a_line_without_an_end_does_not_swallow_the_next() -> None:
    long = b"x" * (3 * LONGEST_LINE)
    first, second = lines(io.BytesIO(long + b"\n" + line()))
    assert (len(first), second) == (LONGEST_LINE + 1, line())
