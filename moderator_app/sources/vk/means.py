"""What the tokens of a community can do: known beforehand where VK documents it, and learned from its refusals."""

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from moderator_app.domain.decision import ActionKind, Note
from moderator_app.domain.errors import ModeratorError, Refused, SignInNeeded, TryThisLater
from moderator_app.domain.rights import Obstacles
from moderator_app.sources.vk import errors
from moderator_app.sources.vk.api import Api, Token
from moderator_app.sources.vk.places import Kind

log = logging.getLogger(__name__)

# What a user's token is asked for on getting it, with its bit (dev.vk.com/reference/access-rights).
SCOPES = {"photos": 4, "video": 16, "wall": 8192, "groups": 262_144, "market": 134_217_728}


@dataclass(frozen=True, slots=True)
class Needs:
    """What each token must be allowed for a method; None: it is closed to such tokens (VK's API schema 5.199)."""

    community: str | None
    user: str | None


# Whether there is another token by now; VK is not asked.
_RETRY_SECONDS = 60.0

_SECTIONS = {Kind.WALL: "wall", Kind.PHOTO: "photos", Kind.VIDEO: "video", Kind.MARKET: "market", Kind.TOPIC: "board"}

METHODS: Mapping[str, Needs] = {
    **{f"wall.{name}": Needs(None, "wall") for name in ("deleteComment", "restoreComment", "getComment")},
    **{f"wall.{name}": Needs("wall", "wall") for name in ("createComment", "closeComments", "openComments")},
    "wall.get": Needs(None, "wall"),
    "wall.getComments": Needs(None, "wall"),
    **{
        f"{section}.{name}": Needs(None, section)
        for section in ("photos", "video", "market")
        for name in ("deleteComment", "restoreComment", "createComment", "getComments")
    },
    "photos.getAllComments": Needs(None, "photos"),
    **{f"board.{name}": Needs("manage", "groups") for name in ("deleteComment", "restoreComment")},
    **{f"board.{name}": Needs(None, "groups") for name in ("createComment", "getComments", "getTopics")},
    **{f"groups.{name}": Needs(None, "groups") for name in ("ban", "unban", "removeUser")},
    "groups.getBanned": Needs("manage", "groups"),
    "groups.getMembers": Needs("", "groups"),
    **{
        f"messages.{name}": Needs("messages", None)
        for name in ("delete", "send", "removeChatUser", "getByConversationMessageId", "getHistory", "getConversations")
    },
}  # fmt: skip

_DELETING = {ActionKind.DELETE: "deleteComment", ActionKind.RESTORE: "restoreComment", ActionKind.WARN: "createComment"}
_IN_CHATS = {
    ActionKind.DELETE: "messages.delete",
    ActionKind.DELETE_ALL: "messages.delete",
    ActionKind.WARN: "messages.send",
    ActionKind.KICK: "messages.removeChatUser",
}
_ANYWHERE = {ActionKind.BAN: "groups.ban", ActionKind.UNBAN: "groups.unban"}
_UNDER_POSTS = {ActionKind.CLOSE_COMMENTS: "wall.closeComments", ActionKind.OPEN_COMMENTS: "wall.openComments"}

KINDS = frozenset({*_DELETING, *_IN_CHATS, *_ANYWHERE, *_UNDER_POSTS})


def method_for(action: ActionKind, where: Kind) -> str | None:
    """The method that carries an action out; None where there is none."""
    if action in _ANYWHERE:
        return _ANYWHERE[action]
    if where is Kind.CHAT:
        return _IN_CHATS.get(action)
    if action is ActionKind.KICK:
        return "groups.removeUser"
    if action in _UNDER_POSTS:
        return _UNDER_POSTS[action] if where is Kind.WALL else None
    name = _DELETING.get(ActionKind.DELETE if action is ActionKind.DELETE_ALL else action)
    return f"{_SECTIONS[where]}.{name}" if name else None


