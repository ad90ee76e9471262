"""Communities, their managers and contacts, black lists, and the settings of the long poll; people and links."""

from typing import Any

import pytest

from tests.servers.vk import Role
from tests.servers.vk.client import Refusal
from tests.servers.vk.scene import Scene


def code_of(scene: Scene, method: str, **given: Any) -> int:
    with pytest.raises(Refusal) as told:
        scene.moderator.ask(method, **given)
    return told.value.code


def test_a_ban_is_listed_until_it_is_lifted(scene: Scene) -> None:
    who = {"group_id": scene.cooking.id, "owner_id": scene.guest.id}
    assert scene.moderator.ask("groups.ban", **who, reason=1, comment="spam", comment_visible=1) == 1
    (item,) = scene.group.ask("groups.getBanned", **who)["items"]
    assert (item["type"], item["profile"]["id"]) == ("profile", scene.guest.id)
    info = {"reason": 1, "comment": "spam", "comment_visible": True, "end_date": 0, "admin_id": scene.anna.id}
    assert info.items() <= item["ban_info"].items()
    assert scene.moderator.ask("groups.ban", **who) == 1
    assert len(scene.world.done("ban", scene.guest.id)) == 1
    assert scene.moderator.ask("groups.unban", **who) == 1
    assert code_of(scene, "groups.getBanned", **who) == 104
    assert code_of(scene, "groups.unban", **who) == 104


def test_a_community_is_banned_by_its_negative_id(scene: Scene) -> None:
    other = scene.world.add_community("Ads", scene.guest)
    assert scene.moderator.ask("groups.ban", group_id=scene.cooking.id, owner_id=other.peer) == 1
    (item,) = scene.group.ask("groups.getBanned")["items"]
    assert (item["type"], item["group"]["id"]) == ("group", other.id)


def test_a_ban_with_an_end_is_over_then(scene: Scene) -> None:
    now = scene.world.now
    who = {"group_id": scene.cooking.id, "owner_id": scene.guest.id}
    assert code_of(scene, "groups.ban", **who, end_date=now + 400 * 86400) == 100
    assert scene.moderator.ask("groups.ban", **who, end_date=now + 60) == 1
    scene.world.clock = lambda: now + 61
    assert scene.group.ask("groups.getBanned")["count"] == 0


def test_whom_nobody_can_ban(scene: Scene) -> None:
    gone = scene.world.add_user("DELETED", deactivated="deleted")
    group = scene.cooking.id
    assert code_of(scene, "groups.ban", group_id=group, owner_id=scene.owner.id) == 15
    assert code_of(scene, "groups.ban", group_id=group, owner_id=gone.id) == 18
    assert code_of(scene, "groups.ban", group_id=group, owner_id=1) == 100
    scene.cooking.most_banned = 0
    assert code_of(scene, "groups.ban", group_id=group, owner_id=scene.guest.id) == 103


def test_a_member_is_removed_once(scene: Scene) -> None:
    opened = scene.group.ask("groups.getLongPollServer", group_id=scene.cooking.id)
    who = {"group_id": scene.cooking.id, "user_id": scene.guest.id}
    assert scene.moderator.ask("groups.removeUser", **who) == 1
    assert scene.guest not in scene.cooking.members
    (event,) = scene.group.updates(opened)
    assert (event["type"], event["object"]) == ("group_leave", {"user_id": scene.guest.id, "self": 0})
    assert code_of(scene, "groups.removeUser", **who) == 100
    assert code_of(scene, "groups.removeUser", group_id=scene.cooking.id, user_id=scene.owner.id) == 15


