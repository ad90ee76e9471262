"""Qt's file dialog speaks the language of the window."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QTreeView

from moderator_app.ui.widgets.export_dialog import ExportDialog
from moderator_app.ui.widgets.file_dialog import TYPE_COLUMN
from moderator_app.ui.words import Words
from tests.ui.conftest import Run
from tests.ui.until import until


def test_a_folder_is_called_so_in_the_column_of_types(run: Run, qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "chats").mkdir()

    async def work() -> None:
        words = Words(qapp)
        words.use("ru")
        dialog = ExportDialog("Очередь")
        try:
            dialog.setDirectory(str(tmp_path))
            dialog.open()
            (table,) = dialog.findChildren(QTreeView)
            model = table.model()
            await until(lambda: model.rowCount(table.rootIndex()) == 1)
            index = model.index(0, TYPE_COLUMN, table.rootIndex())
            await until(index.data)
            option_of = table.itemDelegateForIndex(index)
            assert option_of.displayText(index.data(), table.locale()) == "Папка"  # type: ignore[attr-defined]
            headers = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(model.columnCount())]
            assert headers == ["Имя", "Размер", "Тип", "Дата изменения"]
        finally:
            dialog.close()
            words.use("en")

    run(work())
