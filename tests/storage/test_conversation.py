"""The conversation around an item."""

from pathlib import Path

from moderator_app.app import App
from moderator_app.domain.ports import Delivery
from moderator_app.language import explain_finding, explain_note
from tests.builders import messages


async def test_the_messages_before_and_after_an_item_stand_in_the_order_of_their_time(tmp_path: Path) -> None:
    app = await App.open(tmp_path, explain_finding, explain_note)
    talk = messages("один", "два", "три", "иди нахуй", "пять", "шесть", "семь")
    # Later ids may come first: an import of an older part of the chat.
    await app.intake.accept(Delivery(talk[3:]), "fake")
    await app.intake.accept(Delivery(talk[:3]), "fake")
    (row,) = (await app.queue.page()).rows
    around = await app.queue.conversation(row.item, before=2, after=2)
    await app.stop()
    assert [message.text for message in around.before] == ["два", "три"]
    assert [message.text for message in around.after] == ["пять", "шесть"]
