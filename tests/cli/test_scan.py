import json
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from moderator_app.cli import scan
from moderator_app.domain.errors import Unreadable
from tests.cli.commands import ENVIRONMENT, Profile, line

LABELS = {"spam", "profanity", "toxicity"}

LINES = [
    b'{"id": 1, "text": "\xd0\xb8\xd0\xb4\xd0\xb8 \xd0\xbd\xd0\xb0\xd1\x85\xd1\x83\xd0\xb9"}',
    b"",
    b"   ",
    b"{",
    b"null",
    b'{"id": "a-1", "text": 5}',
    b'{"id": "\xd1\x8f", "text": "ok", "unknown": [1]}\r',
    b'{"text": "nobody"}',
    b'{"id": null, "text": "x"}',
    b'{"id": [1], "text": "x"}',
    b'{"id": 1.5, "text": "x"}',
    b'{"id": true, "text": "x"}',
    b'{"id": -7, "text": "x", "community": -1001, "date": "2026-03-04T12:00:00+03:00", "author": 5}',
    b'{"id": 9223372036854775807, "text": "x", "author": -9223372036854775808, "date": 253402300799}',
    b'{"id": 9223372036854775808, "text": "x"}',
    b'{"id": 2, "text": "x", "date": "2026-03-04T12:00:00"}',
    b'{"id": 3, "text": "x", "date": 1e400, "author": 5}',
    b'{"id": 4, "text": "\\ud800 lone \\udfff"}',
    b'{"id": 5, "text": "\xff"}',
    b'{"id": 6, "text": "a\\u2028b\\u0085c\\u0000d"}',
    b'{"id": 7, "text": ' + b"[" * 100_000,
    b'{"id": 8, "text": "' + b"\xf0\x9f\x98\x80" * 10_000 + b'"}',
    b'{"id": 9, "text": "' + "слово ".encode() * 90_000 + b'"}',
    b'{"id": 10, "text": "' + b"x" * 5_000_000 + b'"}',
    b'{"id": 11, "text": "", "attachments": [{"type": "photo", "id": 5}], "links": ["https://example.org"]}',
    b'{"id": 12, "text": "no newline at the end"}',
]
FINE = {0: 1, 6: "я", 12: -7, 13: 9223372036854775807, 17: 4, 19: 6, 21: 8, 22: 9, 24: 11, 25: 12}


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    file = tmp_path / "lines.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + b"\n".join(LINES))
    return file


@pytest.mark.parametrize("workers", ["1", "3"])
def test_every_line_in_gives_one_line_out_in_its_order(profile: Profile, everything: Path, workers: str) -> None:
    ended = profile.run("scan", everything, "--workers", workers)
    assert (ended.code, ended.errors) == (0, "")
    records = ended.records
    assert len(records) == len(LINES)
    assert {n: record["id"] for n, record in enumerate(records) if "error" not in record} == FINE
    bad = {n: record for n, record in enumerate(records) if "error" in record}
    assert all(record.keys() == {"id", "line", "error"} and record["error"] for record in bad.values())
    assert [record["line"] for record in bad.values()] == [n + 1 for n in bad]
    assert (bad[5]["id"], bad[15]["id"], bad[7]["id"], bad[14]["id"]) == ("a-1", 2, None, None)


def test_a_verdict_has_the_keys_that_other_programs_read(profile: Profile, everything: Path) -> None:
    record = profile.records("scan", given=LINES[0])[0]
    assert list(record) == ["id", "score", "flagged", "verdicts", "labels", "findings"]
    assert record["labels"].keys() == LABELS
    assert record["flagged"]
    assert set(record["verdicts"]) == {"profanity", "toxicity"}
    (finding,) = (each for each in record["findings"] if each["rule"] == "profanity")
    assert finding.keys() >= {"rule", "label", "score", "spans", "base_form", "explanation"}
    assert finding["spans"] == [[4, 9]]


def test_all_workers_say_the_same_in_the_same_order(profile: Profile, tmp_path: Path) -> None:
    texts = ["иди нахуй", "Всем привет", "заходи https://t.me/joinchat/abc", "одно и то же объявление про гараж"]
    file = tmp_path / "many.jsonl"
    records = [line(texts[n % 4], n, author=n % 7, community=n % 3) for n in range(3000)]
    file.write_text("\n".join(map(json.dumps, records)), "utf-8")
    alone, together = (profile.run("scan", file, "--workers", workers) for workers in ("1", "2"))
    assert alone.output == together.output
    assert [record["id"] for record in alone.records] == list(range(3000))
    assert any("earlier" in finding for record in alone.records for finding in record["findings"])


