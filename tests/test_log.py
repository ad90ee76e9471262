"""The log is private and holds no secrets."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from moderator_app import log
from moderator_app.private_files import rights


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Path]:
    level = logging.getLogger().level
    handler = log.start(tmp_path)
    yield tmp_path / "log.txt"
    log.stop(handler)
    logging.getLogger().setLevel(level)


@pytest.mark.parametrize(
    "secret",
    [
        "vk1.a.Abc-123_xyz",
        "sk-proj-abcDEF123456",
        "123456789:AAabcdefghijklmnopqrstuvwxyz0123456",
        "1" + "aB3_-" * 70 + "=",
        "0123456789abcdef0123456789abcdef",
    ],
)
def test_what_looks_like_a_secret_is_masked(secret: str, logged: Path) -> None:
    logging.getLogger("test").warning("refused: %s!", secret)
    assert secret not in logged.read_text(encoding="utf-8")
    assert "refused: •••!" in logged.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("GET /method/wall.get?access_token=abc&v=5.199", "GET /method/wall.get?access_token=•••&v=5.199"),
        ('{"api_hash": "abc", "id": 7}', '{"api_hash": "•••", "id": 7}'),
        ("Authorization: Bearer abc.def", "Authorization: Bearer •••"),
        ("[parameters: ('text of a message', 1)]", "[parameters: •••]"),
        ("tokens 12, message 34, sk-1", "tokens 12, message 34, sk-1"),
    ],
)
def test_named_secrets_are_masked_and_the_rest_stays(line: str, kept: str) -> None:
    assert log.masked(line) == kept


def test_registered_secrets_are_masked_in_tracebacks_too(logged: Path) -> None:
    log.mask("correct horse")
    log.mask("correct horse battery")
    log.mask("42")
    try:
        raise RuntimeError("bad answer to correct horse battery in 42 s")
    except RuntimeError:
        logging.getLogger("test").exception("it failed")
    text = logged.read_text(encoding="utf-8")
    assert "bad answer to ••• in 42 s" in text
    assert "horse" not in text


def test_the_log_rotates_and_every_file_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "_FILE_BYTES", 200)
    handler = log.start(tmp_path)
    for number in range(20):
        # Handed over directly: a test report cannot carry a lone surrogate to another process.
        handler.handle(logging.makeLogRecord({"msg": "line %d with a lone surrogate \ud800", "args": (number,)}))
    log.stop(handler)
    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["log.txt", "log.txt.1", "log.txt.2", "log.txt.3"]
    assert {rights(path) for path in tmp_path.iterdir()} == {0o600}


def test_libraries_that_log_messages_are_kept_quiet(logged: Path) -> None:
    for library in ("telethon.network", "openai._base_client", "httpx", "sqlalchemy.engine"):
        logging.getLogger(library).info("text of a message")
        logging.getLogger(library).debug("text of a message")
    assert logged.read_text(encoding="utf-8") == ""


def test_a_log_that_cannot_be_written_warns_on_stderr(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    level = logging.getLogger().level
    (tmp_path / "log.txt").mkdir()
    handler = log.start(tmp_path)
    logging.getLogger("test").info("of no account")
    logging.getLogger("test").warning("token=abcdef refused")
    log.stop(handler)
    logging.getLogger().setLevel(level)
    said = capsys.readouterr().err
    assert "token=••• refused" in said
    assert "of no account" not in said
