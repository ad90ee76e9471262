"""Keeps what VK asks a human before it carries out more, and what the human answered."""

from collections.abc import Callable, Collection
from urllib.parse import parse_qs, urlsplit

from moderator_app.domain.errors import AnswerNeeded
from moderator_app.domain.ports import Question

CONFIRMATION = "vk.confirmation"


class Questions:
    """One at a time: while it is open, nothing goes out but what was stopped by it and is tried again.

    `changed` is called whenever one was opened or closed.
    """

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self.open: Question | None = None
        self._changed = changed
        self._error: AnswerNeeded | None = None
        # What was stopped by it; a second try is a human's.
        self._stopped: set[int] = set()
        self._answer: dict[str, str] = {}
        # What a human has confirmed.
        self._confirmed: set[int] = set()

    def raise_if_open(self, actions: Collection[int]) -> None:
        """For actions that are about to begin, in one request. Raises AnswerNeeded."""
        if self._error is None or self._stopped.issuperset(actions):
            return
        self._stopped.update(actions)
        raise self._error

    def values(self, actions: Collection[int]) -> dict[str, str]:
        """What goes along with the request of actions: an answer counts once."""
        again = self._error is not None and self._error.text_id == CONFIRMATION and self._stopped.issuperset(actions)
        if again or self._confirmed.issuperset(actions):
            return {"confirm": "1"}
        answer, self._answer = self._answer, {}
        return answer

    def stop(self, actions: Collection[int], error: AnswerNeeded) -> None:
        """VK has asked on behalf of these actions; an answer given before was none."""
        self._error, self._stopped, self._answer = error, set(actions), {}
        asked = error.asked
        self.open = Question(
            error.text_id,
            tuple(error.parameters.items()),
            address=asked.get("address", ""),
            picture=asked.get("picture", ""),
        )
        self._changed()

    def answer(self, text: str) -> None:
        """What stands in the picture, what the page in the browser gave, or nothing where it gave nothing."""
        error = self._error
        if error is None:
            return
        token = _success_token(text)
        if error.text_id == CONFIRMATION:
            self._confirmed |= self._stopped
        elif token:
            self._answer = {"success_token": token}
        elif text and error.asked.get("sid"):
            self._answer = {"captcha_sid": error.asked["sid"], "captcha_key": text.strip()}
        self.settle()

    def settle(self) -> None:
        """Something went through: nobody is asked any more."""
        was_open = self.open is not None
        self.open, self._error, self._stopped = None, None, set()
        if was_open:
            self._changed()


def _success_token(text: str) -> str:
    """Of an address that was copied from the browser."""
    parts = urlsplit(text.strip()) if "success_token=" in text else None
    if parts is None:
        return ""
    found = parse_qs(parts.query) | parse_qs(parts.fragment)
    return next(iter(found.get("success_token", ())), "")
