"""Shows a message in the app of its platform."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from moderator_app.domain.addresses import address_of
from moderator_app.domain.message import Message
from moderator_app.language import _
from moderator_app.ui.notices import Notices, Tone


def open_message(message: Message, notices: Notices) -> None:
    """Under the address that the platform gives it: nobody in the chat has written that."""
    address = address_of(message)
    if address is None:
        notices.tell(_("No address leads to this message."), Tone.WARNING)
    elif QDesktopServices.openUrl(QUrl(address)):
        notices.tell(_("Opened: {address}").format(address=address))
    else:
        notices.tell(_("Nothing on this machine opens {address}").format(address=address), Tone.WARNING)
