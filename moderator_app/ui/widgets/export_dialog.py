"""Asks where to write an export, and as what: a spreadsheet or JSON lines."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from moderator_app.language import _, ngettext
from moderator_app.ui.widgets.file_dialog import give_room, translate

SUFFIXES = ("csv", "jsonl")


class ExportDialog(QFileDialog):
    """Open it with `open()`; `chosen` carries the path, whose suffix names the format."""

    chosen = Signal(Path)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, _("Export"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self.setNameFilters([_("Spreadsheet (*.csv)"), _("JSON lines (*.jsonl)")])
        translate(self)
        give_room(self)
        self.setDefaultSuffix(SUFFIXES[0])
        self.selectFile(f"{name}.{SUFFIXES[0]}")
        self.filterSelected.connect(self._take_suffix)
        self.fileSelected.connect(lambda path: self.chosen.emit(Path(path)))

    def _take_suffix(self, chosen: str) -> None:
        suffix = SUFFIXES[self.nameFilters().index(chosen)]
        self.setDefaultSuffix(suffix)
        named = self.selectedFiles()
        if named:
            self.selectFile(Path(named[0]).with_suffix(f".{suffix}").name)


def written(rows: int, path: Path) -> str:
    """What to say after an export."""
    return ngettext("{n} row written to {file}.", "{n} rows written to {file}.", rows).format(n=rows, file=path)
