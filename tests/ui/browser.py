"""What stands where the machine's web browser would."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices


class Browser(QObject):
    """`addresses` were opened, in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.addresses.append(url.toString())


@contextmanager
def browser() -> Iterator[Browser]:
    opened = Browser()
    QDesktopServices.setUrlHandler("https", opened, "take")  # type: ignore[arg-type]
    try:
        yield opened
    finally:
        QDesktopServices.unsetUrlHandler("https")
