"""What sequence rules remember of recent messages, by the platforms' own clocks."""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from moderator_app.domain.message import AuthorKey, MessageKey

KEPT = timedelta(hours=24)
# Messages arrive out of order while a source catches up: what is older than KEPT stays this much longer.
_KEPT_AT_MOST = KEPT + timedelta(hours=24)
_MOST_MESSAGES = 100_000
_MOST_PER_TEXT = 50


@dataclass(frozen=True, slots=True)
class Sighting:
    """One message that was seen."""

    key: MessageKey
    author: AuthorKey
    date: datetime
    text_hash: int


class Window:
    """A bounded memory of messages, in order of arrival. An edited message takes the place of what it was."""

    def __init__(self, most: int = _MOST_MESSAGES) -> None:
        self._most = most
        self._arrived: OrderedDict[MessageKey, Sighting] = OrderedDict()
        self._by_text: defaultdict[int, OrderedDict[MessageKey, Sighting]] = defaultdict(OrderedDict)

    def __len__(self) -> int:
        return len(self._arrived)

    def remember(self, sighting: Sighting) -> None:
        self.forget(sighting.key)
        self._arrived[sighting.key] = sighting
        same = self._by_text[sighting.text_hash]
        same[sighting.key] = sighting
        if len(same) > _MOST_PER_TEXT:
            self.forget(next(iter(same)))
        if len(self._arrived) > self._most:
            self.forget(next(iter(self._arrived)))
        self.prune(sighting.date)

    def prune(self, now: datetime) -> None:
        """Forget what arrived first while it is too old at `now` to matter."""
        while self._arrived:
            oldest = next(iter(self._arrived.values()))
            if now - oldest.date <= _KEPT_AT_MOST:
                return
            self.forget(oldest.key)

    def same_text(self, text_hash: int) -> Iterable[Sighting]:
        """The messages with this text, in order of arrival."""
        same = self._by_text.get(text_hash)
        return tuple(same.values()) if same else ()

    def forget(self, key: MessageKey) -> None:
        """Drop a message; one that is not held is no error."""
        sighting = self._arrived.pop(key, None)
        if sighting is None:
            return
        same = self._by_text[sighting.text_hash]
        del same[key]
        if not same:
            del self._by_text[sighting.text_hash]
