"""The accounts that are signed in, kept in `settings.json` beside the settings; their sessions lie in the keyring."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from moderator_app import json_file
from moderator_app.domain.accounts import Account
from moderator_app.domain.errors import Unreadable
from moderator_app.domain.message import Platform

_FIELDS = {"id": str, "name": str, "phone": str, "read_only": bool}


def load(path: Path, platform: Platform) -> tuple[Account, ...]:
    """In the order in which they were signed in. Raises Unreadable."""
    try:
        found = json_file.find(json_file.read(path), _key(platform))
        return tuple(_account(record, platform) for record in found or ())
    except (TypeError, ValueError) as error:
        key, allowed = _key(platform), '[{"id": "...", "name": "...", "phone": "...", "read_only": false}]'
        raise Unreadable("settings.wrong_in_file", path=str(path), key=key, value="...", allowed=allowed) from error


def save(accounts: Iterable[Account], path: Path, platform: Platform) -> None:
    """Write the accounts of `platform`, leaving all else in the file. Raises Unreadable, Refused."""
    tree = json_file.read(path)
    records = [{name: getattr(account, name) for name in _FIELDS} for account in accounts]
    json_file.put(tree, _key(platform), records)
    json_file.write(path, tree)


def _key(platform: Platform) -> str:
    return f"{platform.value}.accounts"


def _account(record: Any, platform: Platform) -> Account:
    if type(record) is not dict or not record.get("id"):
        raise ValueError
    fields = {name: record.get(name, kind()) for name, kind in _FIELDS.items()}
    if any(type(value) is not _FIELDS[name] for name, value in fields.items()):
        raise ValueError
    return Account(platform, **fields)