class Means:
    """`held` are the community token's rights, `scopes` the user token's, None where VK does not tell them.

    `manages`: whether the user token's owner is a manager of the community; None: not known.
    """

    def __init__(
        self,
        community: Api,
        user: Api | None = None,
        held: Collection[str] | None = None,
        scopes: Collection[str] | None = None,
        manages: bool | None = None,
    ) -> None:
        self._apis = {Token.COMMUNITY: community} | ({Token.USER: user} if user is not None else {})
        self._held, self._scopes, self._manages = held, scopes, manages
        self._closed: set[tuple[Token, str]] = set()
        # VK ID's tokens read a little, and do nothing.
        self._idle: set[Token] = set()
        self._refused: dict[Token, SignInNeeded] = {}
        # Called when a token was refused that was well before.
        self.changed: Callable[[], None] = lambda: None

    @property
    def refusal(self) -> ModeratorError | None:
        """Of the user token, while the community's works."""
        refused = self._refused.get(Token.USER)
        return None if refused is None else _waits_for_a_token(refused)

    @property
    def is_manager(self) -> bool:
        """Whether the user token's owner is known to manage the community."""
        return Token.USER in self._apis and self._manages is True

    def kinds(self, where: Kind) -> frozenset[ActionKind]:
        """What can be done about messages that stand there."""
        found = {kind: method_for(kind, where) for kind in KINDS}
        return frozenset(kind for kind, method in found.items() if method is not None and self.can(method))

    def obstacles(self, where: Kind) -> Obstacles:
        """What cannot be done about messages that stand there, and why."""
        methods = {kind: method_for(kind, where) for kind in ActionKind}
        return tuple(
            (kind, Note("right.not_here") if method is None else self._why_not(method))
            for kind, method in methods.items()
            if method is None or not self.can(method)
        )

    def _why_not(self, method: str) -> Note:
        needs = METHODS[method]
        if needs.user is None:
            return Note("vk.right_missing", (("right", needs.community or ""),))
        if Token.USER not in self._apis:
            return Note("vk.needs_user_token")
        if Token.USER in self._idle:
            return Note("vk.token_cannot_moderate")
        if self._manages is False:
            return Note("vk.needs_manager")
        return Note("vk.scope_missing", (("right", needs.user),))

    def can(self, method: str) -> bool:
        return bool(self._able(method))

    async def ask(self, method: str, /, **values: Any) -> Any:
        """Read, with whichever token may. Raises Refused where none may."""
        return await self._with(method, values, asking=True)

    async def call(self, method: str, /, **values: Any) -> Any:
        """Write, once. A token that VK turns out not to take is passed over from now on, and the other one tried."""
        return await self._with(method, values, asking=False)

    def learn_idle(self, token: Token) -> None:
        self._idle.add(token)

    def learn_refused(self, token: Token, error: SignInNeeded) -> None:
        """What only this token can do waits for another one."""
        is_news = token not in self._refused
        self._refused[token] = error
        if is_news:
            log.warning("VK does not accept the token any more (%s): %s", token, error)
            self.changed()

    async def _with(self, method: str, values: Mapping[str, Any], *, asking: bool) -> Any:
        last: ModeratorError = Refused("vk.not_for_this_token", code=errors.GROUP_AUTH, reason="")
        for token in self._able(method):
            if token in self._refused:
                last = self._refused[token]
                continue
            api = self._apis[token]
            try:
                return await (api.ask(method, **values) if asking else api.call(method, **values))
            except SignInNeeded as error:
                self.learn_refused(token, error)
                last = error
            except Refused as error:
                if not self._passes_over(token, method, error):
                    raise
                last = error
        if isinstance(last, SignInNeeded) and Token.COMMUNITY not in self._refused:
            # The community's token goes on with all that it may.
            raise _waits_for_a_token(last)
        raise last

    def _passes_over(self, token: Token, method: str, error: Refused) -> bool:
        """Whether it is the token that cannot, so that another one may."""
        code = errors.code_of(error)
        if code == errors.GROUP_AUTH:
            self._closed.add((token, method))
        elif code == errors.VK_ID:
            self.learn_idle(token)
        else:
            return False
        log.info("VK closes %s to such a token (%s)", method, token)
        return True

    def _able(self, method: str) -> list[Token]:
        return [token for token in self._apis if self._may(token, method)]

    def _may(self, token: Token, method: str) -> bool:
        needs = METHODS[method]
        if (token, method) in self._closed or token in self._idle:
            return False
        if token is Token.COMMUNITY:
            return needs.community is not None and (self._held is None or needs.community in ("", *self._held))
        if needs.user is None or self._manages is False:
            return False
        return self._scopes is None or needs.user in self._scopes


def _waits_for_a_token(error: SignInNeeded) -> TryThisLater:
    return TryThisLater("vk.user_token_refused", _RETRY_SECONDS, code=errors.code_of(error))
