"""The accounts of each platform, one behind the other."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from moderator_app.domain.message import Platform
from moderator_app.language import platform_name
from moderator_app.ui.theme import GRID


class AccountsTabs(QWidget):
    def __init__(self, telegram: QWidget, vk: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._panels = {Platform.TELEGRAM: telegram, Platform.VK: vk}
        self._buttons = {platform: QToolButton() for platform in self._panels}
        self._body, self._group = QStackedWidget(), QButtonGroup(self)
        bar = QHBoxLayout()
        for platform, button in self._buttons.items():
            button.setProperty("page", True)
            button.setCheckable(True)
            button.clicked.connect(lambda _on, chosen=platform: self.show_platform(chosen))
            self._group.addButton(button)
            self._body.addWidget(self._panels[platform])
            bar.addWidget(button)
        bar.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(2 * GRID)
        box.addLayout(bar)
        box.addWidget(self._body, 1)
        self.show_platform(Platform.TELEGRAM)
        self._retranslate()

    def show_platform(self, platform: Platform) -> None:
        self._buttons[platform].setChecked(True)
        self._body.setCurrentWidget(self._panels[platform])

    def _retranslate(self) -> None:
        for platform, button in self._buttons.items():
            button.setText(platform_name(platform))

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)
