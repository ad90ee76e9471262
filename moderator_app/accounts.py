"""The moderator's Telegram accounts on this machine: which there are, how they come and go."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from moderator_app import account_list, credentials
from moderator_app.credentials import Credentials, Secret
from moderator_app.domain.accounts import Account, ApplicationKeys, SignedIn
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.message import Platform
from moderator_app.domain.ports import SignIn
from moderator_app.settings import Telegram

if TYPE_CHECKING:
    from moderator_app.sources.telegram.client import Access

WATCH_SECONDS = 0.5


class TelegramAccounts:
    """Over the list in `path` and the keyring. What asks the keyring raises Refused where it is locked or missing."""

    def __init__(
        self, path: Path, kept: Credentials, settings: Callable[[], Telegram], language: Callable[[], str]
    ) -> None:
        self._path, self._kept = path, kept
        self._settings, self._language = settings, language
        self._listeners: list[Callable[[], None]] = []
        # Those whose sessions are being ended: nobody begins to use them again.
        self._leaving: set[str] = set()
        # Awaited before a session ends: whoever uses it lets go of it, and is not told of its end as of a fault.
        self.let_go: Callable[[Account], Awaitable[None]] = _nobody

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Have `listener` called when an account has come, gone or changed."""
        self._listeners.append(listener)

    @property
    def is_given(self) -> bool:
        """Whether the session comes from the environment: then it is the only one of this run."""
        return self._kept.is_given(Secret.TELEGRAM_SESSION)

    def known(self) -> tuple[Account, ...]:
        """The accounts that were signed in on this machine. Raises Unreadable."""
        return account_list.load(self._path, Platform.TELEGRAM)

    async def watch(self) -> None:
        """Take over which accounts a command beside this process signs in or out, for ever."""
        seen = 0
        told: tuple[Account, ...] | None = None
        while True:
            newest = self._changed_at()
            if newest != seen:
                # Where somebody writes the file by hand, what was in force stays so.
                with suppress(ModeratorError):
                    seen, former, told = newest, told, self.known()
                    if former is not None and former != told:
                        self.tell()
            await asyncio.sleep(WATCH_SECONDS)

    async def keys(self) -> ApplicationKeys | None:
        """The api_id and api_hash in use."""
        id = await self._secret(Secret.TELEGRAM_API_ID)
        hash = await self._secret(Secret.TELEGRAM_API_HASH)
        return ApplicationKeys(id, hash) if id and hash else None

    async def begin(self, keys: ApplicationKeys) -> SignIn:
        """A sign-in, for which nothing is sent yet. Refused where no keyring could keep its session."""
        from moderator_app.sources.telegram.sign_in import TelegramSignIn

        await asyncio.to_thread(credentials.keyring_name)
        return TelegramSignIn(await self._access(keys), self._settings(), self._language())

    async def keep(self, keys: ApplicationKeys, signed_in: SignedIn) -> Account:
        """Keep what a sign-in has brought. A session that cannot be kept is ended, and so is the account's former one.

        Raises Refused and Unreadable.
        """
        account = signed_in.account
        former = await self.session(account)
        try:
            await asyncio.to_thread(self._store, keys, signed_in)
            others = self.known()
            same = next((other for other in others if other.id == account.id), account)
            account = replace(account, read_only=same.read_only)
            self._save((*(other for other in others if other.id != account.id), account))
        except ModeratorError:
            await self._end(keys, signed_in.session)
            raise
        if former and former != signed_in.session:
            await self._end(keys, former)
        return account

    def set_read_only(self, account: Account, read_only: bool) -> None:
        """Raises Unreadable, Refused."""
        self._save(replace(other, read_only=read_only) if other.id == account.id else other for other in self.known())

    async def sign_out(self, account: Account) -> None:
        """End the session at Telegram and forget it. Raises TryLater: then nothing has changed."""
        self._leaving.add(account.id)
        try:
            await self.let_go(account)
            await self._end_kept(account)
            await self.forget(account)
        except BaseException:
            # It goes on being used.
            self._leaving.discard(account.id)
            self.tell()
            raise
        self._leaving.discard(account.id)

    async def forget(self, account: Account) -> None:
        """Drop an account whose session has ended elsewhere."""
        await asyncio.to_thread(self._kept.forget, Secret.TELEGRAM_SESSION, account.id)
        self._save(other for other in self.known() if other.id != account.id)

    async def session(self, account: Account) -> str | None:
        """The kept session of an account."""
        return await asyncio.to_thread(self._kept.get, Secret.TELEGRAM_SESSION, account.id)

    @property
    def proxy_is_given(self) -> bool:
        """Whether the environment names the proxy of this run, or its secret."""
        return self._kept.is_given(Secret.TELEGRAM_PROXY_SECRET) or "MODERATOR_TELEGRAM_PROXY" in os.environ

    async def proxy_secret(self) -> str:
        """What the proxy wants to know of its user; empty where nothing is kept."""
        return await self._secret(Secret.TELEGRAM_PROXY_SECRET) or ""

    async def keep_proxy_secret(self, secret: str) -> None:
        """Keep it for later runs, or forget it where it is empty. Raises Refused."""
        if secret:
            await asyncio.to_thread(self._kept.store, Secret.TELEGRAM_PROXY_SECRET, secret)
        elif await self.proxy_secret() and not self._kept.is_given(Secret.TELEGRAM_PROXY_SECRET):
            await asyncio.to_thread(self._kept.forget, Secret.TELEGRAM_PROXY_SECRET)

    async def accesses(self) -> "tuple[tuple[Account | None, Access], ...]":
        """What opens the connections of this run: the environment's session, of an account yet unknown, or the kept
        ones. An account without its session is left out.
        """
        keys = await self.keys()
        if keys is None:
            return ()
        if self.is_given:
            given = await self._secret(Secret.TELEGRAM_SESSION)
            return ((None, await self._access(keys, given or "")),)
        staying = [account for account in self.known() if account.id not in self._leaving]
        found = [(account, await self.session(account)) for account in staying]
        return tuple([(account, await self._access(keys, session)) for account, session in found if session])

    async def _access(self, keys: ApplicationKeys, session: str = "") -> "Access":
        from moderator_app.sources.telegram.client import Access

        return Access(keys.id, keys.hash, session, await self._secret(Secret.TELEGRAM_PROXY_SECRET) or "")

    async def _secret(self, secret: Secret) -> str | None:
        return await asyncio.to_thread(self._kept.get, secret)

    def _store(self, keys: ApplicationKeys, signed_in: SignedIn) -> None:
        self._kept.store(Secret.TELEGRAM_SESSION, signed_in.session, signed_in.account.id)
        for secret, value in ((Secret.TELEGRAM_API_ID, keys.id), (Secret.TELEGRAM_API_HASH, keys.hash)):
            if not self._kept.is_given(secret):
                self._kept.store(secret, value)

    def _save(self, accounts: Iterable[Account]) -> None:
        account_list.save(accounts, self._path, Platform.TELEGRAM)
        self.tell()

    def tell(self) -> None:
        """What connections are made with has changed."""
        for listener in self._listeners:
            listener()

    def _changed_at(self) -> int:
        try:
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0

    async def _end_kept(self, account: Account) -> None:
        from moderator_app.sources.telegram import sign_in

        session = await self.session(account)
        keys = await self.keys() or ApplicationKeys("", "")
        if session:
            # Without keys of an application that is refused, and the session stays where it can be ended.
            await sign_in.sign_out(await self._access(keys, session), self._settings())

    async def _end(self, keys: ApplicationKeys, session: str) -> None:
        """As far as Telegram can be reached: nobody waits for this one."""
        from moderator_app.sources.telegram import sign_in

        with suppress(ModeratorError):
            await sign_in.sign_out(await self._access(keys, session), self._settings())


async def _nobody(_account: Account) -> None:
    """Nobody uses a session."""
