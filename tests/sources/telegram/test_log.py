"""What connections that come and go leave in the log."""

from pathlib import Path

from moderator_app import log
from tests.servers.telegram import TelegramServer
from tests.sources.telegram.feeding import fed, shows

LOST = "has lost its connection"


async def test_each_lost_connection_is_one_line_and_nobodys_words_are_in_it(tmp_path: Path) -> None:
    handler = log.start(tmp_path)
    try:
        async with TelegramServer() as server:
            world = server.world
            owner, guest = world.add_user("Owner"), world.add_user("Guest")
            group = world.add_supergroup("Cooking", owner, [guest])
            session = server.session_for(owner)
            async with fed(server, owner, tmp_path, session=session) as feeding:
                texts = []
                for number in range(4):
                    server.drop_connections()
                    texts.append(f"private words {number}")
                    world.post(group, guest, texts[-1])
                    await shows(feeding, group, *texts)
                server.revoke(owner)
    finally:
        log.stop(handler)
    written = (tmp_path / "log.txt").read_text(encoding="utf-8")
    assert 4 <= written.count(LOST) <= 5
    assert "telethon" not in written
    assert "Traceback" not in written
    assert "private words" not in written
    assert session not in written
