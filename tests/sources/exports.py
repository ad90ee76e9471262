"""Builders of export files, with defaults for all that a test does not care about."""

import json
from pathlib import Path
from typing import Any

from moderator_app.domain.importing import ImportBatch
from moderator_app.domain.message import Community, CommunityKey, Message, Platform
from moderator_app.sources.export_file import open_export

CHAT = 1234567


def exported(**fields: Any) -> dict[str, Any]:
    """A message as Telegram Desktop writes it; `without` names keys to leave out."""
    without = fields.pop("without", ())
    message = {
        "id": 7,
        "type": "message",
        "date": "2024-01-02T06:04:05",
        "date_unixtime": "1704164645",
        "from": "Анна",
        "from_id": "user501",
        "text": "Всем привет",
        "text_entities": [{"type": "plain", "text": "Всем привет"}],
    } | fields
    return {key: value for key, value in message.items() if key not in without}


def service(**fields: Any) -> dict[str, Any]:
    return exported(type="service", actor="Анна", actor_id="user501", text="", without=("from", "from_id"), **fields)


def chat(*messages: Any, **fields: Any) -> dict[str, Any]:
    return {"name": "Двор", "type": "private_supergroup", "id": CHAT, **fields, "messages": list(messages)}


def write(folder: Path, content: Any, name: str = "result.json", indent: int | None = 1) -> Path:
    """Write `content`, given as an object, as text or as bytes."""
    path = folder / name
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=indent)
        path.write_text(text, encoding="utf-8", newline="")
    return path


def read(path: Path, batch: int = 500) -> ImportBatch:
    """All batches of a file as one."""
    return together(list(open_export(path, batch).batches()))


def together(batches: list[ImportBatch]) -> ImportBatch:
    return ImportBatch(
        messages=tuple(message for batch in batches for message in batch.messages),
        joins=tuple(join for batch in batches for join in batch.joins),
        communities=tuple(community for batch in batches for community in batch.communities),
        unsupported=sum(batch.unsupported for batch in batches),
        errors=tuple(error for batch in batches for error in batch.errors),
        bytes_read=batches[-1].bytes_read if batches else 0,
    )


def read_one(folder: Path, message: dict[str, Any]) -> Message:
    """The only message of an export that holds `message`."""
    found = read(write(folder, chat(message)))
    assert found.errors == ()
    (only,) = found.messages
    return only


def community(name: str = "", key: str = "house") -> Community:
    return Community(CommunityKey(Platform.TELEGRAM, key), name)
