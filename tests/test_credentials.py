"""Secrets come from the environment or from a keyring that encrypts."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from moderator_app import credentials, log
from moderator_app.credentials import Credentials, Secret
from moderator_app.domain.errors import Refused
from tests.keyrings import MemoryKeyring

FAILING: KeyringBackend = fail.Keyring()  # type: ignore[no-untyped-call]
NONE: KeyringBackend = null.Keyring()  # type: ignore[no-untyped-call]


class PlaintextKeyring(MemoryKeyring):
    """Like the one of keyrings.alt, which a desktop without a keyring may have."""


class LockedKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise OSError("bus gone, secret was " + password)


class Chain(MemoryKeyring):
    def __init__(self, *backends: KeyringBackend) -> None:
        super().__init__()
        self.backends = backends


@pytest.fixture(autouse=True)
def _keyring_afterwards() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def safe() -> MemoryKeyring:
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    return backend


def test_a_stored_secret_is_read_back_and_forgotten(safe: MemoryKeyring) -> None:
    Credentials().store(Secret.VK_USER_TOKEN, "kept secret")
    assert Credentials().get(Secret.VK_USER_TOKEN) == "kept secret"
    assert log.masked("a kept secret") == "a •••"
    for _ in range(2):
        Credentials().forget(Secret.VK_USER_TOKEN)
    assert Credentials().get(Secret.VK_USER_TOKEN) is None


def test_profiles_are_kept_apart(safe: MemoryKeyring) -> None:
    Credentials(service="one").store(Secret.OPENAI_KEY, "first key")
    assert Credentials(service="two").get(Secret.OPENAI_KEY) is None


def test_the_environment_wins_and_is_emptied_and_nothing_is_stored(safe: MemoryKeyring) -> None:
    Credentials().store(Secret.OPENAI_KEY, "the stored one")
    environment = {"OPENAI_API_KEY": " the given one\n", "MODERATOR_VK_USER_TOKEN": "", "PATH": "/bin"}
    taken = Credentials.taken_from(environment)
    assert environment == {"PATH": "/bin"}
    assert taken.get(Secret.OPENAI_KEY) == "the given one"
    assert (taken.is_given(Secret.OPENAI_KEY), taken.is_given(Secret.VK_USER_TOKEN)) == (True, False)
    assert log.masked("the given one") == "•••"
    assert list(safe.kept.values()) == ["the stored one"]


def test_several_accounts_have_a_secret_each(safe: MemoryKeyring) -> None:
    kept = Credentials({Secret.TELEGRAM_SESSION: "of the environment"})
    for account in ("501", "502"):
        kept.store(Secret.TELEGRAM_SESSION, f"session of {account}", account)
    kept.forget(Secret.TELEGRAM_SESSION, "501")
    found = [kept.get(Secret.TELEGRAM_SESSION, account) for account in ("", "501", "502")]
    assert found == ["of the environment", None, "session of 502"]
    assert log.masked("session of 502") == "•••"


def test_every_secret_can_come_from_the_environment() -> None:
    assert set(credentials.ENVIRONMENT.values()) == set(Secret)


@pytest.mark.parametrize("backend", [PlaintextKeyring(), Chain(PlaintextKeyring(), FAILING)])
def test_a_keyring_in_plain_text_is_refused(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)
    with pytest.raises(Refused, match="plain_text"):
        Credentials().store(Secret.OPENAI_KEY, "a secret key")
    assert Credentials().get(Secret.OPENAI_KEY) is None


@pytest.mark.parametrize("backend", [FAILING, NONE, Chain()])
def test_without_a_keyring_nothing_is_stored_and_nothing_found(backend: KeyringBackend) -> None:
    keyring.set_keyring(backend)
    with pytest.raises(Refused, match="no_keyring"):
        Credentials().store(Secret.OPENAI_KEY, "a secret key")
    with pytest.raises(Refused, match="no_keyring"):
        credentials.keyring_name()
    assert Credentials().get(Secret.OPENAI_KEY) is None


def test_a_chain_uses_its_encrypting_keyring_only() -> None:
    plain, safe = PlaintextKeyring(), MemoryKeyring()
    keyring.set_keyring(Chain(plain, safe))
    Credentials().store(Secret.OPENAI_KEY, "a secret key")
    assert (len(plain.kept), len(safe.kept)) == (0, 1)


def test_a_locked_or_failing_keyring_is_an_error_of_the_world() -> None:
    keyring.set_keyring(LockedKeyring())
    with pytest.raises(Refused, match="locked"):
        Credentials().get(Secret.OPENAI_KEY)
    with pytest.raises(Refused, match=r"failed\(reason=OSError\)"):
        Credentials().store(Secret.OPENAI_KEY, "a secret key")
