"""Tokens, keys and sessions: the environment's for this run, otherwise the system keyring's."""

from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from moderator_app import log
from moderator_app.domain.errors import ModeratorError, Refused

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "moderator-app"


class Secret(StrEnum):
    """What can be kept; the value is its name in the keyring."""

    TELEGRAM_API_ID = "telegram.api_id"
    TELEGRAM_API_HASH = "telegram.api_hash"
    TELEGRAM_PROXY_SECRET = "telegram.proxy_secret"
    TELEGRAM_SESSION = "telegram.session"
    VK_COMMUNITY_TOKEN = "vk.community_token"
    VK_USER_TOKEN = "vk.user_token"
    VK_PROXY_SECRET = "vk.proxy_secret"
    OPENAI_KEY = "openai.key"


ENVIRONMENT: Mapping[str, Secret] = {
    "MODERATOR_TELEGRAM_API_ID": Secret.TELEGRAM_API_ID,
    "MODERATOR_TELEGRAM_API_HASH": Secret.TELEGRAM_API_HASH,
    "MODERATOR_TELEGRAM_PROXY_SECRET": Secret.TELEGRAM_PROXY_SECRET,
    "MODERATOR_TELEGRAM_SESSION": Secret.TELEGRAM_SESSION,
    "MODERATOR_VK_COMMUNITY_TOKEN": Secret.VK_COMMUNITY_TOKEN,
    "MODERATOR_VK_USER_TOKEN": Secret.VK_USER_TOKEN,
    "MODERATOR_VK_PROXY_SECRET": Secret.VK_PROXY_SECRET,
    "OPENAI_API_KEY": Secret.OPENAI_KEY,
}


class Credentials:
    """The secrets of one profile. Every call may ask the desktop's keyring and wait for it: not for a Qt thread."""

    def __init__(self, given: Mapping[Secret, str] | None = None, service: str = SERVICE) -> None:
        """`given` wins over the keyring and is never stored; `service` keeps profiles apart."""
        self._given = dict(given or {})
        self._service = service
        for value in self._given.values():
            log.mask(value)

    @classmethod
    def taken_from(cls, environment: MutableMapping[str, str], service: str = SERVICE) -> Self:
        """Move the secrets out of the environment, so that no child process inherits them."""
        taken = {secret: environment.pop(name, "").strip() for name, secret in ENVIRONMENT.items()}
        return cls({secret: value for secret, value in taken.items() if value}, service)

    def get(self, secret: Secret, account: str = "") -> str | None:
        """The secret, None where there is none or nothing that could keep one. Raises Refused: keyring locked.

        `account` names one of several whose secret it is; what the environment gives is nobody's in particular.
        """
        if not account and secret in self._given:
            return self._given[secret]
        try:
            keyring = _keyring()
        except Refused:
            return None
        with _translated():
            value = keyring.get_password(self._service, _name(secret, account))
        if value is not None:
            log.mask(value)
        return value

    def is_given(self, secret: Secret) -> bool:
        """Whether the secret came from the environment and lasts for this run only."""
        return secret in self._given

    def store(self, secret: Secret, value: str, account: str = "") -> None:
        """Keep the secret in the keyring. Raises Refused."""
        log.mask(value)
        with _translated():
            _keyring().set_password(self._service, _name(secret, account), value)

    def forget(self, secret: Secret, account: str = "") -> None:
        """Take the secret out of the keyring; nothing happens where there is none. Raises Refused."""
        keyring = _keyring()
        name = _name(secret, account)
        with _translated():
            if keyring.get_password(self._service, name) is not None:
                keyring.delete_password(self._service, name)


def _name(secret: Secret, account: str) -> str:
    return f"{secret.value}:{account}" if account else secret.value


def keyring_name() -> str:
    """The name of the keyring in use. Raises Refused where there is none that keeps its contents encrypted."""
    return str(_keyring().name)


def _keyring() -> "KeyringBackend":
    import keyring

    chosen = keyring.get_keyring()
    # The chainer falls through to whatever is installed, a plain text file included.
    backends: list[KeyringBackend] = list(getattr(chosen, "backends", [chosen]))
    safe = [backend for backend in backends if not _is_none(backend) and not _is_plain(backend)]
    if safe:
        return safe[0]
    if any(_is_plain(backend) for backend in backends):
        raise Refused("credentials.plain_text")
    raise Refused("credentials.no_keyring")


def _is_none(backend: "KeyringBackend") -> bool:
    return type(backend).__module__ in ("keyring.backends.fail", "keyring.backends.null")


def _is_plain(backend: "KeyringBackend") -> bool:
    """keyrings.alt keeps passwords in plain files unless a class of it says that it encrypts."""
    names = [f"{kind.__module__}.{kind.__qualname__}" for kind in type(backend).__mro__]
    return any("plain" in name.lower() for name in names) or (
        names[0].startswith("keyrings.alt.") and "Encrypted" not in names[0]
    )


@contextmanager
def _translated() -> Iterator[None]:
    from keyring.errors import KeyringLocked

    try:
        yield
    except ModeratorError:
        raise
    except KeyringLocked as error:
        raise Refused("credentials.locked") from error
    except Exception as error:
        # Backends let through whatever their desktop throws: D-Bus errors, AttributeErrors, OSErrors.
        raise Refused("credentials.failed", reason=type(error).__name__) from error
