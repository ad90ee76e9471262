"""The accounts are listed beside the settings, which stay as they are; never a secret."""

import json
from pathlib import Path
from typing import Any

import pytest

from moderator_app import account_list, settings
from moderator_app.domain.accounts import Account
from moderator_app.domain.errors import Unreadable
from moderator_app.domain.message import Platform
from moderator_app.settings import Settings

ANNA = Account(Platform.TELEGRAM, "501", "Анна", "+79•••42")
BORIS = Account(Platform.TELEGRAM, "502", "Борис", read_only=True)


def test_without_a_file_there_are_none(tmp_path: Path) -> None:
    assert account_list.load(tmp_path / "settings.json", Platform.TELEGRAM) == ()


def test_accounts_are_read_back_in_their_order(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    account_list.save([BORIS, ANNA], path, Platform.TELEGRAM)
    assert account_list.load(path, Platform.TELEGRAM) == (BORIS, ANNA)
    assert account_list.load(path, Platform.VK) == ()


def test_settings_and_accounts_leave_each_other_alone(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    chosen = settings.with_value(Settings(), "telegram.server", "127.0.0.1:443")
    settings.save(chosen, path)
    account_list.save([ANNA], path, Platform.TELEGRAM)
    assert settings.load(path) == chosen
    settings.save(chosen, path)
    assert account_list.load(path, Platform.TELEGRAM) == (ANNA,)


@pytest.mark.parametrize(
    "written", ["Анна", 5, ["501"], [{}], [{"id": ""}], [{"id": 501}], [{"id": "1", "read_only": 0}], {"id": "501"}]
)
def test_a_list_that_is_none_is_told(tmp_path: Path, written: Any) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"telegram": {"accounts": written}}))
    with pytest.raises(Unreadable) as caught:
        account_list.load(path, Platform.TELEGRAM)
    assert caught.value.parameters["key"] == "telegram.accounts"
