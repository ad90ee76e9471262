"""The command `logout`: ends the session of an account."""

import asyncio
import os
from collections.abc import Sequence
from pathlib import Path

from moderator_app import log, settings
from moderator_app.accounts import TelegramAccounts
from moderator_app.app import SETTINGS
from moderator_app.cli.output import say
from moderator_app.credentials import Credentials
from moderator_app.domain.accounts import Account
from moderator_app.domain.errors import Refused
from moderator_app.language import _, current


def telegram(profile: Path, kept: Credentials, id: str) -> int:
    """Sign out the account with this id, or the only one. Raises Refused, and TryLater: then nothing has changed."""
    chosen = settings.for_this_run(settings.load(profile / SETTINGS), os.environ)
    accounts = TelegramAccounts(profile / SETTINGS, kept, lambda: chosen.telegram, current)
    handler = log.start(profile)
    try:
        account = _meant(accounts, id)
        asyncio.run(accounts.sign_out(account))
    finally:
        log.stop(handler)
    told = _("{name} is signed out: the session has ended at Telegram and is gone from the keyring.")
    say(told.format(name=_name(account)))
    return 0


def _meant(accounts: TelegramAccounts, id: str) -> Account:
    known = accounts.known()
    if not known:
        raise Refused("sign_out.given" if accounts.is_given else "sign_out.nobody")
    found = [account for account in known if account.id == id] if id else list(known)
    if not found:
        raise Refused("sign_out.unknown", id=id[:20], accounts=_listed(known))
    if len(found) > 1:
        raise Refused("sign_out.which", accounts=_listed(known))
    return found[0]


def _listed(accounts: Sequence[Account]) -> str:
    return ", ".join(f"{account.id} ({_name(account)})" for account in accounts)


def _name(account: Account) -> str:
    return " ".join(account.name.split())[:60] or account.id
