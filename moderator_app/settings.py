"""Settings of this machine, kept in `settings.json`; never a secret.

A key is dotted as the dataclasses are nested: `ai.budget.requests_per_day`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from moderator_app import json_file
from moderator_app.domain.errors import Refused, Unreadable
from moderator_app.setting_values import Value, address, allowed, checked, from_text, number, web_address, words


class Language(StrEnum):
    OF_MACHINE = ""
    RUSSIAN = "ru"
    ENGLISH = "en"


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Veil(StrEnum):
    """How pictures look before somebody turns to them."""

    NONE = "none"
    BLUR = "blur"
    GREYSCALE = "greyscale"


class Density(StrEnum):
    """How high the rows of the queue are."""

    COMPACT = "compact"
    NORMAL = "normal"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class Appearance:
    """`font_percent` of the system's size of letters. `mask`: profanity in rows is covered until one has the focus."""

    language: Language = Language.OF_MACHINE
    theme: Theme = Theme.SYSTEM
    blur: Veil = Veil.NONE
    density: Density = Density.NORMAL
    font_percent: int = number(100, 80, 200)
    mask: bool = False


@dataclass(frozen=True, slots=True)
class Care:
    """After so many minutes of work a rest is suggested; 0 for never."""

    break_minutes: int = number(0, 0, 480)


@dataclass(frozen=True, slots=True)
class Keys:
    """`own`: keys that lie elsewhere than usual. Not `single`: only those with Ctrl are heard, and Esc."""

    own: str = address("", r"[^\x00-\x1f]{0,4000}", "COMMAND=KEY ...")
    single: bool = True


@dataclass(frozen=True, slots=True)
class Notifications:
    """What is told outside the window, of messages with a score of `threshold` (0-100) and more.

    `show_text`: with the beginning of the message. Between the two times of day nothing is told, where it is `quiet`.
    """

    tray: bool = True
    desktop: bool = False
    sound: bool = False
    threshold: int = number(80, 0, 100)
    show_text: bool = False
    quiet: bool = False
    quiet_from: str = address("22:00", r"([01]\d|2[0-3]):[0-5]\d", "HH:MM")
    quiet_to: str = address("08:00", r"([01]\d|2[0-3]):[0-5]\d", "HH:MM")


@dataclass(frozen=True, slots=True)
class Review:
    """`confirm_over`: the most messages that a decision reaches without being asked again."""

    grace_seconds: int = number(5, 0, 30)
    confirm_over: int = number(20, 1, 100_000)


@dataclass(frozen=True, slots=True)
class Warnings:
    """What a warning says to a member, by the language of the community; one text a line, the first by default.

    `{level}` is the member's violation, counted; `[...{mute}...]` and `[...{ban}...]` tell of a step to come.
    """

    ru: str = words(
        "Это предупреждение модератора: пожалуйста, соблюдайте правила чата. Нарушений: {level}[, на {mute}-м — запрет"
        " писать][, на {ban}-м — бан].\n"
        "Реклама здесь запрещена. Нарушений: {level}[, на {mute}-м — запрет писать][, на {ban}-м — бан].\n"
        "Пожалуйста, без мата. Нарушений: {level}[, на {mute}-м — запрет писать][, на {ban}-м — бан].\n"
        "Пожалуйста, без оскорблений. Нарушений: {level}[, на {mute}-м — запрет писать][, на {ban}-м — бан].\n"
        "Это не по теме чата. Нарушений: {level}[, на {mute}-м — запрет писать][, на {ban}-м — бан].\n"
        "Пожалуйста, не повторяйте одно и то же. Нарушений: {level}[, на {mute}-м — запрет писать][, на {ban}-м — бан]."
    )
    en: str = words(
        "This is a warning from a moderator: please keep to the rules of this chat. Violations: {level}[, a mute at"
        " {mute}][, a ban at {ban}].\n"
        "Advertising is not allowed here. Violations: {level}[, a mute at {mute}][, a ban at {ban}].\n"
        "Please do not swear. Violations: {level}[, a mute at {mute}][, a ban at {ban}].\n"
        "Please do not insult others. Violations: {level}[, a mute at {mute}][, a ban at {ban}].\n"
        "This is off topic here. Violations: {level}[, a mute at {mute}][, a ban at {ban}].\n"
        "Please do not repeat yourself. Violations: {level}[, a mute at {mute}][, a ban at {ban}]."
    )


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a moderator decided, as chosen by a digit; one a line, in the language of the window."""

    ru: str = words("Спам\nРеклама\nМошенничество\nМат\nОскорбление\nВражда\nНе по теме\nФлуд\nДругое")
    en: str = words("Spam\nAdvertising\nFraud\nProfanity\nInsult\nHate\nOff topic\nFlood\nOther")


@dataclass(frozen=True, slots=True)
class Reading:
    """How far the first look into a chat goes back."""

    first_days: int = number(7, 0, 3650)
    first_messages: int = number(2000, 0, 1_000_000)


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that AI may use, of all communities together; money in US dollars by the price table."""

    requests_per_day: int = number(200, 0, 1_000_000)
    requests_per_month: int = number(6_000, 0, 30_000_000)
    tokens_per_day: int = number(1_000_000, 0, 1_000_000_000)
    tokens_per_month: int = number(20_000_000, 0, 30_000_000_000)
    money_per_day: float = number(2.0, 0.0, 10_000.0)
    money_per_month: float = number(20.0, 0.0, 100_000.0)


