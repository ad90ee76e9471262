"""The proxy through which Telegram is reached: typed or pasted as a link, checked, and in force at once."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QSignalBlocker
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from moderator_app.accounts import TelegramAccounts
from moderator_app.domain.errors import ModeratorError
from moderator_app.language import _
from moderator_app.moderation.preferences import Preferences
from moderator_app.proxies import Proxy, ProxyKind
from moderator_app.ui.notices import explain
from moderator_app.ui.settings.sign_in_step import FIELD_WIDTH
from moderator_app.ui.tasks import Tasks
from moderator_app.ui.theme import GRID
from moderator_app.ui.widgets.labels import label, set_tone

PROXY_KEY = "telegram.proxy"
_PORT_WIDTH = 10 * GRID

_KINDS: Mapping[ProxyKind, Callable[[], str]] = {
    ProxyKind.NONE: lambda: _("No proxy"),
    ProxyKind.SOCKS5: lambda: "SOCKS5",
    ProxyKind.HTTP: lambda: "HTTP",
    ProxyKind.MTPROXY: lambda: "MTProxy",
}


class ProxyPanel(QWidget):
    def __init__(
        self, preferences: Preferences, accounts: TelegramAccounts, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._preferences, self._accounts, self._tasks = preferences, accounts, tasks
        self._kept = Proxy(ProxyKind.NONE)
        self._touched = False
        self._title, self._kind = label(title=True), QComboBox()
        self._names = {name: label(tone="muted") for name in ("host", "port", "user", "password")}
        self._fields = {name: QLineEdit() for name in self._names}
        self._given, self._told = label(tone="warning", wrap=True), label(wrap=True)
        self._save = QPushButton()
        self._lay_out()
        self._kind.currentIndexChanged.connect(self._touch)
        self._save.clicked.connect(self.save)
        for field in self._fields.values():
            field.returnPressed.connect(self.save)
            field.textEdited.connect(self._touch)
        self._fields["host"].editingFinished.connect(self._take_link)
        self._retranslate()
        self._fit()

    def save(self) -> None:
        """Check what was typed, keep it, have it used."""
        self._tell("")
        self._take_link()
        self._save.setEnabled(False)
        self._tasks.start(self._store(self._typed()))

    def _typed(self) -> Proxy:
        texts = {name: field.text().strip() for name, field in self._fields.items()}
        kind = ProxyKind(self._kind.currentData())
        same = kind is self._kept.kind and texts["user"] == self._kept.user
        if same and not texts["password"]:
            # What is kept is not shown, and stays unless something is typed.
            texts["password"] = self._kept.password
        return Proxy(kind, **texts)

    async def _store(self, proxy: Proxy) -> None:
        try:
            address, secret = proxy.address, proxy.secret
            await self._accounts.keep_proxy_secret(secret)
            self._preferences.set(PROXY_KEY, address)
        except ModeratorError as error:
            self._tell(explain(error), "danger")
            return
        finally:
            self._save.setEnabled(self._touched)
        self._accounts.tell()
        self._show(proxy)
        used = _("Saved. Connections are made through it from now on.")
        self._tell(used if address else _("Saved. Connections are made directly from now on."), "good")

    async def _read(self) -> None:
        secret = await self._accounts.proxy_secret()
        # A keyring may take its time, and somebody may type meanwhile.
        if not self._touched:
            self._show(Proxy.kept(self._preferences.current.telegram.proxy, secret))

    def _show(self, proxy: Proxy) -> None:
        self._kept, self._touched = proxy, False
        with QSignalBlocker(self._kind):
            self._kind.setCurrentIndex(self._kind.findData(proxy.kind.value))
        self._fill(proxy)
        self._fields["password"].clear()
        self._save.setEnabled(False)
        self._fit()

    def _fill(self, proxy: Proxy) -> None:
        for name, field in self._fields.items():
            field.setText(getattr(proxy, name))

    def _take_link(self) -> None:
        """Somebody may have pasted what a channel or a friend gave them."""
        proxy = Proxy.from_link(self._fields["host"].text())
        if proxy is not None:
            with QSignalBlocker(self._kind):
                self._kind.setCurrentIndex(self._kind.findData(proxy.kind.value))
            self._fill(proxy)
            self._fit()

    def _touch(self) -> None:
        self._touched = True
        self._save.setEnabled(True)
        self._tell("")
        self._fit()

    def _tell(self, text: str, tone: str = "") -> None:
        set_tone(self._told, tone)
        self._told.setText(text)
        self._told.setVisible(bool(text))

    def _fit(self) -> None:
        """Ask for what the kind of proxy needs."""
        kind = ProxyKind(self._kind.currentData())
        wanted = {
            "host": kind is not ProxyKind.NONE,
            "port": kind is not ProxyKind.NONE,
            "user": kind in (ProxyKind.SOCKS5, ProxyKind.HTTP),
            "password": kind is not ProxyKind.NONE,
        }
        for name, shown in wanted.items():
            self._names[name].setVisible(shown)
            self._fields[name].setVisible(shown)
        self._name_secret(kind)
        self._given.setVisible(self._accounts.proxy_is_given)

    def _name_secret(self, kind: ProxyKind) -> None:
        field = self._fields["password"]
        name = _("Secret") if kind is ProxyKind.MTPROXY else _("Password")
        self._names["password"].setText(name)
        field.setAccessibleName(_("{name} of the proxy").format(name=name))
        kept = kind is self._kept.kind and bool(self._kept.password)
        unchanged = _("kept in the keyring; type to replace it")
        optional = "" if kind is ProxyKind.MTPROXY else _("if it asks for one")
        field.setPlaceholderText(unchanged if kept else optional)

    def _lay_out(self) -> None:
        for kind in _KINDS:
            self._kind.addItem("", kind.value)
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._fields["password"].setEchoMode(QLineEdit.EchoMode.Password)
        self._fields["port"].setFixedWidth(_PORT_WIDTH)
        for name in ("host", "user", "password"):
            self._fields[name].setFixedWidth(FIELD_WIDTH)
        grid = QGridLayout()
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(GRID // 2)
        places = {"host": (0, 0), "port": (0, 1), "user": (2, 0), "password": (4, 0)}
        for name, (line, column) in places.items():
            grid.addWidget(self._names[name], line, column)
            grid.addWidget(self._fields[name], line + 1, column)
            self._names[name].setBuddy(self._fields[name])
        grid.setColumnStretch(2, 1)
        first, last = QHBoxLayout(), QHBoxLayout()
        for row, widget in ((first, self._kind), (last, self._save)):
            row.addWidget(widget)
            row.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        for part in (self._title, self._given, first, grid, self._told, last):
            if isinstance(part, QWidget):
                box.addWidget(part)
            else:
                box.addLayout(part)
        self._told.hide()

    def _retranslate(self) -> None:
        self._title.setText(_("Proxy for Telegram"))
        self._given.setText(_("In this run the environment names a proxy, which is used in place of this one."))
        for place, kind_name in enumerate(_KINDS.values()):
            self._kind.setItemText(place, kind_name())
        self._kind.setAccessibleName(_("Kind of proxy"))
        names = {"host": _("Server, or a link to the proxy"), "port": _("Port"), "user": _("User")}
        for key, name in names.items():
            self._names[key].setText(name)
            self._fields[key].setAccessibleName(_("{name} of the proxy").format(name=name))
        self._fields["user"].setPlaceholderText(_("if it asks for one"))
        self._save.setText(_("Save the proxy"))
        self._name_secret(ProxyKind(self._kind.currentData()))

    # Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell("")
        self._tasks.start(self._read())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._tell("")
            self._retranslate()
        super().changeEvent(event)
