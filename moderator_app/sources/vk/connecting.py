"""Finds out at connecting whose tokens these are and what they may."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded, TryLater
from moderator_app.domain.message import Community
from moderator_app.sources.vk import errors
from moderator_app.sources.vk.api import VERSION, Api, Token
from moderator_app.sources.vk.fields import number, record, records, text
from moderator_app.sources.vk.means import SCOPES, Means
from moderator_app.sources.vk.parcel import WANTED_EVENTS
from moderator_app.sources.vk.places import community_key

# The rights of a community's token, with their bits.
_RIGHTS = {"photos": 4, "messages": 4096, "wall": 8192, "manage": 262_144}
# Before that version events have another shape.
_OLDEST_EVENTS = (5, 103)


@dataclass(frozen=True, slots=True)
class LongPollSetting:
    """How a community tells its events; `missing` are those that it keeps to itself."""

    is_on: bool
    version: str
    missing: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        return self.is_on and not self.missing and not self.is_old

    @property
    def is_old(self) -> bool:
        parts = [number(part) or 0 for part in self.version.split(".")]
        return tuple(parts) < _OLDEST_EVENTS


@dataclass(frozen=True, slots=True)
class Person:
    """Whose page a user token is of; `manages`: whether it manages the community, None where VK does not say."""

    id: int
    name: str
    manages: bool | None
    scopes: frozenset[str] | None
    is_idle: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a community and the tokens that lead to it.

    `person` is None without a user token, and with one that is not accepted: then `refusal` says why.
    """

    group: int
    name: str
    held: frozenset[str] | None
    long_poll: LongPollSetting | None
    person: Person | None = None
    refusal: SignInNeeded | None = field(default=None, compare=False)

    @property
    def community(self) -> Community:
        return Community(community_key(self.group), self.name)

    def remarks(self) -> Iterator[ModeratorError]:
        """What a human should know, gravest first, though everything runs."""
        if self.refusal is not None:
            yield Refused("vk.user_token_refused", code=errors.code_of(self.refusal))
        if self.person is not None and self.person.is_idle:
            yield Refused("vk.user_token_idle", name=self.person.name)
        elif self.person is not None and self.person.manages is False:
            yield Refused("vk.no_manager", name=self.person.name)
        if self.long_poll is None:
            yield Refused("vk.events_unknown")
        elif not self.long_poll.is_on:
            yield Refused("vk.long_poll_off")
        elif self.long_poll.is_old:
            yield Refused("vk.events_old", version=self.long_poll.version)
        elif self.long_poll.missing:
            yield Refused("vk.events_missing", count=len(self.long_poll.missing))

    def means(self, community: Api, user: Api | None) -> Means:
        person = self.person
        scopes, manages = (None, None) if person is None else (person.scopes, person.manages)
        means = Means(community, user, self.held, scopes, manages)
        if person is not None and person.is_idle:
            means.learn_idle(Token.USER)
        if self.refusal is not None:
            means.learn_refused(Token.USER, self.refusal)
        return means


async def connect(community: Api, user: Api | None = None) -> Standing:
    """Ask VK. Raises SignInNeeded where the community's token is none, and TryLater."""
    group, name = await _own(community)
    held = await _held(community)
    long_poll = await long_poll_setting(community, group)
    if user is None:
        return Standing(group, name, held, long_poll)
    try:
        return Standing(group, name, held, long_poll, await person_of(user, group))
    except SignInNeeded as error:
        return Standing(group, name, held, long_poll, None, error)


async def _own(community: Api) -> tuple[int, str]:
    try:
        answer = await community.ask("groups.getById")
    except Refused as error:
        # A user's token has no community of its own.
        raise SignInNeeded("vk.no_community_token") from error
    # Older versions answer with the bare list.
    listed = list(records(answer if isinstance(answer, list) else record(answer).get("groups")))
    group = number(listed[0].get("id")) if listed else None
    if not group:
        raise SignInNeeded("vk.no_community_token")
    return abs(group), text(listed[0].get("name"))


async def _held(community: Api) -> frozenset[str] | None:
    try:
        answer = record(await community.ask("groups.getTokenPermissions"))
    except Refused as error:
        if errors.code_of(error) == errors.GROUP_AUTH:
            raise SignInNeeded("vk.no_community_token") from error
        return None
    mask = number(answer.get("mask")) or 0
    named = {text(each.get("name")) for each in records(answer.get("permissions"))}
    return frozenset(named | {name for name, bit in _RIGHTS.items() if mask & bit})


async def long_poll_setting(community: Api, group: int) -> LongPollSetting | None:
    """None where the token may not ask."""
    try:
        answer = record(await community.ask("groups.getLongPollSettings", group_id=group))
    except Refused:
        return None
    told: Mapping[str, Any] = record(answer.get("events"))
    missing = tuple(name for name in WANTED_EVENTS if number(told.get(name)) != 1)
    return LongPollSetting(number(answer.get("is_enabled")) == 1, text(answer.get("api_version")), missing)


async def switch_on(community: Api, group: int) -> None:
    """Have the community tell all that is wanted, leaving the other events as they are. Raises as a call does."""
    wanted = dict.fromkeys(WANTED_EVENTS, True)
    await community.call("groups.setLongPollSettings", group_id=group, enabled=True, api_version=VERSION, **wanted)


async def person_of(user: Api, group: int) -> Person:
    """Raises SignInNeeded and TryLater; a token that may hardly anything is told by `is_idle`."""
    found = list(records(await _or_none(user, "users.get")))
    if not found:
        raise SignInNeeded("vk.no_user_token")
    id, name = (
        number(found[0].get("id")) or 0,
        " ".join(text(found[0].get(part)) for part in ("first_name", "last_name")),
    )
    scopes, idle = await _scopes(user)
    listed = record(await _or_none(user, "groups.getById", group_ids=group, fields="is_admin,admin_level"))
    shown = next(records(listed.get("groups")), {})
    manages = None if "is_admin" not in shown else number(shown.get("is_admin")) == 1
    return Person(id, name, manages, scopes, idle)


async def _scopes(user: Api) -> tuple[frozenset[str] | None, bool]:
    """What the token may, and whether it is one of VK ID's, which may next to nothing."""
    try:
        mask = number(await user.ask("account.getAppPermissions"))
    except (Refused, TryLater) as error:
        return None, errors.code_of(error) == errors.VK_ID
    return None if mask is None else frozenset(name for name, bit in SCOPES.items() if mask & bit), False


async def _or_none(api: Api, method: str, /, **values: Any) -> Any:
    try:
        return await api.ask(method, **values)
    except SignInNeeded:
        raise
    except TryLater:
        raise
    except ModeratorError:
        return None
