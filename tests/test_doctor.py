"""The doctor finds what is wrong with a machine and says what to do."""

import multiprocessing.spawn
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import null

from moderator_app import account_list, doctor, reachability
from moderator_app.credentials import Credentials, Secret
from moderator_app.doctor import Check, Patient, State
from moderator_app.domain.accounts import Account
from moderator_app.domain.errors import Unreadable
from moderator_app.domain.message import Platform
from moderator_app.settings import Settings
from moderator_app.ui import trial
from tests.keyrings import in_memory

NONE: KeyringBackend = null.Keyring()  # type: ignore[no-untyped-call]


@pytest.fixture(autouse=True)
def _bare_machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(NONE)
    yield
    keyring.set_keyring(before)


@pytest.fixture
def listening() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"


@pytest.fixture
def silent() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return f"127.0.0.1:{server.getsockname()[1]}"


def test_a_healthy_machine_passes_every_check(tmp_path: Path, listening: str) -> None:
    checks = _examine(tmp_path, listening)
    assert [name for name, check in checks.items() if check.state is State.FAIL] == []
    assert list(checks) == [
        *("qt", "fonts", "rights", "disk", "database", "settings", "keyring"),
        *("account.telegram", "account.vk", "account.openai"),
        *("address.telegram", "address.vk", "address.openai"),
    ]
    assert all(check.remedy for check in checks.values() if check.state is not State.OK)


def test_a_qt_that_does_not_start_is_told_with_its_own_words(
    tmp_path: Path, listening: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "nowhere")
    check = _examine(tmp_path, listening)["qt"]
    assert check.state is State.FAIL
    assert "nowhere" in check.sentence


def test_a_qt_that_says_nothing_is_told_by_how_it_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    # As for a user to whom the folder of Python is closed.
    monkeypatch.setattr(multiprocessing.spawn, "_python_exe", b"")
    assert trial.run().complaint == "the process ended with code 255 and without a word"
    monkeypatch.setattr(sys, "executable", "")
    assert "path cannot be found out" in trial.run().complaint


def test_without_a_screen_the_ways_to_see_the_window_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    check, _ = doctor._window()
    assert check.state is State.WARN
    assert "vnc" in check.remedy
    assert trial.run().platform == "offscreen"


def test_qt_stays_out_of_the_doctors_own_process() -> None:
    program = (
        "import sys; from moderator_app import doctor; checks = list(doctor._window());"
        "print(checks[0].state, [name for name in sys.modules if name.startswith('PySide')])"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip().endswith("[]")
    assert not run.stdout.startswith("fail")


def test_a_profile_open_to_others_is_told(tmp_path: Path, listening: str) -> None:
    (tmp_path / "moderator.db").touch()
    (tmp_path / "moderator.db").chmod(0o644)
    check = _examine(tmp_path, listening)["rights"]
    assert (check.state, check.remedy) == (State.FAIL, f"Close it: chmod -R go-rwx {tmp_path}")
    assert "moderator.db" in check.sentence


def test_a_full_disk_is_told(tmp_path: Path, listening: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_NO_DISK", 10**18)
    monkeypatch.setattr(doctor, "_LITTLE_DISK", 10**18)
    assert _examine(tmp_path, listening)["disk"].state is State.FAIL


@pytest.mark.parametrize(
    ("found", "state"), [(None, State.OK), ("0002", State.OK), ("0001", State.WARN)], ids=["none", "newest", "older"]
)
def test_the_version_of_the_database_is_told(found: str | None, state: State) -> None:
    assert doctor._database(lambda: (found, "0002")).state is state


def test_a_database_that_cannot_be_read_is_told() -> None:
    def look() -> tuple[str | None, str]:
        raise Unreadable("files.not_read", path="/srv/moderator.db", reason="damaged")

    check = doctor._database(look)
    assert check.state is State.FAIL
    assert check.sentence.startswith("/srv/moderator.db cannot be read: damaged.")


def test_settings_that_cannot_be_read_are_told_and_the_defaults_taken(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text("{")
    check, run = doctor._settings(_patient(tmp_path, {}))
    assert check.state is State.FAIL
    assert "settings.json, line 1" in check.sentence
    assert run == Settings()


def test_accounts_of_the_environment_are_told_apart(tmp_path: Path, listening: str) -> None:
    given = Credentials({Secret.VK_COMMUNITY_TOKEN: "token of the environment"})
    checks = _examine(tmp_path, listening, given)
    assert checks["account.vk"].state is State.OK
    assert "environment" in checks["account.vk"].sentence
    in_environment = "To sign in for one run, set in its environment: OPENAI_API_KEY"
    assert checks["account.openai"].remedy == f"Sign in: moderator-app login openai. {in_environment}"
    assert checks["account.telegram"].remedy.endswith(
        "_API_ID, MODERATOR_TELEGRAM_API_HASH, MODERATOR_TELEGRAM_SESSION"
    )


def test_listed_accounts_are_named_and_lost_sessions_told(tmp_path: Path, listening: str) -> None:
    anna, boris = (Account(Platform.TELEGRAM, id, name) for id, name in (("501", "Anna"), ("502", "Boris")))
    account_list.save([anna, boris], tmp_path / "settings.json", Platform.TELEGRAM)
    kept = Credentials()
    with in_memory():
        for account in (anna, boris):
            kept.store(Secret.TELEGRAM_SESSION, f"session {account.id}", account.id)
        assert _account(tmp_path, kept).sentence == "telegram: signed in as Anna, Boris."
        kept.forget(Secret.TELEGRAM_SESSION, "502")
        lost = _account(tmp_path, kept)
    assert (lost.state, lost.remedy) == (State.WARN, "Sign in anew: moderator-app login telegram")
    assert "Boris" in lost.sentence
    assert "Anna" not in lost.sentence


def _account(profile: Path, kept: Credentials) -> doctor.Check:
    return next(check for check in doctor._accounts(_patient(profile, {}, kept)) if check.name == "account.telegram")


def test_an_address_that_does_not_answer_is_told(tmp_path: Path, silent: str) -> None:
    check = _examine(tmp_path, silent)["address.vk"]
    assert check.state is State.WARN
    assert silent in check.sentence


def test_a_proxy_is_asked_in_place_of_the_address(listening: str, silent: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("moderator_app.reachability.proxy_bypass", lambda host: False)
    monkeypatch.setenv("http_proxy", f"http://{listening}")
    answer = reachability.ask(f"http://{silent}/v1")
    assert (answer.host, answer.fault) == (listening, "")


def _examine(profile: Path, address: str, credentials: Credentials | None = None) -> dict[str, Check]:
    profile.chmod(0o700)
    environment = {
        "MODERATOR_TELEGRAM_SERVER": address,
        "MODERATOR_VK_API": f"http://{address}",
        "OPENAI_BASE_URL": f"http://{address}/v1",
    }
    return {check.name: check for check in doctor.examine(_patient(profile, environment, credentials))}


def _patient(profile: Path, environment: dict[str, str], credentials: Credentials | None = None) -> Patient:
    settings_file = profile / "settings.json"
    return Patient(profile, settings_file, credentials or Credentials(), lambda: (None, "0001"), environment)