ADVERT = "Продаю гараж в хорошем состоянии, звоните вечером"


@pytest.mark.parametrize("workers", ["1", "2"])
def test_what_sequences_complete_is_printed_once_with_the_ids_of_the_earlier_lines(
    profile: Profile, tmp_path: Path, workers: str
) -> None:
    hour = 3600
    records = [
        *(line(f"Сообщение {n} в этом чате", n, author=1) for n in range(5)),
        *(line(ADVERT, 10 + n, author=2, date=1_700_000_000 + n * 2 * hour) for n in range(5)),
        *(line(f"Фото {n} с дачи", 20 + n, author=3, attachments=[{"type": "photo"}], date=n * 15) for n in range(5)),
        line("да пошёл ты нахуй", 30, author=4, date=1_700_000_060, joined=1_700_000_000),
        line("/report", 31, author=6, reply_to=30),
        line("да пошёл ты нахуй", 32, date=None),
        line("спам", 33, author=7, reply_to=30),
        line("спам!", 34, author=7, reply_to=30),
    ]
    file = tmp_path / "lines.jsonl"
    file.write_text("\n".join(map(json.dumps, records)), "utf-8")
    printed = profile.run("scan", file, "--workers", workers).records
    assert [record["id"] for record in printed] == [record["id"] for record in records]
    found = {
        (record["id"], finding["rule"]): finding.get("earlier", [])
        for record in printed
        for finding in record["findings"]
    }
    assert found[4, "flood"] == ["0", "1", "2", "3"]
    assert found[14, "repeated_text_day"] == ["10", "11", "12", "13"]
    assert found[24, "media_spam"] == ["20", "21", "22", "23"]
    assert found[30, "newcomer"] == []
    assert (found[31, "reported"], found[33, "reported"]) == (["30"], ["30", "31"])
    sequences = {"flood", "repeated_text", "repeated_text_day", "media_spam", "newcomer", "reported"}
    assert {each for each in found if each[1] in sequences} == {
        (4, "flood"), (14, "repeated_text_day"), (24, "media_spam"), (30, "newcomer"),
        (31, "reported"), (33, "reported"),
    }  # fmt: skip


def test_a_line_that_completes_enough_reports_says_of_which_message(profile: Profile) -> None:
    profile.run("settings", "set", "rules.reported.threshold", "0.6")
    records = [line("Купите гараж", 1, author=1), *(line("/report", n, author=n, reply_to=1) for n in (2, 3))]
    printed = profile.records("scan", given=b"\n".join(json.dumps(record).encode() for record in records))
    assert [len(record["findings"]) for record in printed] == [0, 0, 1]
    (finding,) = printed[2]["findings"]
    assert (finding["rule"], finding["score"], finding["earlier"]) == ("reported", 0.75, ["1", "2"])
    assert finding["explanation"] == "2 members by now report the message that this one answers."
    assert (printed[2]["flagged"], printed[2]["verdicts"]) == (True, ["behaviour"])


@pytest.mark.parametrize("given", [b"", b"\n", b"\n\n", b"\xef\xbb\xbf"])
def test_nothing_in_gives_nothing_out_and_blank_lines_their_errors(profile: Profile, given: bytes) -> None:
    assert len(profile.records("scan", given=given)) == len(given.splitlines())


def test_a_scan_stores_nothing_and_makes_no_profile(profile: Profile) -> None:
    profile.records("scan", given=LINES[0])
    assert not profile.folder.exists()


def test_a_scan_judges_by_the_lists_of_the_profile(profile: Profile) -> None:
    profile.run("settings", "set", "lists.stop_words", "гараж")
    profile.run("settings", "set", "lists.whitelist", "telegram:5")
    words = [json.dumps(line("продам гараж", author=author)).encode() for author in (5, 6)]
    trusted, other = profile.records("scan", given=b"\n".join(words))
    assert (trusted["flagged"], trusted["score"]) == (False, 0.0)
    assert "stop_words" in [finding["rule"] for finding in other["findings"]]


def test_what_cannot_be_read_is_refused_in_a_line(profile: Profile, tmp_path: Path) -> None:
    for file in (tmp_path, tmp_path / "missing.jsonl", Path("/proc/self/mem")):
        assert str(file) in profile.refused("scan", file)


