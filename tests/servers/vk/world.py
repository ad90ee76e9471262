"""Who belongs to a community or a chat: joins, roles, bans and removals."""

from __future__ import annotations

from tests.servers.vk.entities import Author, Ban, Chat, Community, Member, Place, Role, User
from tests.servers.vk.registry import alone
from tests.servers.vk.talking import Talking

LEVELS = {Role.MODERATOR: 1, Role.EDITOR: 2, Role.ADMINISTRATOR: 3, Role.CREATOR: 3, Role.ADVERTISER: 0}


class World(Talking):
    """VK as a whole. Rights are not asked for here; `by` is the peer who did it."""

    @alone
    def join(self, community: Community, user: User, join_type: str = "join") -> None:
        community.members.add(user)
        self.happened(community, "group_join", {"user_id": user.id, "join_type": join_type})

    @alone
    def leave(self, community: Community, user: User, *, by_oneself: bool = True) -> None:
        community.members.discard(user)
        self.happened(community, "group_leave", {"user_id": user.id, "self": int(by_oneself)})

    @alone
    def appoint(self, community: Community, user: User, role: Role | None, by: int = 0) -> None:
        """Gives a manager's role, or takes it away with None."""
        old = community.managers.pop(user, None)
        if role:
            community.managers[user] = role
            community.members.add(user)
        levels = {"level_old": LEVELS[old] if old else 0, "level_new": LEVELS[role] if role else 0}
        self.happened(community, "group_officers_edit", {"admin_id": by, "user_id": user.id, **levels})

    @alone
    def ban(
        self, community: Community, peer: int, by: int, *, end: int = 0, reason: int = 0, comment: str = "",
        comment_visible: bool = False,
    ) -> None:  # fmt: skip
        known = community.bans.get(peer)
        self.did("ban", community, peer, by, effective=not known or known.end != end)
        community.bans[peer] = Ban(peer, by, self.now, end, reason, comment, comment_visible)
        self.happened(
            community, "user_block",
            {"admin_id": by, "user_id": peer, "unblock_date": end, "reason": reason, "comment": comment},
        )  # fmt: skip

    @alone
    def unban(self, community: Community, peer: int, by: int) -> None:
        known = community.bans.pop(peer, None)
        self.did("unban", community, peer, by, effective=known is not None)
        if known:
            self.happened(community, "user_unblock", {"admin_id": by, "user_id": peer, "by_end_date": 0})

    def banned(self, community: Community) -> dict[int, Ban]:
        """Those in force now."""
        return {peer: ban for peer, ban in community.bans.items() if not ban.end or ban.end > self.now}

    @alone
    def close(self, place: Place, by: int, *, closed: bool = True) -> None:
        """No comments may be written under it any more, or again."""
        self.did("close" if closed else "open", place.owner, place, by, effective=place.closed != closed)
        place.closed = closed

    @alone
    def enter(self, chat: Chat, author: Author, by: int = 0) -> None:
        chat.members[author.peer] = Member(by or author.peer, self.now)
        if isinstance(author, Community):
            author.chats[chat.peer_id] = chat
        self.write(chat, by or author.peer, action={"type": "chat_invite_user", "member_id": author.peer})

    @alone
    def remove(self, chat: Chat, peer: int, by: int) -> None:
        """From a chat; whoever leaves removes oneself."""
        there = chat.members.pop(peer, None)
        self.did("remove", None, peer, by, effective=there is not None)
        if there:
            self.write(chat, by, action={"type": "chat_kick_user", "member_id": peer})
