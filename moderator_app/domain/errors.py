"""Errors of the world, as text ids with parameters; `moderator_app.language` words them for people."""

from collections.abc import Mapping


class ModeratorError(Exception):
    """Something outside the program went wrong.

    `text_id` names a sentence of `moderator_app.language`; `parameters` fill it. Neither ever holds a secret or
    the text of a message.
    """

    def __init__(self, text_id: str, **parameters: str | int | float) -> None:
        super().__init__(text_id)
        self.text_id = text_id
        self.parameters = parameters

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.text_id}({details})"


class TryLater(ModeratorError):
    """The platform asks to wait `seconds`; the same request may succeed afterwards."""

    def __init__(self, text_id: str, seconds: float, **parameters: str | int | float) -> None:
        super().__init__(text_id, seconds=seconds, **parameters)
        self.seconds = seconds


class TryThisLater(TryLater):
    """Nothing but this one request has to wait."""


class Refused(ModeratorError):
    """The platform, or this program, will not do it, now or later."""


class ConsentNeeded(Refused):
    """Something would be written in the account's name where nobody has agreed to that yet."""


class AnswerNeeded(ModeratorError):
    """The platform asks a human something before it does more; afterwards the same request may succeed.

    `asked` is what it shows and wants back: for people alone, never logged.
    """

    def __init__(self, text_id: str, asked: Mapping[str, str], **parameters: str | int | float) -> None:
        super().__init__(text_id, **parameters)
        self.asked = dict(asked)

    @property
    def address(self) -> str:
        """Where in a browser one sees what is asked; "" where it is a plain question."""
        return self.asked.get("address", "") or self.asked.get("picture", "")


class SignInNeeded(ModeratorError):
    """An account or a token is missing, expired or revoked."""


class Unreadable(ModeratorError):
    """A file or a database cannot be read, or what stands in it is not what it should be."""
