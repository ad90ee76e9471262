"""users.*, utils.* and account.*: people, links, names, and what a user's token may."""

from __future__ import annotations

from typing import Any

from tests.servers.vk import shapes
from tests.servers.vk.calls import Call, answers
from tests.servers.vk.entities import User
from tests.servers.vk.errors import VkError

MASKS = {
    "photos": 4, "video": 16, "messages": 4096, "wall": 8192, "offline": 65536, "docs": 131072, "groups": 262144,
    "market": 134217728,
}  # fmt: skip


@answers("users.get", "UGS")
def get(call: Call) -> Any:
    """Unknown ones are left out."""
    names = call.words("user_ids")
    if len(names) > 1000:
        raise VkError(100, "user_ids is invalid")
    if not names and not call.user:
        raise VkError(113)
    found = [_user(call, name) for name in names] if names else [call.user]
    return [shapes.user(each, call.words("fields")) for each in found if each]


def _user(call: Call, name: str) -> User | None:
    if name.isdigit():
        return call.world.users.get(int(name))
    return next((each for each in call.world.users.values() if each.screen_name == name), None)


@answers("utils.resolveScreenName", "UGS")
def resolve_screen_name(call: Call) -> Any:
    """Nothing is an empty list."""
    name = call.text("screen_name")
    user, community = _user(call, name), call.find_community(name)
    if user:
        return {"type": "user", "object_id": user.id}
    return {"type": "group", "object_id": community.id} if community else []


@answers("utils.checkLink", "UGS")
def check_link(call: Call) -> Any:
    link = call.text("url")
    if not link:
        raise VkError(100, "url is undefined")
    return {"status": "banned" if link in call.world.bad_links else "not_banned", "link": link}


@answers("utils.getServerTime", "UGS")
def get_server_time(call: Call) -> Any:
    return call.world.now


@answers("account.getAppPermissions", "U")
def get_app_permissions(call: Call) -> Any:
    return sum(mask for name, mask in MASKS.items() if name in call.token.scopes)
