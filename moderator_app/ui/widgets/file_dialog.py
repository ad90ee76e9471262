"""Words in Qt's own file dialog that its translation leaves in English."""

from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QFileDialog, QStyledItemDelegate, QTreeView

from moderator_app.language import _

# Of QFileSystemModel.
TYPE_COLUMN = 2


def translate(dialog: QFileDialog) -> None:
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileName, _("File name:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Files:"))
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, _("Cancel"))
    for table in dialog.findChildren(QTreeView):
        table.setItemDelegateForColumn(TYPE_COLUMN, _TypeDelegate(table))


class _TypeDelegate(QStyledItemDelegate):
    """Qt asks for this word by another context than the one in which its catalogue has it."""

    def displayText(self, value: Any, locale: QLocale | QLocale.Language) -> str:
        return QCoreApplication.translate("QFileDialog", "Folder") if value == "Folder" else str(value)
