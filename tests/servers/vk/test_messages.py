"""Chats of a community: written to once, read, moderated message by message."""

from typing import Any

import pytest

from tests.servers.vk import Chat
from tests.servers.vk.client import Refusal
from tests.servers.vk.scene import Scene


@pytest.fixture
def chat(scene: Scene) -> Chat:
    """Of which the community is an administrator."""
    return scene.world.add_chat("Kitchen", scene.owner, [scene.guest], admins=[scene.cooking])


def code_of(scene: Scene, method: str, **given: Any) -> int:
    with pytest.raises(Refusal) as told:
        scene.group.ask(method, **given)
    return told.value.code


def test_a_deletion_is_answered_message_by_message(scene: Scene, chat: Chat) -> None:
    day = 86400
    bad = scene.world.write(chat, scene.guest, "spam")
    of_owner = scene.world.write(chat, scene.owner, "mine")
    old = scene.world.write(chat, scene.guest, "old", date=scene.world.now - day - 1)
    numbers = f"{bad.cmid},{of_owner.cmid},{old.cmid},99"
    found = scene.group.ask("messages.delete", peer_id=chat.peer_id, cmids=numbers, delete_for_all=1)
    assert [each["response"] for each in found] == [1, 0, 0, 0]
    assert [each["error"]["code"] for each in found[1:]] == [924, 924, 15]
    assert found[0]["conversation_message_id"] == bad.cmid
    kept = scene.group.ask("messages.getByConversationMessageId", peer_id=chat.peer_id, conversation_message_ids="1,2")
    assert [each["text"] for each in kept["items"]] == ["mine"]
    again = scene.group.ask("messages.delete", peer_id=chat.peer_id, cmids=bad.cmid, delete_for_all=1)
    assert again[0]["error"]["code"] == 15
    assert len(scene.world.done("delete", bad)) == 1


def test_a_community_that_is_no_administrator_can_delete_for_nobody_else(scene: Scene) -> None:
    chat = scene.world.add_chat("Kitchen", scene.owner, [scene.guest, scene.cooking])
    message = scene.world.write(chat, scene.guest, "spam")
    given = {"peer_id": chat.peer_id, "cmids": message.cmid}
    assert scene.group.ask("messages.delete", **given, delete_for_all=1)[0]["error"]["code"] == 924
    assert scene.group.ask("messages.delete", **given)[0]["response"] == 1
    assert not message.deleted
    assert code_of(scene, "messages.removeChatUser", chat_id=1, member_id=scene.guest.id) == 925
    assert code_of(scene, "messages.getHistory", peer_id=chat.peer_id) == 917
    assert code_of(scene, "messages.getConversationMembers", peer_id=chat.peer_id) == 917


def test_chats_know_no_message_ids(scene: Scene, chat: Chat) -> None:
    assert code_of(scene, "messages.delete", message_ids=1, delete_for_all=1) == 15


def test_somebody_is_removed_once(scene: Scene, chat: Chat) -> None:
    given = {"chat_id": chat.peer_id - 2_000_000_000}
    assert scene.group.ask("messages.removeChatUser", **given, member_id=scene.guest.id) == 1
    assert scene.guest.id not in chat.members
    assert code_of(scene, "messages.removeChatUser", **given, member_id=scene.guest.id) == 935
    assert code_of(scene, "messages.removeChatUser", **given, member_id=scene.owner.id) == 15
    assert len(scene.world.done("remove", scene.guest.id)) == 1


def test_a_random_id_makes_one_message_of_many_requests(scene: Scene, chat: Chat) -> None:
    asked = scene.world.write(chat, scene.guest, "spam")
    forward = f'{{"peer_id":{chat.peer_id},"conversation_message_ids":[{asked.cmid}],"is_reply":1}}'
    given = {"peer_id": chat.peer_id, "message": "Please, no", "random_id": 7, "forward": forward}
    assert scene.group.ask("messages.send", **given) == scene.group.ask("messages.send", **given) == 0
    (written,) = [each for each in chat.messages.values() if each.author == scene.cooking.peer]
    assert written.reply_to is asked
    found = scene.group.ask("messages.send", peer_ids=chat.peer_id, message="more", random_id=0)
    assert found[0]["conversation_message_id"] == written.cmid + 1


def test_a_person_must_have_written_first(scene: Scene) -> None:
    given = {"peer_id": scene.guest.id, "message": "hello", "random_id": 1}
    assert code_of(scene, "messages.send", **given) == 901
    scene.world.write_to(scene.cooking, scene.guest, "hi")
    assert scene.group.ask("messages.send", **given) == 2


def test_chats_are_listed_with_their_newest_message(scene: Scene, chat: Chat) -> None:
    scene.world.write(chat, scene.guest, "first")
    scene.world.write(chat, scene.guest, "second")
    (item,) = scene.group.ask("messages.getConversations")["items"]
    assert item["conversation"]["chat_settings"]["title"] == "Kitchen"
    assert item["last_message"]["text"] == "second"
    (known,) = scene.group.ask("messages.getConversationsById", peer_ids=chat.peer_id)["items"]
    assert known["last_conversation_message_id"] == 2
    history = scene.group.ask("messages.getHistory", peer_id=chat.peer_id, rev=1, extended=1)
    assert [each["text"] for each in history["items"]] == ["first", "second"]
    assert history["profiles"][0]["id"] == scene.guest.id
    members = scene.group.ask("messages.getConversationMembers", peer_id=chat.peer_id)["items"]
    assert {each["member_id"] for each in members if each.get("is_admin")} == {scene.owner.id, scene.cooking.peer}


def test_a_chat_that_a_community_left_is_closed_to_it(scene: Scene, chat: Chat) -> None:
    scene.world.remove(chat, scene.cooking.peer, scene.owner.id)
    given = {"peer_id": chat.peer_id, "message": "hello", "random_id": 1}
    assert code_of(scene, "messages.send", **given) == 917