@dataclass(frozen=True, slots=True)
class Ai:
    """What of AI is not each community's own."""

    budget: Budget = field(default_factory=Budget)


@dataclass(frozen=True, slots=True)
class OpenAi:
    """Empty, `moderation_model` has the chat model tell toxicity, too, and `reasoning_effort` is not sent.

    `guidance` is what admins add to the prompt. `prices`: US dollars for a million tokens read, read from the
    provider's cache, and written, for each model.
    """

    base_url: str = web_address("https://api.openai.com/v1")
    model: str = address("gpt-5.4-mini", r"\S{1,100}", "MODEL")
    moderation_model: str = address("omni-moderation-latest", r"\S{0,100}", "MODEL")
    reasoning_effort: str = address("", r"|none|minimal|low|medium|high", "none | minimal | low | medium | high")
    guidance: str = address("", r"(?s).{0,2000}", '"..."')
    prices: str = address(
        "gpt-5.4-mini=0.75/0.075/4.5 gpt-5.4-nano=0.2/0.02/1.25",
        r"\s*(\S+=\d{1,5}(\.\d{1,6})?(/\d{1,5}(\.\d{1,6})?){2}\s*)*",
        "MODEL=READ/CACHED/WRITTEN ...",
    )


@dataclass(frozen=True, slots=True)
class Telegram:
    """Empty for Telegram's own servers; else `host:port` and a PEM file with the key of that server.

    What the proxy wants to know of its user is a secret and no setting. An account sends no more than
    `actions_per_minute` requests that change something.
    """

    server: str = address("", r"([^\s:/@]+:\d{1,5})?", "HOST:PORT")
    public_key: str = ""
    proxy: str = address("", r"((socks5|http|mtproxy)://[^\s:/@]+:\d{1,5})?", "socks5|http|mtproxy://HOST:PORT")
    actions_per_minute: int = number(30, 1, 600)


@dataclass(frozen=True, slots=True)
class Vk:
    """`write_gap`: seconds between two writes. No more than `bans_per_day` leave a community's tokens in a day.

    What the proxy wants to know of its user is a secret and no setting.
    """

    api: str = web_address("https://api.vk.ru")
    proxy: str = address("", r"((socks5|http)://[^\s:/@]+:\d{1,5})?", "socks5|http://HOST:PORT")
    write_gap: float = number(1.0, 0.0, 60.0)
    bans_per_day: int = number(200, 0, 100_000)


@dataclass(frozen=True, slots=True)
class Settings:
    appearance: Appearance = field(default_factory=Appearance)
    care: Care = field(default_factory=Care)
    keys: Keys = field(default_factory=Keys)
    notifications: Notifications = field(default_factory=Notifications)
    review: Review = field(default_factory=Review)
    warnings: Warnings = field(default_factory=Warnings)
    reasons: Reasons = field(default_factory=Reasons)
    reading: Reading = field(default_factory=Reading)
    ai: Ai = field(default_factory=Ai)
    openai: OpenAi = field(default_factory=OpenAi)
    telegram: Telegram = field(default_factory=Telegram)
    vk: Vk = field(default_factory=Vk)


