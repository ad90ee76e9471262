"""Commands to a server in a process of its own: JSON objects, posted to /control.

`{"do": "post", "community": 200000001, "text": "hello"}` is answered with `{"result": 1}` or with `{"error": "..."}`.
Things are named by their ids; comments by the kind, the community and their own, chats by their peer_id.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.servers.vk.entities import Chat, Comment, Community, Kind, Role, User
from tests.servers.vk.faults import How
from tests.servers.vk.http import Answer

if TYPE_CHECKING:
    from tests.servers.vk.server import VkServer


class Control:
    """Each public method but `answer` is a command."""

    def __init__(self, server: VkServer) -> None:
        self._server = server
        self._world = server.world

    def answer(self, body: bytes) -> Answer:
        try:
            command = json.loads(body)
            name = command.pop("do")
            if name.startswith("_") or name == "answer":
                raise AttributeError(name)
            content = {"result": getattr(self, name)(**command)}
        except Exception as error:  # told to whoever gave the command
            content = {"error": f"{type(error).__name__}: {error}"}
        return Answer(json.dumps(content, ensure_ascii=False).encode())

    def add_user(self, first_name: str, last_name: str = "", **fields: Any) -> int:
        return self._world.add_user(first_name, last_name, **fields).id

    def add_community(self, name: str, creator: int, **fields: Any) -> int:
        return self._world.add_community(name, self._user(creator), **fields).id

    def add_chat(self, title: str, owner: int, communities: list[int], members: list[int] | None = None) -> int:
        """The communities are its administrators."""
        users = [self._user(each) for each in members or []]
        return self._world.add_chat(
            title, self._user(owner), users, admins=[self._community(each) for each in communities]
        ).peer_id

    def appoint(self, community: int, user: int, role: str) -> None:
        self._world.appoint(self._community(community), self._user(user), Role(role) if role else None)

    def join(self, community: int, user: int) -> None:
        self._world.join(self._community(community), self._user(user))

    def set_contacts(self, community: int, contacts: list[dict[str, Any]] | None) -> None:
        self._community(community).contacts = contacts

    def post(self, community: int, text: str) -> int:
        return self._world.post(self._community(community), text).id

    def add_place(self, kind: str, community: int, text: str = "") -> int:
        return self._world.add_place(Kind(kind), self._community(community), text).id

    def comment(
        self, community: int, place: int, author: int, text: str = "", kind: str = "wall", reply_to: int = 0,
        attachments: list[dict[str, Any]] | None = None, date: int = 0,
    ) -> int:  # fmt: skip
        owner = self._community(community)
        answered = owner.comments[Kind(kind), reply_to] if reply_to else None
        return self._world.comment(
            owner.places[Kind(kind), place], author, text, reply_to=answered, attachments=attachments, date=date
        ).id

    def edit(self, community: int, comment: int, text: str, kind: str = "wall") -> None:
        self._world.edit(self._comment(community, comment, kind), text)

    def delete(self, community: int, comment: int, by: int, kind: str = "wall") -> None:
        self._world.delete(self._comment(community, comment, kind), by)

    def comments(self, community: int, kind: str = "wall") -> list[dict[str, Any]]:
        """All, oldest first; deleted ones, too."""
        found = [each for (of, _), each in self._community(community).comments.items() if of == kind]
        return [
            {
                "id": each.id, "place": each.place.id, "author": each.author, "text": each.text,
                "deleted": each.deleted, "reply_to": each.reply_to.id if each.reply_to else 0,
            }
            for each in found
        ]  # fmt: skip

    def write(self, chat: int, author: int, text: str = "") -> int:
        return self._world.write(self._chat(chat), author, text).cmid

    def write_to(self, community: int, user: int, text: str) -> int:
        return self._world.write_to(self._community(community), self._user(user), text).cmid

    def messages(self, chat: int) -> list[dict[str, Any]]:
        return [
            {"cmid": each.cmid, "author": each.author, "text": each.text, "deleted": each.deleted}
            for each in self._chat(chat).messages.values()
        ]

    def members(self, chat: int) -> list[int]:
        return list(self._chat(chat).members)

    def bans(self, community: int) -> dict[int, dict[str, Any]]:
        found = self._world.banned(self._community(community))
        return {
            peer: {"end": ban.end, "reason": ban.reason, "comment": ban.comment, "by": ban.by}
            for peer, ban in found.items()
        }

    def community_token(self, community: int, scopes: list[str] | None = None) -> str:
        options = {} if scopes is None else {"scopes": scopes}
        return self._world.community_token(self._community(community), **options)

    def user_token(self, user: int, **options: Any) -> str:
        return self._world.user_token(self._user(user), **options)

    def environment(self, community: int, moderator: int = 0) -> dict[str, str]:
        return self._server.environment(self._community(community), self._user(moderator) if moderator else None)

    def revoke(self, token: str, error: int = 5) -> None:
        self._world.revoke(token, error)

    def counts(self) -> dict[str, Any]:
        done = Counter(deed.kind for deed in self._world.deeds if deed.effective)
        return {
            "arrived": self._server.arrived, "carried_out": self._server.carried_out, "done": done,
            "refused": {f"{name} {code}": times for (name, code), times in self._server.refused.items()},
            "done_twice": self._world.done_twice(),
            "events": sum(each.log.next - 1 for each in self._world.communities.values()),
            "events_given": self._server.long_poll.given,
        }  # fmt: skip

    def fail(self, method: str, code: int, times: float = 1, **extra: Any) -> None:
        self._server.faults.fail(method, code, times, **extra)

    def plan(self, how: str, method: str, times: float = 1, **options: Any) -> None:
        """One of Faults.delay, hang, hang_up, lose_answers, html, truncate."""
        if how not in ("delay", "hang", "hang_up", "lose_answers", "html", "truncate"):
            raise AttributeError(how)
        getattr(self._server.faults, how)(method, times=times, **options)

    def failed(self, value: int, times: int = 1) -> None:
        self._server.faults.failed(value, times)

    def at_random(self, methods: list[str], probability: float, hows: list[str], **options: Any) -> None:
        self._server.faults.at_random(methods, probability, [How(each) for each in hows], **options)

    def clear_faults(self) -> None:
        self._server.faults.clear()

    def set_fault(self, name: str, value: float) -> None:
        """repeat_events, shuffle_events, most_events or echo_tokens."""
        if name not in ("repeat_events", "shuffle_events", "most_events", "echo_tokens"):
            raise AttributeError(name)
        setattr(self._server.faults, name, value)

    def set_limits(self, on: bool) -> None:
        self._server.limits.on = on

    def captcha(self, token: str, methods: list[str] | None = None) -> str:
        """The success_token that ends it."""
        self._server.captchas.demand(token, *(methods or []))
        return self._server.captchas.success_token(token)

    def expire_keys(self) -> None:
        self._server.long_poll.expire_keys()

    def forget_events(self, community: int) -> None:
        self._community(community).log.forget()

    def keep_events_for(self, community: int, seconds: float) -> None:
        self._community(community).log.kept_for = seconds

    def drop_connections(self) -> None:
        self._server.drop_connections()

    def _user(self, number: int) -> User:
        return self._world.users[number]

    def _community(self, number: int) -> Community:
        return self._world.communities[number]

    def _comment(self, community: int, number: int, kind: str) -> Comment:
        return self._community(community).comments[Kind(kind), number]

    def _chat(self, peer_id: int) -> Chat:
        chats = (each.chats.get(peer_id) for each in self._world.communities.values())
        return next(chat for chat in chats if chat)
