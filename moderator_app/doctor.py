"""Checks of this machine for the command `doctor`, each with what to do about it."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from moderator_app import account_list, credentials, reachability, settings
from moderator_app.credentials import Credentials, Secret
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.message import Platform
from moderator_app.language import _, explain_error, format_number
from moderator_app.private_files import rights
from moderator_app.settings import Settings
from moderator_app.ui import trial

# Telegram's second data centre, where every new client begins.
_TELEGRAM = "149.154.167.51:443"

_MEGABYTE = 1_000_000
_LITTLE_DISK = 1_000 * _MEGABYTE
_NO_DISK = 50 * _MEGABYTE

_ACCOUNTS: Mapping[str, tuple[Secret, ...]] = {
    "telegram": (Secret.TELEGRAM_SESSION,),
    "vk": (Secret.VK_COMMUNITY_TOKEN, Secret.VK_USER_TOKEN),
    "openai": (Secret.OPENAI_KEY,),
}
# Where several accounts may be signed in, each with a session of its own.
_SEVERAL = frozenset({"telegram", "vk"})
# For what there is a sign-in on the terminal.
_BY_LOGIN = _SEVERAL | {"openai"}
_OF_PROXIES = frozenset({Secret.TELEGRAM_PROXY_SECRET, Secret.VK_PROXY_SECRET})
# A proxy may do without.
_NEEDED = {name: secret for name, secret in credentials.ENVIRONMENT.items() if secret not in _OF_PROXIES}


class State(StrEnum):
    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Check:
    """`name` is fixed, for programs; `sentence` and `remedy` are in the language in use, the remedy empty when ok."""

    name: str
    state: State
    sentence: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined.

    `database` gives the schema version of the file (None: no file yet) and that of this program; it raises
    ModeratorError where the file cannot be read.
    """

    profile: Path
    settings_file: Path
    credentials: Credentials
    database: Callable[[], tuple[str | None, str]]
    environment: Mapping[str, str]


def examine(patient: Patient) -> Iterator[Check]:
    """Every check, one after the other; some take seconds."""
    yield from _window()
    yield _rights(patient.profile)
    yield _disk(patient.profile)
    yield _database(patient.database)
    verdict, run = _settings(patient)
    yield verdict
    yield _keyring()
    yield from _accounts(patient)
    yield from _addresses(run)


def _window() -> Iterator[Check]:
    seen = trial.run()
    if seen.complaint:
        sentence = _("Qt does not start: {complaint}").format(complaint=seen.complaint)
        remedy = _(
            "If a library is missing, resources/setup/install.sh installs it on Debian and Ubuntu; if the screen does "
            "not answer, check DISPLAY."
        )
        yield Check("qt", State.FAIL, sentence, remedy)
        return
    sentence = _("Qt {version} opens windows ({platform}).").format(version=seen.version, platform=seen.platform)
    if trial.has_screen():
        yield Check("qt", State.OK, sentence)
    else:
        remedy = _("There is no screen: start the console with QT_QPA_PLATFORM=vnc, or under Xvfb.")
        yield Check("qt", State.WARN, sentence, remedy)
    yield _fonts(seen.fonts)


def _fonts(count: int) -> Check:
    if count:
        return Check("fonts", State.OK, _("Fonts with Russian letters: {count}.").format(count=count))
    remedy = _("Install one, for example: apt-get install fonts-dejavu-core")
    return Check("fonts", State.FAIL, _("No font has Russian letters."), remedy)


def _rights(profile: Path) -> Check:
    if not os.access(profile, os.W_OK | os.X_OK):
        sentence = _("The data folder {path} is read-only: it can be looked at, but nothing can be decided.")
        remedy = _("Give it to your user, who may write there: chown -R $USER {path}; chmod -R u+rwX {path}")
        return Check("rights", State.FAIL, sentence.format(path=profile), remedy.format(path=profile))
    open_ones = [path for path in (profile, *profile.rglob("*")) if os.name == "posix" and rights(path) & 0o077]
    if open_ones:
        sentence = _("Other users of this machine can open {path}.").format(path=open_ones[0])
        return Check("rights", State.FAIL, sentence, _("Close it: chmod -R go-rwx {path}").format(path=profile))
    return Check("rights", State.OK, _("The data folder {path} is yours alone.").format(path=profile))


