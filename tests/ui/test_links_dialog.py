"""The addresses in a message are seen whole before one is opened."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QPushButton

from moderator_app.domain.message import Attachment, HiddenLink
from moderator_app.domain.ports import Delivery
from moderator_app.ui.physical_keys import Key
from moderator_app.ui.queue.links_dialog import LinksDialog, addresses_in, shown_address
from tests.builders import message
from tests.ui.browser import browser
from tests.ui.conftest import Run
from tests.ui.given import says
from tests.ui.shop import shop
from tests.ui.striking import SHIFT, armed, strike
from tests.ui.until import until

HIDDEN = "https://spam.example/" + "a" * 300 + "/end"


def test_addresses_of_the_text_behind_words_and_attached_are_found_once() -> None:
    said = message(
        "жми https://a.example/x и https://a.example/x",
        links=(HiddenLink("https://b.example"),),
        attachments=(Attachment("link", url="https://c.example"), Attachment("photo", "7")),
    )
    assert addresses_in([said]) == ("https://a.example/x", "https://b.example", "https://c.example")


def test_look_alike_letters_show_what_they_are() -> None:
    assert shown_address("https://аpple.com/x") == "https://xn--pple-43d.com/x"


def test_the_whole_address_is_shown_and_only_its_button_opens_it(run: Run, tmp_path: Path) -> None:
    async def work() -> None:
        with browser() as opened:
            async with shop(tmp_path) as at:
                said = message("да пошёл ты нахуй", links=(HiddenLink(HIDDEN),))
                await at.app.intake.accept(Delivery((said,)), "test")
                await at.shows(1)
                await armed(at)
                strike(at, Key.O, SHIFT, russian=True)
                await until(lambda: isinstance(QApplication.activeModalWidget(), LinksDialog))
                dialog = QApplication.activeModalWidget()
                assert isinstance(dialog, LinksDialog)
                assert says(dialog, HIDDEN)
                assert opened.addresses == []
                open_it = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Open")
                open_it.click()
                assert opened.addresses == [HIDDEN]

    run(work())
