"""The VK communities that are watched from this machine: which there are, with which tokens, what these can do."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from moderator_app import account_list, credentials
from moderator_app.credentials import Credentials, Secret
from moderator_app.domain.accounts import Account
from moderator_app.domain.decision import Note
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import Platform
from moderator_app.settings import Vk

if TYPE_CHECKING:
    from moderator_app.sources.vk.api import Api
    from moderator_app.sources.vk.connecting import Standing
    from moderator_app.sources.vk.transport import Route

WATCH_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class VkTokens:
    """`user` is that of a moderator's own page, or empty."""

    community: str = field(repr=False)
    user: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Ability:
    """Something that can be done with the tokens, or not; `name` is a text id."""

    name: str
    works: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """What VK says of tokens. `person` is whose page the user token is of; `remarks` say what to mend.

    `events_off`: the community does not tell all that is needed, which can be switched on.
    """

    account: Account
    person: str
    abilities: tuple[Ability, ...]
    remarks: tuple[Note, ...]
    events_off: bool


async def _nobody(_account: Account) -> None:
    return


class VkCommunities:
    """Over the list in `path` and the keyring. What asks the keyring raises Refused where it is locked or missing."""

    def __init__(self, path: Path, kept: Credentials, settings: Callable[[], Vk]) -> None:
        self._path, self._kept, self._settings = path, kept, settings
        self._listeners: list[Callable[[], None]] = []
        # Awaited before a community goes: whoever uses its tokens lets go of them.
        self.let_go: Callable[[Account], Awaitable[None]] = _nobody

    def subscribe(self, listener: Callable[[], None]) -> None:
        """Have `listener` called when a community has come or gone, or its tokens may have changed."""
        self._listeners.append(listener)

    @property
    def is_given(self) -> bool:
        """Whether a community's token comes from the environment: then it is the only one of this run."""
        return self._kept.is_given(Secret.VK_COMMUNITY_TOKEN)

    @property
    def settings(self) -> Vk:
        """Those of this run."""
        return self._settings()

    def known(self) -> tuple[Account, ...]:
        """The communities that were added on this machine. Raises Unreadable."""
        return account_list.load(self._path, Platform.VK)

    async def watch(self) -> None:
        """Take over what a command beside this process changes, for ever."""
        seen = self._changed_at()
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            newest = self._changed_at()
            if newest != seen:
                seen = newest
                self._tell()

    async def check(self, tokens: VkTokens) -> Checked:
        """Ask VK about tokens. Raises SignInNeeded (the community's is none), Refused and TryLater."""
        from moderator_app.sources.vk.connecting import connect

        community, user = await self._apis(tokens)
        try:
            standing = await connect(community, user)
            return _checked(standing, community, user)
        finally:
            _close(community, user)

    async def switch_events_on(self, tokens: VkTokens, account: Account) -> None:
        """Have the community tell all that is needed. Raises Refused, SignInNeeded and TryLater."""
        from moderator_app.sources.vk.connecting import switch_on

        community, _ = await self._apis(VkTokens(tokens.community))
        try:
            await switch_on(community, int(account.id))
        finally:
            _close(community)

    async def require_keyring(self) -> None:
        """Raises Refused where no keyring could keep tokens."""
        await asyncio.to_thread(credentials.keyring_name)

    async def keep(self, account: Account, tokens: VkTokens) -> None:
        """Add a community, or give a known one other tokens. Raises Refused and Unreadable."""
        await asyncio.to_thread(self._store, account, tokens)
        others = self.known()
        same = next((other for other in others if other.id == account.id), account)
        account = replace(account, read_only=same.read_only)
        self._save((*(other for other in others if other.id != account.id), account))

    def set_read_only(self, account: Account, read_only: bool) -> None:
        """Raises Unreadable, Refused."""
        self._save(replace(other, read_only=read_only) if other.id == account.id else other for other in self.known())

    async def forget(self, account: Account) -> None:
        """Drop a community with its tokens; they go on being valid until they are deleted on VK."""
        await self.let_go(account)
        await asyncio.to_thread(self._drop, account)
        self._save(other for other in self.known() if other.id != account.id)

    async def accesses(self) -> tuple[tuple[Account | None, VkTokens], ...]:
        """The tokens of this run: the environment's, of a community yet unknown, or the kept ones.

        A community without its token is left out.
        """
        return await asyncio.to_thread(self._accesses)

    async def route(self) -> "Route":
        """The way to VK. Raises Refused (keyring locked)."""
        from moderator_app.sources.vk.transport import Route

        chosen = self._settings()
        secret = await asyncio.to_thread(self._kept.get, Secret.VK_PROXY_SECRET) if chosen.proxy else None
        return Route(chosen.api, chosen.proxy, secret or "")

    async def _apis(self, tokens: VkTokens) -> "tuple[Api, Api | None]":
        from moderator_app.sources.vk.api import Api, Token

        route = await self.route()
        user = Api(Token.USER, tokens.user, route) if tokens.user else None
        return Api(Token.COMMUNITY, tokens.community, route), user

    def _accesses(self) -> tuple[tuple[Account | None, VkTokens], ...]:
        if self.is_given:
            user = self._kept.get(Secret.VK_USER_TOKEN) if self._kept.is_given(Secret.VK_USER_TOKEN) else None
            return ((None, VkTokens(self._kept.get(Secret.VK_COMMUNITY_TOKEN) or "", user or "")),)
        found = []
        for account in self.known():
            community = self._kept.get(Secret.VK_COMMUNITY_TOKEN, account.id)
            if community:
                user = self._kept.get(Secret.VK_USER_TOKEN, account.id)
                found.append((account, VkTokens(community, user or "")))
        return tuple(found)

    def _store(self, account: Account, tokens: VkTokens) -> None:
        self._kept.store(Secret.VK_COMMUNITY_TOKEN, tokens.community, account.id)
        if tokens.user:
            self._kept.store(Secret.VK_USER_TOKEN, tokens.user, account.id)
        else:
            self._kept.forget(Secret.VK_USER_TOKEN, account.id)

    def _drop(self, account: Account) -> None:
        for secret in (Secret.VK_COMMUNITY_TOKEN, Secret.VK_USER_TOKEN):
            self._kept.forget(secret, account.id)

    def _save(self, accounts: Iterable[Account]) -> None:
        account_list.save(accounts, self._path, Platform.VK)
        self._tell()

    def _tell(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    def _changed_at(self) -> int:
        with suppress(OSError):
            return self._path.stat().st_mtime_ns
        return 0


def _checked(standing: "Standing", community: "Api", user: "Api | None") -> Checked:
    means = standing.means(community, user)
    idle = standing.refusal is not None
    abilities = [Ability("vk.can.watch", standing.long_poll is None or standing.long_poll.is_on)]
    for name, method in _ABILITIES.items():
        # What only a token can do that is not accepted does not work, whatever it could.
        works = means.can(method) and not (idle and not standing.means(community, None).can(method))
        abilities.append(Ability(name, works))
    account = Account(Platform.VK, str(standing.group), standing.name)
    person = standing.person.name if standing.person is not None else ""
    remarks = tuple(Note(each.text_id, tuple(each.parameters.items())) for each in standing.remarks())
    off = standing.long_poll is not None and not standing.long_poll.is_well
    return Checked(account, person, tuple(abilities), remarks, off)


_ABILITIES = {
    "vk.can.comments": "wall.deleteComment",
    "vk.can.ban": "groups.ban",
    "vk.can.board": "board.deleteComment",
    "vk.can.chats": "messages.delete",
    "vk.can.kick": "messages.removeChatUser",
    "vk.can.warn": "wall.createComment",
    "vk.can.close": "wall.closeComments",
    "vk.can.catch_up": "wall.getComments",
}


def _close(*apis: "Api | None") -> None:
    for api in apis:
        if api is not None:
            api.close()


def require_token(text: str) -> str:
    """A token as it was typed or copied. Raises Refused for what is none."""
    token = text.strip()
    if "access_token=" in token:
        # The whole address, copied from the browser.
        token = token.partition("access_token=")[2].partition("&")[0]
    if len(token) < _SHORTEST or not token.isascii() or any(sign.isspace() for sign in token):
        raise Refused("vk.not_a_token")
    return token


_SHORTEST = 20