def _disk(profile: Path) -> Check:
    free = shutil.disk_usage(profile).free
    sentence = _("Free on the disk of the data folder: {size} MB.").format(size=format_number(free / _MEGABYTE, 0))
    if free >= _LITTLE_DISK:
        return Check("disk", State.OK, sentence)
    state = State.WARN if free >= _NO_DISK else State.FAIL
    return Check("disk", state, sentence, _("Free some space, or choose another folder with --profile."))


def _database(look: Callable[[], tuple[str | None, str]]) -> Check:
    try:
        found, newest = look()
    except ModeratorError as error:
        return Check("database", State.FAIL, explain_error(error), _("A copy may lie beside it: files named .backup."))
    if found is None:
        return Check("database", State.OK, _("There is no database yet; the first start makes it."))
    if found != newest:
        sentence = _("The database stands at version {found}; this program uses {newest}.")
        sentence = sentence.format(found=found, newest=newest)
        return Check("database", State.WARN, sentence, _("The next start brings it up to date, after a backup."))
    return Check("database", State.OK, _("The database can be read and stands at version {found}.").format(found=found))


def _settings(patient: Patient) -> tuple[Check, Settings]:
    try:
        run = settings.for_this_run(settings.load(patient.settings_file), patient.environment)
    except ModeratorError as error:
        remedy = _("Until then the defaults are checked below.")
        return Check("settings", State.FAIL, explain_error(error), remedy), Settings()
    return Check("settings", State.OK, _("The settings are readable.")), run


def _keyring() -> Check:
    try:
        name = credentials.keyring_name()
    except ModeratorError as error:
        remedy = _("Without a keyring an account must be given in the environment at each start.")
        return Check("keyring", State.WARN, explain_error(error), remedy)
    return Check("keyring", State.OK, _("Secrets are kept in {name}.").format(name=name))


def _accounts(patient: Patient) -> Iterator[Check]:
    for account, secrets in _ACCOUNTS.items():
        try:
            yield _account(account, secrets, patient)
        except ModeratorError as error:
            yield Check(f"account.{account}", State.FAIL, explain_error(error))


def _account(account: str, secrets: tuple[Secret, ...], patient: Patient) -> Check:
    name, kept = f"account.{account}", patient.credentials
    present = [secret for secret in secrets if kept.get(secret) is not None]
    if any(kept.is_given(secret) for secret in present):
        sentence = _("{account}: signed in for this run, from the environment.")
        return Check(name, State.OK, sentence.format(account=account))
    listed = account_list.load(patient.settings_file, Platform(account)) if account in _SEVERAL else ()
    lost = [each.name for each in listed if kept.get(secrets[0], each.id) is None]
    if lost:
        sentence = _("{account}: the session of {names} is not in the keyring.")
        remedy = _("Sign in anew: moderator-app login {account}").format(account=account)
        return Check(name, State.WARN, sentence.format(account=account, names=", ".join(lost)), remedy)
    if listed:
        sentence = _("{account}: signed in as {names}.")
        names = ", ".join(each.name for each in listed)
        return Check(name, State.OK, sentence.format(account=account, names=names))
    if present:
        return Check(name, State.OK, _("{account}: signed in.").format(account=account))
    names = ", ".join(variable for variable, secret in _NEEDED.items() if secret.startswith(account))
    remedy = _("To sign in for one run, set in its environment: {names}").format(names=names)
    if account in _BY_LOGIN:
        remedy = _("Sign in: moderator-app login {account}").format(account=account) + ". " + remedy
    return Check(name, State.WARN, _("{account}: not signed in.").format(account=account), remedy)


def _addresses(run: Settings) -> Iterator[Check]:
    asked = {"telegram": run.telegram.server or _TELEGRAM, "vk": run.vk.api, "openai": run.openai.base_url}
    with ThreadPoolExecutor(len(asked)) as threads:
        answers = dict(zip(asked, threads.map(reachability.ask, asked.values()), strict=True))
    for name, answer in answers.items():
        if not answer.fault:
            sentence = _("{host} answers.").format(host=answer.host)
            yield Check(f"address.{name}", State.OK, sentence)
        else:
            sentence = _("{host} does not answer: {fault}.").format(host=answer.host, fault=answer.fault)
            remedy = _("Check the network, the proxy and the address in the settings.")
            yield Check(f"address.{name}", State.WARN, sentence, remedy)
