"""Settings are typed, checked, kept whole and never hold a secret."""

import json
from pathlib import Path

import pytest

from moderator_app import settings
from moderator_app.domain.errors import ModeratorError, Refused, Unreadable
from moderator_app.private_files import rights
from moderator_app.settings import Reasons, Settings, Theme, Warnings


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    loaded = settings.load(tmp_path / "settings.json")
    assert loaded == Settings()
    assert settings.show(loaded) == {
        "appearance.language": "",
        "appearance.theme": "system",
        "appearance.blur": "none",
        "appearance.density": "normal",
        "appearance.font_percent": 100,
        "appearance.mask": False,
        "care.break_minutes": 0,
        "keys.own": "",
        "keys.single": True,
        "notifications.tray": True,
        "notifications.desktop": False,
        "notifications.sound": False,
        "notifications.threshold": 80,
        "notifications.show_text": False,
        "notifications.quiet": False,
        "notifications.quiet_from": "22:00",
        "notifications.quiet_to": "08:00",
        "review.grace_seconds": 5,
        "review.confirm_over": 20,
        "warnings.ru": Warnings().ru,
        "warnings.en": Warnings().en,
        "reasons.ru": Reasons().ru,
        "reasons.en": Reasons().en,
        "reading.first_days": 7,
        "reading.first_messages": 2000,
        "ai.budget.requests_per_day": 200,
        "ai.budget.requests_per_month": 6_000,
        "ai.budget.tokens_per_day": 1_000_000,
        "ai.budget.tokens_per_month": 20_000_000,
        "ai.budget.money_per_day": 2.0,
        "ai.budget.money_per_month": 20.0,
        "openai.base_url": "https://api.openai.com/v1",
        "openai.model": "gpt-5.4-mini",
        "openai.moderation_model": "omni-moderation-latest",
        "openai.reasoning_effort": "",
        "openai.guidance": "",
        "openai.prices": "gpt-5.4-mini=0.75/0.075/4.5 gpt-5.4-nano=0.2/0.02/1.25",
        "telegram.server": "",
        "telegram.public_key": "",
        "telegram.proxy": "",
        "telegram.actions_per_minute": 30,
        "vk.api": "https://api.vk.ru",
        "vk.proxy": "",
        "vk.write_gap": 1.0,
        "vk.bans_per_day": 200,
    }


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("appearance.theme", "dark", "dark"),
        ("appearance.language", "", ""),
        ("review.grace_seconds", " 7 ", 7),
        ("review.grace_seconds", "30", 30),
        ("openai.prices", "local=0/0/0", "local=0/0/0"),
        ("openai.moderation_model", "", ""),
        ("ai.budget.requests_per_day", "0", 0),
        ("openai.base_url", "http://127.0.0.1:8080/v1", "http://127.0.0.1:8080/v1"),
        ("telegram.server", "127.0.0.1:443", "127.0.0.1:443"),
        ("telegram.public_key", "/srv/key.pem", "/srv/key.pem"),
        ("vk.write_gap", "0.05", 0.05),
    ],
)
def test_a_value_set_is_there_after_a_restart(key: str, text: str, value: object, tmp_path: Path) -> None:
    settings.save(settings.with_value(Settings(), key, text), tmp_path / "settings.json")
    loaded = settings.load(tmp_path / "settings.json")
    assert settings.show(loaded)[key] == value
    assert loaded == settings.with_value(Settings(), key, text)


@pytest.mark.parametrize(
    ("key", "text", "allowed"),
    [
        ("review.grace_seconds", "31", "0-30"),
        ("review.grace_seconds", "-1", "0-30"),
        ("review.grace_seconds", "soon", "0-30"),
        ("vk.write_gap", "nan", "0-60"),
        ("appearance.theme", "pink", "system | light | dark"),
        ("appearance.language", "de", '"" | ru | en'),
        ("ai.budget.requests_per_day", "maybe", "0-1000000"),
        ("openai.base_url", "ftp://x", "https://HOST"),
        ("openai.base_url", "https://user:password@x", "https://HOST"),
        ("telegram.server", "here", "HOST:PORT"),
        ("appearance.font_percent", "201", "80-200"),
        ("notifications.quiet_from", "24:00", "HH:MM"),
    ],
)
def test_a_wrong_value_is_refused_with_what_is_allowed(key: str, text: str, allowed: str) -> None:
    with pytest.raises(Refused) as refused:
        settings.with_value(Settings(), key, text)
    assert refused.value.text_id == "settings.wrong_value"
    assert str(refused.value.parameters["allowed"]).startswith(allowed)


