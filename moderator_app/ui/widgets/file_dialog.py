"""Words in Qt's own file dialog that its translation leaves in English."""

from PySide6.QtWidgets import QFileDialog

from moderator_app.language import _


def translate(dialog: QFileDialog) -> None:
    dialog.setLabelText(QFileDialog.DialogLabel.LookIn, _("Folder:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileName, _("File name:"))
    dialog.setLabelText(QFileDialog.DialogLabel.FileType, _("Files:"))
    dialog.setLabelText(QFileDialog.DialogLabel.Reject, _("Cancel"))
