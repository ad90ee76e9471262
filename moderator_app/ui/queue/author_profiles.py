"""What the platform tells of the author on the card: asked for when somebody looks, never waited for."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from moderator_app.domain.errors import ModeratorError, TryLater
from moderator_app.domain.message import Message
from moderator_app.domain.profile import Profile
from moderator_app.moderation.profiles import Profiles
from moderator_app.ui.notices import explain
from moderator_app.ui.tasks import Tasks

# Whoever only passes by does not look at an author.
DWELL_MS = 600
LEAST_SECONDS, MOST_SECONDS = 2.0, 3600.0


@dataclass(frozen=True, slots=True)
class Told:
    """`why` says in words why there is no profile; all of it empty: nobody has asked yet."""

    profile: Profile | None = None
    asking: bool = False
    why: str = ""


class AuthorProfiles(QObject):
    """`changed`: more is known of the author of the message that is looked at, or is not to be had."""

    changed = Signal()

    def __init__(self, profiles: Profiles, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._profiles, self._tasks = profiles, tasks
        self._message: Message | None = None
        self._told = Told()
        self._is_seen: Callable[[], bool] = lambda: False
        self._dwell = QTimer(self, singleShot=True, interval=DWELL_MS)
        self._dwell.timeout.connect(self._ask_if_seen)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._ask_if_seen)

    @property
    def told(self) -> Told:
        return self._told

    def look_at(self, message: Message | None, is_seen: Callable[[], bool]) -> None:
        """Another message is under the hand. `is_seen` says whether its author is, after a while or a scroll."""
        self._is_seen = is_seen
        if message is not None and self._message is not None and message.key == self._message.key:
            return
        self._message, self._told = message, Told()
        self._again.stop()
        if message is not None and message.author is not None:
            self._told = Told(self._profiles.kept(message.key.community_key, message.author.key))
            self._dwell.start()

    def look_closer(self) -> None:
        """Somebody wants to know now."""
        message, told = self._message, self._told
        if message is None or message.author is None or told.profile is not None or told.asking:
            return
        self._told = Told(asking=True)
        self.changed.emit()
        self._tasks.start(self._ask(message))

    def look_again(self) -> None:
        """Something else of the card is in view now."""
        if not self._told.why:
            self._dwell.start()

    def _ask_if_seen(self) -> None:
        if self._is_seen():
            self.look_closer()

    async def _ask(self, message: Message) -> None:
        assert message.author is not None
        told = Told()
        try:
            told = Told(await self._profiles.profile(message.key, message.author.key))
        except TryLater as later:
            told = Told(why=explain(later))
            if self._message is message:
                self._again.start(round(min(max(later.seconds, LEAST_SECONDS), MOST_SECONDS) * 1000))
        except ModeratorError as error:
            told = Told(why=explain(error))
        finally:
            if self._message is message:
                self._told = told
                self.changed.emit()
