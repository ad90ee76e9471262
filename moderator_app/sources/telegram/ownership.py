"""Whether this account is the one that reads a basic group."""

from collections.abc import Sequence

from moderator_app.domain.ports import Archive
from moderator_app.sources.telegram.chats import Chat
from moderator_app.sources.telegram.rivals import Rivals


class Ownership:
    """Whoever has read a group goes on with it; when that account is gone, the first of the others takes over."""

    def __init__(self, account: str, rivals: Rivals, archive: Archive) -> None:
        self._account, self._rivals, self._archive = account, rivals, archive
        # Whether another account reads one of the groups listed last.
        self.waits = False

    async def own(self, chats: Sequence[Chat]) -> tuple[Chat, ...]:
        """Those of the chats that an account has listed which are its own to read."""
        self._rivals.list(self._account, [chat.id for chat in chats if chat.is_basic])
        found = tuple([chat for chat in chats if not chat.is_basic or await self._is_own(chat)])
        self.waits = len(found) < len(chats)
        return found

    async def _is_own(self, chat: Chat) -> bool:
        key = chat.community.key
        owner = await self._archive.numbered_by(key)
        if owner == self._account:
            return True
        if owner and not self._rivals.is_gone(owner, chat.id):
            return False
        return self._rivals.is_first(self._account, chat.id) and await self._archive.take_over(
            key, self._account, owner
        )
