"""Reads who runs communities of others, and how those people stand to one's own."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from moderator_app.domain.donors import Contact, DonorReading, DonorRole, Standing
from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded
from moderator_app.sources.vk import errors
from moderator_app.sources.vk.api import Api
from moderator_app.sources.vk.fields import number, record, records, text
from moderator_app.sources.vk.people import author, author_of_user
from moderator_app.sources.vk.places import Kind, Place

# As many as VK takes in one question.
_MOST_GROUPS, _MOST_PEOPLE = 500, 1000
# What a question about a community that there is not is refused with.
_UNKNOWN = frozenset({100, 104, 125})

Named = list[tuple[int, str, DonorRole, str]]
"""Person, donor, role and what its page says of the person."""


class Donors:
    """`user` shows the managers of those communities in which its owner is an administrator; contacts are public."""

    def __init__(self, group: int, community: Api, user: Api | None) -> None:
        self._group, self._community, self._user = group, community, user

    async def read(self, names: Sequence[str]) -> DonorReading:
        """Raises TryLater, Refused and SignInNeeded."""
        found = await self._found(names)
        named: Named = []
        for name, shown in found.items():
            contacts = ((number(each.get("user_id")), each) for each in records(shown.get("contacts")))
            named += [(id, name, DonorRole.CONTACT, text(each.get("desc"))) for id, each in contacts if id]
            named += [(id, name, role, "") for id, role in await self._managers_of(number(shown.get("id")) or 0)]
        people = sorted({id for id, *_rest in named})
        shown_people = await self._people(people)
        standings = await self._standings(people, shown_people)
        known = {id: who for id, shown in shown_people.items() if (who := author_of_user(shown)) is not None}
        contacts_read = tuple(
            Contact(author(id, known), _stand_in(id), name, text(found[name].get("name")), role, note, standings[id])
            for id, name, role, note in named
        )
        return DonorReading(contacts_read, tuple(name for name in names if name not in found))

    async def _found(self, names: Sequence[str]) -> dict[str, Mapping[str, Any]]:
        """What VK shows of those communities that it knows."""
        found: dict[str, Mapping[str, Any]] = {}
        for start in range(0, len(names), _MOST_GROUPS):
            part = names[start : start + _MOST_GROUPS]
            try:
                shown = await self._groups(part)
            except Refused as error:
                if errors.code_of(error) not in _UNKNOWN:
                    raise
                # One that is not known must not cost the others.
                shown = [] if len(part) == 1 else [each for name in part for each in await self._one(name)]
            for group in shown:
                found |= {name: group for name in part if name in _names_of(group)}
        return found

    async def _one(self, name: str) -> list[Mapping[str, Any]]:
        try:
            return await self._groups([name])
        except Refused as error:
            if errors.code_of(error) not in _UNKNOWN:
                raise
            return []

    async def _groups(self, names: Sequence[str]) -> list[Mapping[str, Any]]:
        answer = await self._community.ask("groups.getById", group_ids=list(names), fields="contacts")
        return list(records(answer if isinstance(answer, list) else record(answer).get("groups")))

    async def _managers_of(self, group: int) -> list[tuple[int, DonorRole]]:
        """Nobody where the account is no administrator."""
        if self._user is None:
            return []
        try:
            answer = await self._user.ask("groups.getMembers", group_id=group, filter="managers")
        except (Refused, SignInNeeded):
            return []
        listed = ((number(each.get("id")), text(each.get("role"))) for each in records(record(answer).get("items")))
        return [(id, _ROLES.get(role, DonorRole.MODERATOR)) for id, role in listed if id]

    async def _people(self, ids: Sequence[int]) -> dict[int, Mapping[str, Any]]:
        found = {}
        for start in range(0, len(ids), _MOST_PEOPLE):
            part = list(ids[start : start + _MOST_PEOPLE])
            for user in records(await self._community.ask("users.get", user_ids=part, fields="screen_name")):
                found[number(user.get("id")) or 0] = user
        return found

    async def _standings(self, ids: Iterable[int], people: Mapping[int, Mapping[str, Any]]) -> dict[int, Standing]:
        own = await self._own_managers()
        return {id: await self._standing(id, people.get(id, {}), own) for id in ids}

    async def _standing(self, id: int, shown: Mapping[str, Any], own: Collection[int]) -> Standing:
        if id in own:
            return Standing.OWN
        if text(shown.get("deactivated")):
            return Standing.GONE
        try:
            answer = await self._community.ask("groups.getBanned", group_id=self._group, owner_id=id)
        except Refused:
            # VK says of whoever is not banned that nothing is found.
            return Standing.FREE
        return Standing.BANNED if any(records(record(answer).get("items"))) else Standing.FREE

    async def _own_managers(self) -> frozenset[int]:
        """Raises ModeratorError: whoever cannot be told apart from strangers must not be offered for a ban."""
        apis = [self._community, *([self._user] if self._user is not None else [])]
        last: ModeratorError | None = None
        for api in apis:
            try:
                answer = await api.ask("groups.getMembers", group_id=self._group, filter="managers")
            except (Refused, SignInNeeded) as error:
                last = error
                continue
            return frozenset(id for each in records(record(answer).get("items")) if (id := number(each.get("id"))))
        assert last is not None
        raise last


_ROLES = {role.value: role for role in DonorRole}


def _names_of(group: Mapping[str, Any]) -> frozenset[str]:
    """As a community may stand on the list."""
    return frozenset({f"club{number(group.get('id'))}", text(group.get("screen_name")).lower()})


def _stand_in(person: int) -> str:
    """No topic has the number 0: nothing that is ever done about this id can hit a message."""
    return Place(Kind.TOPIC, 0, person).message
