"""groups.*: communities, their managers, black lists and long poll settings."""

from __future__ import annotations

from typing import Any

from tests.servers.vk import shapes
from tests.servers.vk.calls import Call, answers
from tests.servers.vk.entities import Community, User
from tests.servers.vk.errors import VkError
from tests.servers.vk.events import NAMES

MASKS = {"photos": 4, "messages": 4096, "wall": 8192, "docs": 131072, "manage": 262144}
YEAR = 366 * 86400
PERMISSIONS = {"moderator": [], "editor": ["ads"], "administrator": ["ads"], "creator": ["ads"], "advertiser": ["ads"]}


@answers("groups.getById", "UGS")
def get_by_id(call: Call) -> Any:
    names = call.words("group_ids") or call.words("group_id")
    found = [call.find_community(name) for name in names] if names else [call.community()]
    if not any(found):
        raise VkError(100, "group_ids is undefined")
    fields = call.words("fields")
    groups = [shapes.community(each, fields, call.user) for each in found if each]
    return {"groups": groups, "profiles": []}


@answers("groups.getTokenPermissions", "G")
def get_token_permissions(call: Call) -> Any:
    held = [{"name": name, "setting": mask} for name, mask in MASKS.items() if name in call.token.scopes]
    return {"mask": sum(each["setting"] for each in held), "permissions": held}


@answers("groups.getMembers", "UGS")
def get_members(call: Call) -> Any:
    community, start = call.community(), call.number("offset", 0)
    if call.text("filter") == "managers":
        call.require_manager(community, administrator=True)
        return _managers(call, community)
    members = sorted(community.members, key=lambda user: user.id)
    shown = members[start : start + call.count(1000, 1000)]
    fields = call.words("fields")
    items = [shapes.user(user, fields) if fields else user.id for user in shown]
    return {"count": len(members), "items": items}


def _managers(call: Call, community: Community) -> Any:
    fields = call.words("fields")
    items = [
        {**(shapes.user(user, fields) if fields else {"id": user.id}), "role": role, "permissions": PERMISSIONS[role]}
        for user, role in community.managers.items()
    ]
    return {"count": len(items), "items": items}


@answers("groups.isMember", "UGS")
def is_member(call: Call) -> Any:
    members = {user.id for user in call.community().members}
    if call.has("user_ids"):
        return [{"user_id": user, "member": int(user in members)} for user in call.numbers("user_ids", 500)]
    return int(call.number("user_id", call.token.peer) in members)


@answers("groups.get", "U", scope="groups")
def get(call: Call) -> Any:
    user = call.user
    found = [each for each in call.world.communities.values() if user in each.members]
    if call.has("filter"):
        wanted = {"admin": 3, "editor": 2, "moder": 1}
        levels = {"moderator": 1, "editor": 2, "administrator": 3, "creator": 3}
        least = min((wanted[word] for word in call.words("filter") if word in wanted), default=0)
        found = [each for each in found if user and levels.get(each.managers.get(user, ""), 0) >= least]
    items = [shapes.community(each, call.words("fields"), user) for each in found]
    return {"count": len(items), "items": items if call.flag("extended") else [each["id"] for each in items]}


@answers("groups.getBanned", "UG", scope="groups", group_scope="manage")
def get_banned(call: Call) -> Any:
    community = call.community()
    call.require_manager(community)
    bans, start = call.world.banned(community), call.number("offset", 0)
    if call.has("owner_id"):
        wanted = call.number("owner_id")
        if wanted not in bans:
            raise VkError(104)
        shown = [bans[wanted]]
    else:
        shown = sorted(bans.values(), key=lambda ban: -ban.date)[start : start + call.count(20, 200)]
    known = [(each, call.world.author(each.peer)) for each in shown]
    return {"count": len(bans), "items": [shapes.ban(each, author) for each, author in known if author]}


@answers("groups.ban", "U", scope="groups")
def ban(call: Call) -> Any:
    community, peer, end = call.community(), call.number("owner_id"), call.number("end_date", 0)
    call.require_manager(community)
    author = call.world.author(peer)
    if not author:
        raise VkError(100, "owner_id is invalid")
    if isinstance(author, User) and author in community.managers:
        raise VkError(15, "user is a manager of the group")
    if isinstance(author, User) and author.deactivated:
        raise VkError(18)
    if end and not call.world.now < end <= call.world.now + YEAR:
        raise VkError(100, "end_date is invalid")
    if peer not in community.bans and len(community.bans) >= community.most_banned:
        raise VkError(103)
    reason, visible = call.number("reason", 0), call.flag("comment_visible")
    if reason not in range(5):
        raise VkError(100, "reason is invalid")
    call.world.ban(
        community, peer, call.token.peer, end=end, reason=reason, comment=call.text("comment"), comment_visible=visible
    )
    return 1


@answers("groups.unban", "U", scope="groups")
def unban(call: Call) -> Any:
    community, peer = call.community(), call.number("owner_id")
    call.require_manager(community)
    if peer not in call.world.banned(community):
        raise VkError(104)
    call.world.unban(community, peer, call.token.peer)
    return 1


@answers("groups.removeUser", "U", scope="groups")
def remove_user(call: Call) -> Any:
    """Whoever is no member is a wrong parameter."""
    community, user = call.community(), call.world.users.get(call.number("user_id"))
    call.require_manager(community)
    if not user or user not in community.members:
        raise VkError(100, "user_id is invalid")
    if user in community.managers:
        raise VkError(15, "user is a manager of the group")
    call.world.did("remove", community, user.id, call.token.peer)
    call.world.leave(community, user, by_oneself=False)
    return 1


@answers("groups.getLongPollServer", "UG", scope="groups", group_scope="manage")
def get_long_poll_server(call: Call) -> Any:
    community = call.community()
    call.require_manager(community, administrator=True)
    if not call.has("group_id"):
        raise VkError(100, "group_id is undefined")
    if not community.long_poll.is_enabled:
        raise VkError(100, "longpoll for this group is not enabled")
    return call.server.long_poll.opened(community)


@answers("groups.getLongPollSettings", "UG", scope="groups", group_scope="manage")
def get_long_poll_settings(call: Call) -> Any:
    community = call.community()
    call.require_manager(community, administrator=True)
    settings = community.long_poll
    events = {name: int(name in settings.events) for name in sorted(NAMES)}
    return {"api_version": settings.api_version, "is_enabled": settings.is_enabled, "events": events}


@answers("groups.setLongPollSettings", "UG", scope="groups", group_scope="manage")
def set_long_poll_settings(call: Call) -> Any:
    """What is not named stays as it is."""
    community = call.community()
    call.require_manager(community, administrator=True)
    settings = community.long_poll
    if call.has("enabled"):
        settings.is_enabled = call.flag("enabled")
    settings.api_version = call.text("api_version") or settings.api_version
    for name in NAMES:
        if call.has(name):
            (settings.events.add if call.flag(name) else settings.events.discard)(name)
    call.world.changes += 1
    return 1
