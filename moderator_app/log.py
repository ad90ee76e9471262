"""The log of a run: a rotating file in the profile, private, with every secret masked."""

import logging
import re
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from moderator_app.private_files import open_private

_FORMAT = "%(asctime)s %(levelname)-7s %(process)d %(name)s: %(message)s"
_FILE_BYTES = 1_000_000
_OLD_FILES = 3
_MASK = "•••"
# Shorter values would blot out ordinary words and numbers of the log.
_SHORTEST_SECRET = 6

# At their chattier levels these write out requests, and with them people's messages.
_LIBRARIES = ("asyncio", "httpcore", "httpx", "openai", "qasync", "sqlalchemy", "urllib3", "vk_api")
# Writes several lines, tracebacks among them, of each lost connection; what is wrong it also raises.
_LOUD_LIBRARY = "telethon"

_SECRETS = re.compile(
    r"""
    vk1\.a\.[\w-]+                                  # VK access tokens
    | \bsk-[\w-]{8,}                                # OpenAI keys
    | \b\d{6,}:[\w-]{30,}                           # Telegram bot tokens
    | \b1[\w-]{300,}={0,2}                          # Telethon string sessions
    | \b[0-9a-f]{32}\b                              # Telegram API hashes
    | (?<=bearer\s)\S+
    | (?:access_token|api_hash|api_key|client_secret|password|session|token)["']?\s*[=:]\s*["']?(?P<value>[^\s"'&,;)]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# SQLAlchemy appends the bound values, message texts among them, to its errors.
_BOUND_VALUES = re.compile(r"\[parameters: .*")

_masked: set[str] = set()


def start(profile: Path) -> logging.Handler:
    """Write the log of this process to `profile`/log.txt. Close the handler returned at the end of the run.

    Where that file cannot be written, what is graver than a piece of information goes to stderr.
    """
    handler = _file_or_stderr(profile / "log.txt")
    handler.setFormatter(_MaskingFormatter(_FORMAT))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    for library in _LIBRARIES:
        logging.getLogger(library).setLevel(logging.WARNING)
    logging.getLogger(_LOUD_LIBRARY).setLevel(logging.CRITICAL)
    return handler


def _file_or_stderr(path: Path) -> logging.Handler:
    try:
        return _PrivateRotatingFile(
            path, maxBytes=_FILE_BYTES, backupCount=_OLD_FILES, encoding="utf-8", errors="backslashreplace"
        )
    except OSError:
        handler = logging.StreamHandler()
        handler.setLevel(logging.WARNING)
        return handler


def stop(handler: logging.Handler) -> None:
    """The counterpart of `start`."""
    logging.getLogger().removeHandler(handler)
    handler.close()


def mask(secret: str) -> None:
    """Never write `secret` to the log of this run."""
    if len(secret) >= _SHORTEST_SECRET:
        _masked.add(secret)


def masked(text: str) -> str:
    """`text` with everything that is, or looks like, a secret blotted out."""
    for secret in sorted(_masked, key=len, reverse=True):
        text = text.replace(secret, _MASK)
    return _SECRETS.sub(_blot, _BOUND_VALUES.sub(f"[parameters: {_MASK}]", text))


def _blot(match: re.Match[str]) -> str:
    value: str | None = match["value"]
    return _MASK if value is None else match[0][: -len(value)] + _MASK


class _MaskingFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        # After formatting, so that parameters and tracebacks are masked too.
        return masked(super().format(record))


class _PrivateRotatingFile(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        file = open(  # noqa: SIM115 - the handler closes it
            self.baseFilename, self.mode, encoding=self.encoding, errors=self.errors, opener=open_private
        )
        assert isinstance(file, TextIOWrapper)
        return file
