"""Answers "why was I banned?": finds a person, tells what happened, lifts what still stands."""

from collections.abc import Callable
from datetime import timedelta

from moderator_app.domain.decision import ActionKind, Note
from moderator_app.domain.errors import Refused
from moderator_app.domain.message import AuthorKey, Platform
from moderator_app.domain.people import Person, StandingPenalty, Story, person_reference
from moderator_app.moderation.changes import Changes
from moderator_app.moderation.clock import Clock, now
from moderator_app.storage import stories
from moderator_app.storage.database import Database


class Stories:
    """`grace` gives the seconds before an action may run."""

    def __init__(self, database: Database, changes: Changes, grace: Callable[[], float], clock: Clock = now) -> None:
        self._database = database
        self._changes = changes
        self._grace = grace
        self._clock = clock

    async def people(self, text: str) -> tuple[Person, ...]:
        """Whom a @name, an id, or a link to a person or their message may mean; nobody for other words."""
        reference = person_reference(text)
        return () if reference is None else await self._database.read(stories.people, reference)

    async def story(self, key: AuthorKey) -> Story:
        """Raises Refused for somebody nobody has met."""
        found = await self._database.read(stories.story, key, self._clock())
        if found is None:
            raise Refused("story.unknown", person=str(key))
        return found

    async def lift(self, penalty: StandingPenalty) -> Note:
        """Have a ban or a mute lifted after the grace time; says what that means. The decision stays in the history.

        Raises Refused when it stands no more.
        """
        due = self._clock() + timedelta(seconds=self._grace())
        await self._database.write(stories.lift, penalty.decision, penalty.kind, due)
        self._changes.wake()
        if penalty.kind is ActionKind.BAN and penalty.platform is Platform.TELEGRAM:
            return Note("story.lifted.telegram")
        return Note("story.lifted")
