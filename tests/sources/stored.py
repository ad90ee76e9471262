"""What lies in the database of a profile that another process holds, and which actions no key asks for."""

import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from moderator_app.domain.decision import ActionKind


class Stored:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "console.sqlite3"

    @property
    def waiting(self) -> int:
        """The number of items."""
        return int(self._rows("SELECT count(*) FROM item")[0][0])

    @property
    def items(self) -> dict[str, int]:
        """The item of each message."""
        return dict(self._rows("SELECT m.message, i.id FROM item i JOIN message m ON i.message_id = m.id"))

    @property
    def states(self) -> Counter[str]:
        """Of all actions."""
        return Counter(state for (state,) in self._rows("SELECT state FROM action"))

    @property
    def is_over(self) -> bool:
        """Whether every action has come to its end."""
        return self.states.keys() <= {"done", "failed", "cancelled"}

    def become(self, case: int, kind: ActionKind) -> None:
        """Make actions of a kind for which no key stands of those of a case."""
        with closing(sqlite3.connect(self._file)) as connection, connection:
            connection.execute(
                "UPDATE action SET kind = ? WHERE decision_id IN (SELECT id FROM decision WHERE case_id = ?)",
                (kind, case),
            )

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._file)) as connection:
            return connection.execute(query).fetchall()