def test_contacts_are_public_and_managers_for_administrators(scene: Scene) -> None:
    contacts = [{"user_id": scene.guest.id, "desc": "Ads"}, {"phone": "+7 900"}]
    donor = scene.world.add_community("Donor", scene.guest, contacts=contacts)
    (found,) = scene.group.ask("groups.getById", group_id=donor.id, fields="contacts,members_count")["groups"]
    assert (found["contacts"], found["members_count"]) == (contacts, 1)
    donor.contacts = None
    (found,) = scene.group.ask("groups.getById", group_id=donor.screen_name, fields="contacts")["groups"]
    assert "contacts" not in found
    assert code_of(scene, "groups.getMembers", group_id=donor.id, filter="managers") == 15
    own = scene.moderator.ask("groups.getMembers", group_id=scene.cooking.id, filter="managers")
    assert [(each["id"], each["role"]) for each in own["items"]] == [
        (scene.owner.id, "creator"), (scene.anna.id, "administrator"),
    ]  # fmt: skip


def test_a_token_finds_its_communities(scene: Scene) -> None:
    (own,) = scene.group.ask("groups.getById")["groups"]
    assert own["id"] == scene.cooking.id
    (seen,) = scene.moderator.ask("groups.getById", group_ids="club200000001", fields="is_admin")["groups"]
    assert (seen["is_admin"], seen["admin_level"]) == (1, 3)
    scene.world.join(scene.world.add_community("Fishing", scene.owner), scene.anna)
    assert scene.moderator.ask("groups.get")["count"] == 2
    assert scene.moderator.ask("groups.get", filter="moder")["items"] == [scene.cooking.id]


def test_settings_of_the_long_poll_change_one_by_one(scene: Scene) -> None:
    closed = scene.world.add_community("Fishing", scene.owner, long_poll=False)
    client = scene.client(scene.world.community_token(closed))
    settings = client.ask("groups.getLongPollSettings")
    assert (settings["is_enabled"], settings["events"]["wall_reply_new"]) == (False, 0)
    with pytest.raises(Refusal) as told:
        client.ask("groups.getLongPollServer", group_id=closed.id)
    assert told.value.code == 100
    client.ask("groups.setLongPollSettings", enabled=1, api_version="5.103", wall_reply_new=1, message_new=1)
    client.ask("groups.setLongPollSettings", message_new=0)
    settings = client.ask("groups.getLongPollSettings")
    assert (settings["is_enabled"], settings["api_version"]) == (True, "5.103")
    assert [name for name, on in settings["events"].items() if on] == ["wall_reply_new"]
    assert client.ask("groups.getLongPollServer", group_id=closed.id)["ts"] == "1"


def test_people_as_they_are(scene: Scene) -> None:
    gone = scene.world.add_user("DELETED", deactivated="deleted")
    seen = scene.world.add_user("Ivan", photo="https://vk.test/1.jpg", details={"bdate": "1.2.1990"})
    found = scene.group.ask("users.get", user_ids=f"{gone.id},999,id{seen.id}", fields="photo_100,bdate,city")
    assert [each["id"] for each in found] == [gone.id, seen.id]
    assert found[0]["deactivated"] == "deleted"
    assert (found[1]["photo_100"], found[1]["bdate"]) == ("https://vk.test/1.jpg", "1.2.1990")
    assert "city" not in found[1]
    assert scene.moderator.ask("users.get")[0]["id"] == scene.anna.id


def test_names_and_links(scene: Scene) -> None:
    found = {"type": "group", "object_id": scene.cooking.id}
    assert scene.group.ask("utils.resolveScreenName", screen_name=scene.cooking.screen_name) == found
    assert scene.group.ask("utils.resolveScreenName", screen_name="nobody") == []
    scene.world.bad_links.add("https://bad.example")
    assert scene.group.ask("utils.checkLink", url="https://bad.example")["status"] == "banned"
    assert scene.group.ask("utils.checkLink", url="https://good.example")["status"] == "not_banned"


def test_roles_are_told_of_by_an_event(scene: Scene) -> None:
    opened = scene.group.ask("groups.getLongPollServer", group_id=scene.cooking.id)
    scene.world.appoint(scene.cooking, scene.guest, Role.EDITOR, by=scene.owner.id)
    (event,) = scene.group.updates(opened)
    assert event["object"] == {
        "admin_id": scene.owner.id, "user_id": scene.guest.id, "level_old": 0, "level_new": 2,
    }  # fmt: skip
