from collections.abc import Iterator
from pathlib import Path

import pytest

from moderator_app.storage.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.open(tmp_path / "console.sqlite3")
    yield opened
    opened.close()
