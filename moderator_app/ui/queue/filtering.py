"""Which rows the queue shows: the filter in force, its counts, and the views that keep filters."""

from collections.abc import Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.queue import CommunityQueue
from moderator_app.domain.traits import EVERYTHING, QueueCounts, QueueFilter, View, Wish, community_trait
from moderator_app.language import _
from moderator_app.moderation.views import Views
from moderator_app.ui.names import named
from moderator_app.ui.notices import Notices, Tone, explain
from moderator_app.ui.queue.filter_strip import FilterStrip
from moderator_app.ui.queue.filters_popup import FiltersPopup
from moderator_app.ui.queue.trait_words import filter_name, view_name
from moderator_app.ui.queue.views_panel import ALL, ViewsPanel
from moderator_app.ui.tasks import Tasks

_NOTHING = QueueCounts(0, {}, {}, 0)


class Filtering(QObject):
    """`changed` carries the filter that is in force from now on."""

    changed = Signal(QueueFilter)

    def __init__(self, views: Views, tasks: Tasks, notices: Notices, parent: QObject) -> None:
        super().__init__(parent)
        self._use_cases, self._tasks, self._notices = views, tasks, notices
        self._wanted = EVERYTHING
        self._views: tuple[View, ...] = ()
        self._counts = _NOTHING
        self._communities: dict[str, str] = {}
        self._counting = self._again = False
        self._to_name: int | None = None
        self.strip, self.panel = FilterStrip(), ViewsPanel()
        self.popup = FiltersPopup(self.strip)
        self.strip.cycled.connect(lambda trait: self.wish(trait, self._wanted.wish(trait).following))
        self.strip.all_wished.connect(self.open_all)
        self.strip.save_wished.connect(self.save)
        self.popup.wished.connect(self.wish)
        self.popup.cleared.connect(lambda: self.use(EVERYTHING))
        self.panel.chosen.connect(self._choose)
        self.panel.renamed.connect(lambda view, name: self._change(views.rename(view, name)))
        self.panel.replaced.connect(lambda view: self._change(views.replace(view, self._wanted)))
        self.panel.removed.connect(self._remove)
        self.panel.ordered.connect(lambda listed: self._change(views.order(listed)))

    @property
    def wanted(self) -> QueueFilter:
        return self._wanted

    @property
    def counts(self) -> QueueCounts:
        """As they were counted last."""
        return self._counts

    def use(self, wanted: QueueFilter) -> None:
        """Show other rows."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._show()
            self.changed.emit(wanted)
            self.count()

    def wish(self, trait: str, wish: Wish) -> None:
        """Want something else of one trait."""
        self.use(self._wanted.wishing(trait, wish))

    def open_all(self) -> None:
        """The list of all attributes."""
        self.popup.show_filter(self._wanted, self._counts.traits, self._communities)
        self.popup.open_below(self.strip.anchor)

    def choose_nth(self, place: int) -> None:
        """Show the view at a place, counted from 0, which stands for all that waits."""
        view = self.panel.nth(place)
        if view is None:
            self._notices.tell(_("There is no view at this place yet."))
        else:
            self._choose(view)

    def save(self) -> None:
        """Keep the filter as a view; its name can be changed at once."""
        self._tasks.start(self._save())

    def know(self, communities: Sequence[CommunityQueue]) -> None:
        """Take names of communities over."""
        for each in communities:
            key = each.community.key
            self._communities[community_trait(key)] = named(each.community.name, key.community)

    def count(self) -> None:
        """Count anew; once more afterwards where it is being counted."""
        self._again = self._counting
        if not self._counting:
            self._counting = True
            self._tasks.start(self._count())

    async def _count(self) -> None:
        try:
            wanted = self._wanted
            views, counts = await self._use_cases.counts(wanted)
            self._views, self._counts = views, counts
        finally:
            self._counting = False
        if self._again:
            self.count()
        self._show()
        if self._to_name is not None:
            view, self._to_name = self._to_name, None
            self.panel.edit(view)

    def _show(self) -> None:
        current = self._current()
        self.strip.show_filter(self._wanted, saved=current is not None)
        self.strip.show_counts(self._counts.traits, self._communities)
        self.panel.show_views(self._views, self._counts, current)
        if self.popup.isVisible():
            self.popup.show_filter(self._wanted, self._counts.traits, self._communities)

    def _current(self) -> int | None:
        if not self._wanted:
            return ALL
        return next((each.view for each in self._views if each.filter == self._wanted), None)

    def _choose(self, view: int) -> None:
        found = next((each.filter for each in self._views if each.view == view), EVERYTHING)
        self.use(found)

    async def _save(self) -> None:
        name = filter_name(self._wanted, self._communities)
        try:
            self._to_name = await self._use_cases.save(name, self._wanted)
        except ModeratorError as error:
            self._notices.tell(explain(error), Tone.WARNING)
        self.count()

    def _remove(self, view: int) -> None:
        name = next((view_name(each) for each in self._views if each.view == view), "")
        self._change(self._use_cases.remove(view))
        self._notices.tell(_("The view “{name}” is deleted.").format(name=name))

    def _change(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.start(self._changed(work), failed=self._refused)

    async def _changed(self, work: Coroutine[Any, Any, None]) -> None:
        await work
        self.count()

    def _refused(self, error: Exception) -> None:
        self._notices.tell(explain(error), Tone.WARNING)
        self.count()