def test_an_unknown_key_is_refused_with_those_there_are() -> None:
    with pytest.raises(Refused, match=r"settings.unknown_key\(key=ai.temperature, known=appearance.language, "):
        settings.with_value(Settings(), "ai.temperature", "1")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("vk.token", "x"),
        ("openai.key", "x"),
        ("OPENAI_API_KEY", "x"),
        ("telegram.api_hash", "x"),
        ("telegram.session", "x"),
        ("telegram.public_key", "sk-proj-abcdefgh123"),
        ("openai.base_url", "https://x/vk1.a.abc"),
    ],
)
def test_a_secret_is_refused_and_not_repeated(key: str, text: str) -> None:
    with pytest.raises(Refused) as refused:
        settings.with_value(Settings(), key, text)
    assert refused.value.text_id == "settings.secret"
    assert refused.value.parameters == {"key": key}


@pytest.mark.parametrize(
    ("stored", "key", "allowed"),
    [
        ({"review": {"grace_seconds": "5"}}, "review.grace_seconds", "0-30"),
        ({"review": {"grace_seconds": 5.5}}, "review.grace_seconds", "0-30"),
        ({"review": {"grace_seconds": True}}, "review.grace_seconds", "0-30"),
        ({"review": 5}, "review.grace_seconds", "0-30"),
        ({"ai": {"budget": []}}, "ai.budget.requests_per_day", "0-1000000"),
        ({"ai": {"budget": {"money_per_day": "1"}}}, "ai.budget.money_per_day", "0-10000"),
        ({"appearance": {"theme": ["dark"]}}, "appearance.theme", "system | light | dark"),
    ],
)
def test_a_wrong_value_in_the_file_is_named(stored: dict[str, object], key: str, allowed: str, tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(json.dumps(stored))
    with pytest.raises(Unreadable) as unreadable:
        settings.load(tmp_path / "settings.json")
    assert unreadable.value.text_id == "settings.wrong_in_file"
    assert (unreadable.value.parameters["key"], unreadable.value.parameters["allowed"]) == (key, allowed)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"\xff\xfe", b"[" * 100_000, b'{"review": {"grace_seconds": 1' + b"0" * 5000 + b"}}"]
)
def test_a_broken_file_is_named_and_not_overwritten(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(content)
    for attempt in (lambda: settings.load(path), lambda: settings.save(Settings(), path)):
        with pytest.raises(Unreadable, match=r"files.not_json\(path=.*settings.json, line=\d+"):
            attempt()
    assert path.read_bytes() == content


def test_a_folder_instead_of_the_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModeratorError, match=r"files.not_read"):
        settings.load(tmp_path)


def test_choices_are_read_as_choices(tmp_path: Path) -> None:
    settings.save(settings.with_value(Settings(), "appearance.theme", "dark"), tmp_path / "settings.json")
    assert settings.load(tmp_path / "settings.json").appearance.theme is Theme.DARK


def test_a_whole_number_stands_for_a_fraction(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"vk": {"write_gap": 2}}')
    assert settings.load(tmp_path / "settings.json").vk.write_gap == 2.0


def test_keys_of_other_versions_survive(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"future": {"a": 1}, "ai": {"model": "x"}}')
    settings.save(settings.with_value(settings.load(path), "telegram.public_key", "/srv/key.pem"), path)
    stored = json.loads(path.read_text())
    assert stored["future"] == {"a": 1}
    assert stored["ai"]["model"] == "x"
    assert stored["telegram"]["public_key"] == "/srv/key.pem"


def test_the_file_is_private(tmp_path: Path) -> None:
    settings.save(Settings(), tmp_path / "settings.json")
    assert rights(tmp_path / "settings.json") == 0o600
    assert list(tmp_path.iterdir()) == [tmp_path / "settings.json"]


def test_the_environment_gives_addresses_for_the_run() -> None:
    given = {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "MODERATOR_VK_WRITE_GAP": "0", "MODERATOR_VK_API": ""}
    run = settings.for_this_run(Settings(), given)
    assert run.openai.base_url == "http://127.0.0.1:9/v1"
    assert run.vk.write_gap == 0.0
    assert run.vk.api == Settings().vk.api
