"""One errand to a platform: what was claimed together is looked at again and carried out in one request."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from moderator_app.domain.decision import ActionKind, Note
from moderator_app.domain.errors import ModeratorError, Refused
from moderator_app.domain.ports import BulkSource, PlacedSource, Sighting, SightingState, Source
from moderator_app.domain.rights import obstacle, place_of
from moderator_app.storage.claims import Claimed

log = logging.getLogger(__name__)


# What is said of a message, to its author or to the platform, needs it.
_ABOUT_IT = frozenset({ActionKind.WARN, ActionKind.REPORT})


class Paused(ModeratorError):
    """It was not begun after all."""


class EditedSince(ModeratorError):
    """The message is not any more what the moderator decided on."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of some of the actions: done, with a note if there is something to say, or why not."""

    actions: tuple[int, ...]
    error: ModeratorError | None = None
    note: Note | None = None


class Errand:
    def __init__(self, source: Source, claimed: Sequence[Claimed], is_paused: Callable[[], bool]) -> None:
        self._source = source
        self._left = list(claimed)
        self._outcomes: list[Outcome] = []
        self._is_paused = is_paused

    async def run(self) -> list[Outcome]:
        """An outcome for every action; what goes wrong on the way is the outcome of all that is left."""
        try:
            self._end([each for each in self._left if each.stale], EditedSince("action.edited"))
            if self._left:
                self._check_right()
                await self._carry_out()
        except ModeratorError as error:
            self._end(self._left, error)
        except Exception:
            log.exception("actions %s failed", [each.order.action for each in self._left])
            self._end(self._left, Refused("action.internal"))
        return self._outcomes

    def _end(self, claimed: Sequence[Claimed], error: ModeratorError | None = None, note: Note | None = None) -> None:
        ended = tuple(each.order.action for each in claimed)
        if ended:
            self._outcomes.append(Outcome(ended, error, note))
            self._left = [each for each in self._left if each.order.action not in ended]

    def _check_right(self) -> None:
        order = self._left[0].order
        community = order.message.community_key
        if isinstance(self._source, PlacedSource):
            why = dict(self._source.obstacles_at(community, place_of(order.message.message))).get(order.kind)
        else:
            why = obstacle(order.kind, self._source.kinds, self._source.rights(community))
        if why is not None:
            raise Refused(why.text_id, **dict(why.parameters))

    async def _carry_out(self) -> None:
        first = self._left[0]
        if first.order.kind is ActionKind.DELETE and len(self._left) > 1:
            assert isinstance(self._source, BulkSource)
            await self._delete_together(self._source)
            return
        if first.text is not None:
            self._compare(first, await self._source.look(first.order.message))
        if first not in self._left:
            # Another of the author's messages is to carry what concerns the author.
            self._end(self._left, Paused("action.paused"))
            return
        self._go()
        await self._source.perform(first.order)
        self._end(self._left)

    async def _delete_together(self, source: BulkSource) -> None:
        seen = await source.look_many([each.order.message for each in self._left])
        for each, sight in zip(tuple(self._left), seen, strict=True):
            self._compare(each, sight)
        if self._left:
            self._go()
            answers = await source.delete_many([each.order for each in self._left])
            for each, error in zip(tuple(self._left), answers, strict=True):
                self._end([each], error)

    def _compare(self, claimed: Claimed, seen: Sighting) -> None:
        """Somebody may have deleted the message, or its text may be another by now."""
        if seen.state is SightingState.GONE and claimed.order.kind is ActionKind.DELETE:
            # At a second try, most likely by the first one.
            self._end([claimed], note=None if claimed.again else Note("action.already_gone"))
        elif seen.state is SightingState.GONE and claimed.order.kind in _ABOUT_IT and not claimed.again:
            self._end([claimed], note=Note("action.nothing_to_answer"))
        elif seen.state is SightingState.PRESENT and claimed.text is not None and seen.text != claimed.text:
            self._end([claimed], EditedSince("action.edited"))

    def _go(self) -> None:
        """The last moment in which a pause holds it back."""
        if self._is_paused():
            raise Paused("action.paused")
