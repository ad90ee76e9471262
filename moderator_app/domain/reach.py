"""Whom a decision reaches, and whether that is routine."""

from dataclasses import dataclass

from moderator_app.domain.errors import Refused
from moderator_app.domain.queue import Variant

# What a human is shown before a decision that is no routine.
SAMPLE = 5


@dataclass(frozen=True, slots=True)
class Reach:
    """So many messages, by so many people in so many communities; the names of the admins and trusted among them, and
    the first few messages.
    """

    items: int
    people: int
    communities: int
    admins: tuple[str, ...] = ()
    trusted: tuple[str, ...] = ()
    sample: tuple[Variant, ...] = ()

    def is_routine(self, most: int) -> bool:
        """Whether nobody has to be asked: no more than `most` messages, and nobody who is exempt."""
        return self.items <= most and not self.admins and not self.trusted


class ConfirmationNeeded(Refused):
    """The decision reaches more than routine does; repeated as confirmed it is made."""

    def __init__(self, reach: Reach) -> None:
        super().__init__(
            "decide.confirm", items=reach.items, people=reach.people, admins=len(reach.admins) + len(reach.trusted)
        )
        self.reach = reach
