"""The Telegram accounts of one profile: of those in a basic group one reads it, for its messages bear other numbers for
each.
"""

from collections.abc import Collection


class Rivals:
    """Which basic groups each account lists; None until it has."""

    def __init__(self) -> None:
        self._listed: dict[str, frozenset[str] | None] = {}

    def enter(self, account: str) -> None:
        self._listed.setdefault(account, None)

    def list(self, account: str, groups: Collection[str]) -> None:
        self._listed[account] = frozenset(groups)

    def leave(self, account: str) -> None:
        """It is signed out, or not wanted any more."""
        self._listed.pop(account, None)

    def is_gone(self, account: str, group: str) -> bool:
        """Whether an account will not read a group."""
        listed = self._listed.get(account, frozenset())
        return listed is not None and group not in listed

    def is_first(self, account: str, group: str) -> bool:
        """Whether no account before this one, in the order of their names, may read a group."""
        return all(self.is_gone(other, group) for other in self._listed if other < account)
