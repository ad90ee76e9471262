"""Who writes: names of people and communities, asked for many at a time and kept a while."""

from collections import OrderedDict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from typing import Any

from moderator_app.domain.errors import ModeratorError, Refused
from moderator_app.domain.message import Author, AuthorKey, Platform
from moderator_app.domain.profile import Profile
from moderator_app.sources.vk.api import Api
from moderator_app.sources.vk.fields import number, record, records, text

Known = Mapping[int, Author]

# As many as VK takes in one question.
_MOST_PEOPLE, _MOST_GROUPS = 1000, 500
_MOST_KEPT = 20_000
FIELDS = "screen_name,has_photo,photo_50,about,status,verified,deactivated"


class People:
    """`api` may ask for names with either kind of token."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._known: OrderedDict[int, Author] = OrderedDict()

    async def known(self, ids: Iterable[int]) -> Known:
        """The authors of these ids, negative ones of communities. Whoever VK does not tell of is missing."""
        wanted = set(ids) - {0}
        asked = [id for id in wanted if id not in self._known]
        # A name may come with the next message; this one must not wait for it.
        with suppress(ModeratorError):
            await self._ask([id for id in asked if id > 0], [-id for id in asked if id < 0])
            for id in asked:
                self._known.setdefault(id, author(id, {}))
        found = {id: self._known[id] for id in wanted if id in self._known}
        for id in found:
            self._known.move_to_end(id)
        while len(self._known) > _MOST_KEPT:
            self._known.popitem(last=False)
        return found

    async def profile(self, author: AuthorKey) -> Profile:
        """Raises Refused, TryLater and SignInNeeded."""
        if author.author.startswith("-"):
            known = await self.known([int(author.author)])
            return Profile(known.get(int(author.author)) or Author(author))
        listed = records(await self._api.ask("users.get", user_ids=author.author, fields=FIELDS))
        found = next(filter(None, map(profile_of, listed)), None)
        if found is None:
            raise Refused("vk.person_gone", code=18, reason="")
        return found

    def learn(self, answer: object) -> None:
        """Take over the `profiles` and `groups` that come with an extended answer."""
        for user in records(record(answer).get("profiles")):
            self._keep(author_of_user(user))
        for group in records(record(answer).get("groups")):
            self._keep(author_of_group(group))

    async def _ask(self, users: Collection[int], groups: Collection[int]) -> None:
        for some in _parts(sorted(users), _MOST_PEOPLE):
            for user in records(await self._api.call("users.get", user_ids=some, fields=FIELDS)):
                self._keep(author_of_user(user))
        for some in _parts(sorted(groups), _MOST_GROUPS):
            answer = await self._api.call("groups.getById", group_ids=some)
            # Older versions answer with the bare list.
            listed = answer if isinstance(answer, list) else record(answer).get("groups")
            for group in records(listed):
                self._keep(author_of_group(group))

    def _keep(self, author: Author | None) -> None:
        if author is not None:
            self._known[int(author.key.author)] = author


def author(id: int, known: Known) -> Author:
    return known.get(id) or Author(AuthorKey(Platform.VK, str(id)))


def author_of_user(user: Mapping[str, Any]) -> Author | None:
    id = number(user.get("id"))
    if not id or id < 0:
        return None
    name = " ".join(filter(None, (text(user.get("first_name")), text(user.get("last_name")))))
    return Author(AuthorKey(Platform.VK, str(id)), name, _screen_name(user, f"id{id}"))


def author_of_group(group: Mapping[str, Any]) -> Author | None:
    id = number(group.get("id"))
    if not id:
        return None
    return Author(AuthorKey(Platform.VK, f"-{abs(id)}"), text(group.get("name")), _screen_name(group, f"club{abs(id)}"))


def profile_of(user: Mapping[str, Any]) -> Profile | None:
    """What VK tells of a person; of the age of an account it tells nothing."""
    found = author_of_user(user)
    if found is None:
        return None
    return Profile(
        author=found,
        bio=text(user.get("about")) or text(user.get("status")),
        has_photo=number(user.get("has_photo")) == 1,
        is_verified=number(user.get("verified")) == 1,
        is_deleted=bool(text(user.get("deactivated"))),
    )


def _screen_name(thing: Mapping[str, Any], plain: str) -> str:
    found = text(thing.get("screen_name"))
    return "" if found == plain else found


def _parts(listed: list[int], most: int) -> Iterable[list[int]]:
    return (listed[start : start + most] for start in range(0, len(listed), most))
