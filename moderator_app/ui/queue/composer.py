"""Several actions put together by keys, to be decided as one."""

from moderator_app.domain.decision import ActionKind, Choice
from moderator_app.language import _, choice_name

# Of these an author gets one: the later key counts.
_EXCLUSIVE = frozenset({ActionKind.MUTE, ActionKind.BAN})


class Composer:
    def __init__(self) -> None:
        self._kinds: set[ActionKind] = set()
        self.is_open = False

    def turn(self, on: bool) -> None:
        self.is_open = on
        self._kinds.clear()

    def toggle(self, choice: Choice) -> bool:
        """Add the actions of a choice, or take them away if they are there; False for what goes with nothing."""
        kinds = set(choice.kinds)
        if not kinds:
            return False
        if kinds <= self._kinds:
            self._kinds -= kinds
            return True
        if kinds & _EXCLUSIVE:
            self._kinds -= _EXCLUSIVE
        wanted = self._kinds | kinds
        # Nobody reads a warning in a chat that they were banned from.
        if ActionKind.BAN in wanted:
            wanted.discard(ActionKind.WARN)
        if Choice.of(wanted) is None:
            return False
        self._kinds = wanted
        return True

    @property
    def choice(self) -> Choice | None:
        """What would be decided; None while nothing is put together."""
        return Choice.of(self._kinds) if self._kinds else None

    @property
    def told(self) -> str:
        if not self.is_open:
            return ""
        name = choice_name(self.choice) if self.choice is not None else "…"
        return _("Together: {choice} · Enter decides, Esc leaves").format(choice=name)
