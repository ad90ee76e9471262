"""Keeps the loaded lines in step with the stored history."""

import asyncio
from collections.abc import Collection

from moderator_app.domain.history import HistoryFilter, HistoryLine
from moderator_app.moderation.changes import Change, Changes
from moderator_app.moderation.history import History
from moderator_app.ui.history.history_model import HistoryModel
from moderator_app.ui.tasks import Tasks

PAGE = 200


class LiveLines:
    """Loads pages as the model asks for them, and reads changed lines again, one reading after the other."""

    def __init__(self, history: History, changes: Changes, tasks: Tasks, model: HistoryModel) -> None:
        self._history = history
        self._tasks = tasks
        self._model = model
        self._filter: HistoryFilter | None = None
        self._changed: set[int] = set()
        self._reading = asyncio.Lock()
        self.close = changes.subscribe(self._hear)
        model.more_wanted.connect(self._load_more)

    @property
    def started(self) -> bool:
        return self._filter is not None

    def use(self, chosen: HistoryFilter) -> None:
        self._filter = chosen
        self._tasks.start(self._restart(chosen))

    def _load_more(self) -> None:
        self._tasks.start(self._append())

    def _hear(self, change: Change) -> None:
        if not self.started or not change.decisions:
            return
        first = not self._changed
        self._changed |= change.decisions
        if first:
            self._tasks.start(self._catch_up())

    async def _restart(self, chosen: HistoryFilter) -> None:
        async with self._reading:
            if chosen is self._filter:
                lines = await self._history.page(chosen, limit=PAGE)
                self._model.restart(lines, complete=len(lines) < PAGE)

    async def _append(self) -> None:
        try:
            async with self._reading:
                # Another filter may have emptied the table, or a page been appended, while this one waited.
                if self._filter is not None and self._model.awaits_more:
                    lines = await self._history.page(self._filter, before=self._model.oldest, limit=PAGE)
                    self._model.append(lines, complete=len(lines) < PAGE)
        finally:
            self._model.give_up()

    async def _catch_up(self) -> None:
        async with self._reading:
            changed, self._changed = frozenset(self._changed), set()
            known = self._model.known(changed)
            # A new decision answers the one that was given back, whose own row of the storage stays as it is.
            concerned = known | self._model.given_back() if changed - known else known
            if concerned:
                self._model.update(await self._history.lines(concerned))
            oldest = self._model.oldest
            fresh = [each for each in changed - known if self._model.complete or oldest is None or each > oldest]
            if fresh:
                self._model.insert(await self._between(fresh))

    async def _between(self, fresh: Collection[int]) -> list[HistoryLine]:
        """What the filter lets through of the stretch that holds `fresh`: the storage alone knows how it filters."""
        assert self._filter is not None
        found: list[HistoryLine] = []
        before, last = max(fresh) + 1, min(fresh)
        while True:
            lines = await self._history.page(self._filter, before=before, limit=PAGE)
            found += (line for line in lines if line.decision.decision >= last)
            if len(lines) < PAGE or lines[-1].decision.decision <= last:
                return found
            before = lines[-1].decision.decision
