"""What happens in the chats while the console is connected."""

from pathlib import Path

from tests.servers.telegram import TelegramServer
from tests.sources.telegram.feeding import fed, shows


async def test_messages_edits_and_deletions_arrive_live(tmp_path: Path) -> None:
    async with TelegramServer() as server:
        world = server.world
        owner, guest = world.add_user("Owner"), world.add_user("Guest")
        group = world.add_supergroup("Cooking", owner, [guest])
        async with fed(server, owner, tmp_path) as feeding:
            first, second = world.post(group, guest, "first"), world.post(group, guest, "second")
            await shows(feeding, group, "first", "second")
            world.edit(first, "first, edited")
            await shows(feeding, group, "first, edited", "second")
            world.delete(second)
            await shows(feeding, group, "first, edited")
            assert feeding.source.name == f"telegram:{owner.id}"
        # Nothing was asked for again.
        assert server.arrived["updates.GetChannelDifference"] == 0
