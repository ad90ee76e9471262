"""Edits a list of one line an entry: authors, channels, domains, bots, words."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QTextCursor, QTextFormat
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.lists import ListKind
from moderator_app.language import _, explain_error, list_name
from moderator_app.ui.settings.entry_lines import EntryLines, read_lines, why_wrong, write_lines
from moderator_app.ui.settings.save_panel import SavePanel
from moderator_app.ui.theme import GRID, tokens
from moderator_app.ui.widgets.labels import label

TYPING_PAUSE_MS = 300
MARK_STRENGTH = 48
MOST_MARKED = 200


class LinesPanel(QWidget):
    """`save_wanted` carries the entries; `unsaved_changed` says whether something is unsaved."""

    save_wanted = Signal(tuple)
    unsaved_changed = Signal(bool)

    def __init__(self, kind: ListKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._stored: tuple[str, ...] = ()
        self._title, self._purpose = label(title=True), label(tone="muted", wrap=True)
        self._form = label(tone="muted", wrap=True)
        self._edit = QPlainTextEdit()
        self._edit.setTabChangesFocus(True)
        self._edit.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._edit.setProperty("field", True)
        self._bar = SavePanel(self)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(GRID)
        for widget in (self._title, self._purpose, self._form, self._edit, self._bar):
            box.addWidget(widget, 1 if widget is self._edit else 0)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._mark_wrong)
        self._edit.document().modificationChanged.connect(self._hear_modified)
        self._edit.textChanged.connect(self._pause.start)
        self._bar.save_wanted.connect(self.save)
        self._bar.discard_wanted.connect(self._discard)
        self._retranslate()

    @property
    def unsaved(self) -> bool:
        return self._edit.document().isModified()

    def show_stored(self, entries: Sequence[str]) -> None:
        """The list as it is stored; what is being edited is not touched."""
        if tuple(entries) == self._stored and (self.unsaved or self._lines().entries == set(entries)):
            return
        self._stored = tuple(entries)
        if self.unsaved:
            self._bar.show_overtaken()
        # Comments stay as long as the lines still hold the same entries.
        elif self._lines().entries != set(self._stored):
            self._discard()

    def show_saved(self, entries: Sequence[str]) -> None:
        """`entries`, as they were given by `save_wanted`, are stored."""
        if self._lines().entries == set(entries):
            self._edit.document().setModified(False)
            self._bar.show_saved()
        else:
            self._bar.show_unsaved()

    def show_refused(self, error: ModeratorError) -> None:
        """Nothing was saved."""
        self._bar.show_wrong(_("{why} Nothing is saved until then.").format(why=explain_error(error)))

    def show_failed(self) -> None:
        """Saving failed; the reason stands in the notice bar."""
        self._bar.show_unsaved()

    def save(self) -> None:
        """Ask for saving, unless a line holds no entry: then show it."""
        lines = self._lines()
        if lines.wrong:
            self._mark_wrong()
            cursor = QTextCursor(self._edit.document().findBlockByNumber(lines.wrong[0]))
            self._edit.setTextCursor(cursor)
            self._edit.setFocus()
            return
        self._bar.show_saving()
        self.save_wanted.emit(tuple(sorted(lines.entries)))

    def _lines(self) -> EntryLines:
        return read_lines(self._kind, self._edit.toPlainText())

    def _discard(self) -> None:
        self._edit.setPlainText(write_lines(self._stored))
        self._edit.document().setModified(False)
        self._bar.rest()
        self._mark_wrong()

    def _hear_modified(self, modified: bool) -> None:
        if modified:
            self._bar.show_unsaved()
        else:
            self._bar.rest()
        self.unsaved_changed.emit(modified)

    def _mark_wrong(self) -> None:
        self._pause.stop()
        wrong = self._lines().wrong
        self._edit.setExtraSelections([self._mark(number) for number in wrong[:MOST_MARKED]])
        if wrong:
            self._bar.show_wrong(self._what_is_wrong(wrong))
        elif self.unsaved:
            self._bar.show_unsaved()

    def _what_is_wrong(self, wrong: Sequence[int]) -> str:
        first, more = self._edit.document().findBlockByNumber(wrong[0]).text(), len(wrong) - 1
        if more:
            said = _("Line {line}, and {more} more: {why} Nothing is saved until then.")
        else:
            said = _("Line {line}: {why} Nothing is saved until then.")
        return said.format(line=wrong[0] + 1, more=more, why=explain_error(why_wrong(self._kind, first)))

    def _mark(self, number: int) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        colors = tokens(self.palette())
        back = colors.color("danger")
        back.setAlpha(MARK_STRENGTH)
        marked: QTextFormat = selection.format
        marked.setProperty(QTextFormat.Property.FullWidthSelection, True)
        marked.setBackground(back)
        selection.cursor = QTextCursor(self._edit.document().findBlockByNumber(number))
        return selection

    def _retranslate(self) -> None:
        name = list_name(self._kind)
        self._title.setText(name)
        self._purpose.setText(_PURPOSES[self._kind]())
        after = _COMMENTS.get(self._kind, _after)
        self._form.setText(_FORMS.get(self._kind, _authors)() + " " + after())
        self._edit.setAccessibleName(name)
        self._edit.setAccessibleDescription(self._form.text())
        self._edit.setPlaceholderText(_EXAMPLES[self._kind]())

    # Qt

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()
            self._mark_wrong()
        elif event.type() is QEvent.Type.PaletteChange:
            self._mark_wrong()
        super().changeEvent(event)


def _authors() -> str:
    return _("One author a line: telegram:123 or vk:123, a community with a minus: vk:-45.")


def _channels() -> str:
    return _("One channel a line: telegram:123 or vk:45, with or without its minus.")


def _after() -> str:
    return _(
        "What stands behind # is a comment for you; it is not kept. Saving judges the open items of the queue again; "
        "decisions stay."
    )


def _after_donors() -> str:
    return _("What stands behind # is a comment for you; it is not kept. What is saved here is read at once.")


Words = Mapping[ListKind, Callable[[], str]]

_PURPOSES: Words = {
    ListKind.WHITELIST: lambda: _("Messages of these authors always pass and never count as violations."),
    ListKind.BLACKLIST: lambda: _("Every message of these authors is put into the queue."),
    ListKind.MANAGERS: lambda: _("Messages of your own managers and moderators are not judged."),
    ListKind.LINKED_CHANNELS: lambda: _("What a group's own channel posts into it is not judged."),
    ListKind.CHANNELS: lambda: _("In whose name may be written: one that is not on the list is not decided yet."),
    ListKind.DOMAINS: lambda: _("Links to these sites, and to whatever stands below them, are not counted."),
    ListKind.BOTS: lambda: _("Messages through these bots, and links to them, are not counted."),
    ListKind.MIXED_WORDS: lambda: _("Words with letters of several alphabets that are written so on purpose."),
    ListKind.REPORT_WORDS: lambda: _(
        "A member who answers a message with one of these words reports it, as with /report or @admin. An empty list "
        "stands for the usual words."
    ),
    ListKind.DONORS: lambda: _(
        "Communities on VK whose contacts and managers you want to keep out of your own. They are read once a day; "
        "nobody is banned before you have looked at the list."
    ),
}

_FORMS: Words = {
    ListKind.LINKED_CHANNELS: _channels,
    ListKind.CHANNELS: lambda: _(
        "One channel a line with its status: telegram:123=blocked; allowed, pending, suspicious or blocked."
    ),
    ListKind.DOMAINS: lambda: _("One domain a line: example.org."),
    ListKind.BOTS: lambda: _("One bot a line: @some_bot."),
    ListKind.MIXED_WORDS: lambda: _("One word a line."),
    ListKind.REPORT_WORDS: lambda: _("One word a line."),
    ListKind.DONORS: lambda: _(
        "One community a line: its address, short name or number. For one of your communities only: some_name=45."
    ),
}

_COMMENTS: Words = {ListKind.DONORS: _after_donors}

_EXAMPLES: Words = {
    ListKind.WHITELIST: lambda: "telegram:123456789\nvk:6099\nvk:-45  # " + _("a community"),
    ListKind.BLACKLIST: lambda: "telegram:123456789\nvk:6099\nvk:-45  # " + _("a community"),
    ListKind.MANAGERS: lambda: "telegram:123456789\nvk:6099",
    ListKind.LINKED_CHANNELS: lambda: "telegram:1234567890\nvk:45",
    ListKind.CHANNELS: lambda: "telegram:1234567890=blocked\nvk:45=allowed",
    ListKind.DOMAINS: lambda: "example.org\nсайт.рф",
    ListKind.BOTS: lambda: "@gif\n@some_bot",
    ListKind.MIXED_WORDS: lambda: "VK-бот\niPhone'ом",
    ListKind.REPORT_WORDS: lambda: "спам\nжалоба",
    ListKind.DONORS: lambda: "https://vk.com/some_name\nclub45\nsome_name=45",
}