# Addresses that a test or a self-hosted set-up gives for one run.
ENVIRONMENT: Mapping[str, str] = {
    "MODERATOR_TELEGRAM_SERVER": "telegram.server",
    "MODERATOR_TELEGRAM_PUBLIC_KEY": "telegram.public_key",
    "MODERATOR_TELEGRAM_PROXY": "telegram.proxy",
    "MODERATOR_VK_API": "vk.api",
    "MODERATOR_VK_PROXY": "vk.proxy",
    "MODERATOR_VK_WRITE_GAP": "vk.write_gap",
    "OPENAI_BASE_URL": "openai.base_url",
}

_SECRET_NAME = re.compile(r"token|secret|passw|session|hash|(^|[._-])key|api_id", re.IGNORECASE)
_SECRET_VALUE = re.compile(r"vk1\.a\.|\bsk-[\w-]{8}|\b1[\w-]{300}")


def load(path: Path) -> Settings:
    """The settings kept in `path`; the defaults where there is no file. Raises Unreadable."""
    tree = json_file.read(path)
    settings = Settings()
    for key, kind, declared in _declared(settings):
        try:
            value = json_file.find(tree, key)
            if value is not None:
                settings = _with(settings, key, checked(value, kind, declared.metadata))
        except ValueError as error:
            raise _wrong(path, key, error.args[0], allowed(kind, declared.metadata)) from None
    return settings


def save(settings: Settings, path: Path) -> None:
    """Write the settings, leaving keys of other versions as they are. Raises Unreadable, Refused."""
    tree = json_file.read(path)
    for key, value in show(settings).items():
        json_file.put(tree, key, value)
    json_file.write(path, tree)


def show(settings: Settings) -> dict[str, Value]:
    """Every setting under its dotted key."""
    return {key: _value(settings, key) for key, _, _ in _declared(settings)}


def with_value(settings: Settings, key: str, text: str) -> Settings:
    """The settings with `key` set to what `text` says. Raises Refused: an unknown key, a wrong value, a secret."""
    found = {name: (kind, declared.metadata) for name, kind, declared in _declared(settings)}
    if (key not in found and _SECRET_NAME.search(key)) or _SECRET_VALUE.search(text):
        raise Refused("settings.secret", key=key)
    if key not in found:
        raise Refused("settings.unknown_key", key=key, known=", ".join(found))
    try:
        changed: Settings = _with(settings, key, from_text(text, *found[key]))
    except ValueError:
        raise Refused("settings.wrong_value", key=key, value=text[:60], allowed=allowed(*found[key])) from None
    return changed


def for_this_run(settings: Settings, environment: Mapping[str, str]) -> Settings:
    """The settings with the addresses that the environment gives; not to be saved. Raises Refused."""
    for name, key in ENVIRONMENT.items():
        if environment.get(name):
            settings = with_value(settings, key, environment[name])
    return settings


def _wrong(path: Path, key: str, value: object, allowed: str) -> Unreadable:
    shown = json.dumps(value)[:60]
    return Unreadable("settings.wrong_in_file", path=str(path), key=key, value=shown, allowed=allowed)


def _declared(group: Any, prefix: str = "") -> Iterator[tuple[str, type, Field[Any]]]:
    for declared in fields(group):
        value = getattr(group, declared.name)
        if is_dataclass(value):
            yield from _declared(value, f"{prefix}{declared.name}.")
        else:
            yield prefix + declared.name, type(value), declared


def _value(settings: Settings, key: str) -> Value:
    group: Any = settings
    for name in key.split("."):
        group = getattr(group, name)
    return group.value if isinstance(group, StrEnum) else group


def _with(group: Any, key: str, value: Value) -> Any:
    name, _, rest = key.partition(".")
    return replace(group, **{name: _with(getattr(group, name), rest, value) if rest else value})
