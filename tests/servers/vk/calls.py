"""One call of a method: its parameters, whose token it came with, and what that may."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.servers.vk.entities import ADMINISTRATING, CHAT_PEERS, MODERATING, Chat, Community, Holder, Token, User
from tests.servers.vk.errors import VkError
from tests.servers.vk.world import World

if TYPE_CHECKING:
    from tests.servers.vk.server import VkServer

Answer = Callable[["Call"], Any]
_NUMBERED = re.compile("(?:-|club|public|event)?([0-9]+)")
HOLDERS = {"U": Holder.USER, "G": Holder.COMMUNITY, "S": Holder.SERVICE}


@dataclass(frozen=True)
class Method:
    """`scope` is what a user's token needs, `group_scope` what a community's does."""

    answer: Answer
    holders: frozenset[Holder]
    scope: str = ""
    group_scope: str = ""


METHODS: dict[str, Method] = {}


def answers(name: str, holders: str, *, scope: str = "", group_scope: str = "") -> Callable[[Answer], Answer]:
    """Registers the answer to a method for the tokens of users (U), communities (G) and applications (S)."""

    def register(answer: Answer) -> Answer:
        METHODS[name] = Method(answer, frozenset(HOLDERS[letter] for letter in holders), scope, group_scope)
        return answer

    return register


class Call:
    """Raises VkError(100) for a parameter that is missing or wrong."""

    def __init__(self, server: VkServer, name: str, token: Token, parameters: dict[str, str]) -> None:
        self.server, self.name, self.token = server, name, token
        self.world: World = server.world
        self._parameters = parameters

    @property
    def user(self) -> User | None:
        return self.token.holder if isinstance(self.token.holder, User) else None

    def text(self, name: str) -> str:
        return self._parameters.get(name, "")

    def has(self, name: str) -> bool:
        return bool(self.text(name))

    def flag(self, name: str) -> bool:
        """Anything but 1 is off, the word True too."""
        return self.text(name) == "1"

    def number(self, name: str, default: int | None = None) -> int:
        text = self.text(name)
        if not text and default is not None:
            return default
        try:
            return int(text)
        except ValueError:
            raise VkError(100, f"{name} is {'invalid' if text else 'undefined'}") from None

    def count(self, default: int, most: int) -> int:
        return max(0, min(self.number("count", default), most))

    def words(self, name: str) -> list[str]:
        return [word.strip() for word in self.text(name).split(",") if word.strip()]

    def numbers(self, name: str, most: int = 1000) -> list[int]:
        words = self.words(name)
        if len(words) > most or not all(word.lstrip("-").isdigit() for word in words):
            raise VkError(100, f"{name} is invalid")
        return [int(word) for word in words]

    def object(self, name: str) -> dict[str, Any]:
        """A parameter that holds JSON."""
        try:
            found = json.loads(self.text(name) or "{}")
        except ValueError:
            raise VkError(100, f"{name} should be json") from None
        return found if isinstance(found, dict) else {}

    def community(self, name: str = "group_id") -> Community:
        """By id or short name; the token's own where none is named."""
        text = self.text(name)
        if not text and isinstance(self.token.holder, Community):
            return self.token.holder
        found = self.find_community(text)
        if not found:
            raise VkError(125 if text else 100, "" if text else f"{name} is undefined")
        return found

    def find_community(self, text: str) -> Community | None:
        """By number, also as in `club45`, or by short name."""
        known = self.world.communities
        if numbered := _NUMBERED.fullmatch(text):
            return known.get(int(numbered[1]))
        return next((each for each in known.values() if each.screen_name == text), None)

    def owner(self) -> Community:
        """The community whose wall, photos, ... `owner_id` names."""
        found = self.world.communities.get(-self.number("owner_id", 0))
        if not found:
            raise VkError(15, "owner is not found")
        return found

    def chat(self, peer_id: int) -> Chat:
        """One of the community's: that of the token, or of `group_id`."""
        found = self.community().chats.get(peer_id)
        if not found:
            raise VkError(917 if peer_id > CHAT_PEERS else 100)
        if found.is_chat and self.community().peer not in found.members:
            raise VkError(917)
        return found

    def require_manager(self, community: Community, code: int = 15, *, administrator: bool = False) -> None:
        """Of whoever holds the token; a community manages itself. Raises VkError(code)."""
        if self.token.holder is community:
            return
        role = community.managers.get(self.user) if self.user else None
        if role not in (ADMINISTRATING if administrator else MODERATING):
            raise VkError(code)