@pytest.mark.parametrize(
    ("encoding", "mark", "named", "workers"),
    [
        ("utf-16-le", b"\xff\xfe", "UTF-16 LE", "1"),
        ("utf-16-be", b"\xfe\xff", "UTF-16 BE", "2"),
        ("utf-16-le", b"", "UTF-16 LE", "1"),
    ],
)
def test_another_encoding_is_refused_by_name(
    profile: Profile, tmp_path: Path, encoding: str, mark: bytes, named: str, workers: str
) -> None:
    content = mark + '\n{"id": 1, "text": "да"}\n{"id": 2, "text": "нет"}\n'.encode(encoding)
    file = tmp_path / "lines.jsonl"
    file.write_bytes(content)
    for ended, place in (
        (profile.run("scan", file, "--workers", workers), str(file)),
        (profile.run("scan", "--workers", workers, given=content), "<stdin>"),
    ):
        assert (ended.code, ended.output, ended.errors.count("\n")) == (3, b"", 1)
        assert all(word in ended.errors for word in (place, named, "UTF-8"))


def without_input(profile: Profile, *arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-W", "error", "-m", "moderator_app", "--profile", profile.folder, "scan", *arguments]
    closed = ["sh", "-c", 'exec "$@" <&-', "sh", *command]
    return subprocess.run(closed, capture_output=True, env=ENVIRONMENT, timeout=60, check=False)


def test_a_closed_input_is_refused_in_a_line(profile: Profile) -> None:
    ended = without_input(profile)
    assert (ended.returncode, ended.stdout, ended.stderr.count(b"\n")) == (3, b"", 1)
    assert b"standard input is closed" in ended.stderr


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_file_is_judged_though_the_input_is_closed(profile: Profile, everything: Path, workers: str) -> None:
    ended = without_input(profile, everything, "--workers", workers)
    assert (ended.returncode, ended.stderr) == (0, b"")
    assert len(ended.stdout.splitlines()) == len(LINES)


class Torn:
    """A file on a disk that dies after two lines."""

    name = "torn"

    def __init__(self) -> None:
        self.left = [LINES[0] + b"\n"] * 2

    def readline(self, _size: int) -> bytes:
        if not self.left:
            raise OSError(5, "Input/output error")
        return self.left.pop()


def test_a_file_that_breaks_off_is_judged_up_to_there() -> None:
    chunks = scan._chunks(cast(BinaryIO, Torn()))
    assert len(next(chunks)) == 2
    with pytest.raises(Unreadable):
        next(chunks)


# Nobody answers there, and says so at once.
NOWHERE = {
    "MODERATOR_TELEGRAM_SERVER": "127.0.0.1:9",
    "MODERATOR_VK_API": "http://127.0.0.1:9",
    "OPENAI_BASE_URL": "http://127.0.0.1:9",
}


def test_commands_for_machines_without_a_screen_import_no_qt(profile: Profile, chat: Path) -> None:
    loaded = (
        "import sys\n"
        "from moderator_app.cli import main\n"
        "sys.stdin.close()\n"
        "code = main(sys.argv[1:])\n"
        "names = ('PySide6', 'qasync', 'pyqtgraph', 'qtawesome')\n"
        "sys.stderr.write(','.join(name for name in names if name in sys.modules))\n"
    )
    for arguments in (["import", str(chat)], ["scan", str(chat)], ["queue"], ["doctor"]):
        command = [sys.executable, "-c", loaded, "--profile", str(profile.folder), *arguments]
        ended = subprocess.run(command, capture_output=True, check=False, env=ENVIRONMENT | NOWHERE)
        assert ended.stderr == b"", arguments


def test_the_queue_of_an_empty_profile_starts_without_what_it_does_not_need(profile: Profile) -> None:
    loaded = (
        "import sys\n"
        "from moderator_app.cli import main\n"
        "main(sys.argv[1:])\n"
        "heavy = ('openai', 'telethon', 'vk_api', 'alembic', 'pyqtgraph', 'sklearn', 'keyring', 'babel.numbers')\n"
        "print(','.join(name for name in heavy if name in sys.modules))\n"
    )
    command = [sys.executable, "-c", loaded, "--profile", str(profile.folder), "queue"]
    assert subprocess.run(command, capture_output=True, check=True).stdout == b"\n"


def test_long_lines_are_not_held_by_the_hundred() -> None:
    text = b'{"id": 1, "text": "' + b"x" * 400_000 + b'"}\n'
    chunks = list(scan._chunks(BytesIO(text * 10)))
    assert [len(chunk) for chunk in chunks] == [3, 3, 3, 1]
