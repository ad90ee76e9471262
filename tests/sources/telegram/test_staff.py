"""Those who run a chat are not judged: admins, the linked channel, the account itself."""

from pathlib import Path

from telethon.tl import types

from moderator_app.domain.message import Standing
from moderator_app.sources.telegram.staff import standing_of
from tests.servers.telegram import TelegramServer
from tests.sources.telegram.feeding import fed, until
from tests.sources.telegram.objects import ANYA, GROUP, message

INSULT = "да пошёл ты нахуй"


async def test_nothing_of_admins_nor_of_the_linked_channel_enters_the_queue(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, other, guest = world.add_user("Owner"), world.add_user("Other"), world.add_user("Guest")
        talk = world.add_supergroup("Talk", owner, [other, guest])
        channel = world.add_channel("News", owner, [guest], linked=talk)
        basic = world.add_basic_group("Family", owner, [other, guest])
        world.promote(talk, other)
        world.promote(basic, other)
        world.post(talk, other, INSULT + " 1")
        async with fed(server, owner, tmp_path) as feeding:
            world.post(talk, other, INSULT + " 2")
            world.post(talk, owner, INSULT + " 3")
            world.post(channel, channel, INSULT + " 4")
            world.post(talk, talk, INSULT + " 5")
            world.post(basic, other, INSULT + " 6")
            world.post(talk, guest, INSULT + " 7")

            async def one() -> bool:
                return len(await feeding.stored()) == 8 and bool(await feeding.desk.items())

            await until(one)
            rows = (await feeding.desk.queue.page()).rows
            assert [row.excerpt for row in rows] == [INSULT + " 7"]


def test_an_account_knows_its_own_messages_and_nobody_can_pretend_to_be_the_channel() -> None:
    assert standing_of(message(out=True), frozenset()) is Standing.MANAGER
    assert standing_of(message(), frozenset({ANYA})) is Standing.MANAGER
    assert standing_of(message(), frozenset()) is Standing.UNKNOWN
    channel = types.PeerChannel(GROUP + 1)
    shown = types.MessageFwdHeader(date=None, from_id=channel, channel_post=4)
    assert standing_of(message(from_id=channel, fwd_from=shown), frozenset()) is Standing.UNKNOWN
    shown.saved_from_peer, shown.saved_from_msg_id = channel, 4
    assert standing_of(message(from_id=channel, fwd_from=shown), frozenset()) is Standing.LINKED_CHANNEL
