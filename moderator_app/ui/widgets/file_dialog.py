"""What Qt's own file dialog lacks: words that its translation leaves in English, and room for its columns."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QFileDialog, QHeaderView, QStyledItemDelegate, QTreeView

from moderator_app.language import _
from moderator_app.ui.theme import GRID

# Of QFileSystemModel.
NAME_COLUMN, TYPE_COLUMN = 0, 2

SIZE = (104 * GRID, 64 * GRID)


def translate(dialog: QFileDialog) -> None:
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileName, _("File name:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Files:"))
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, _("Cancel"))
    for table in dialog.findChildren(QTreeView):
        table.setItemDelegateForColumn(TYPE_COLUMN, _TypeDelegate(table))


def give_room(dialog: QFileDialog) -> None:
    """Wide enough for names and dates in full, which Qt's own size cuts."""
    dialog.resize(*SIZE)
    for table in dialog.findChildren(QTreeView):
        header = table.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME_COLUMN, QHeaderView.ResizeMode.Stretch)


class _TypeDelegate(QStyledItemDelegate):
    """Qt asks for this word by another context than the one in which its catalogue has it."""

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return QCoreApplication.translate("QFileDialog", "Folder") if value == "Folder" else str(value)
