"""Accounts on a platform, and the steps by which one signs in."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from moderator_app.domain.message import Platform


@dataclass(frozen=True, slots=True)
class Account:
    """`id` is bare. Of `phone` only the ends are shown. With one that is `read_only` nothing is carried out."""

    platform: Platform
    id: str
    name: str
    phone: str = ""
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class ApplicationKeys:
    """By what a platform knows the application itself: Telegram's api_id and api_hash."""

    id: str
    hash: str = field(repr=False)


class CodeWay(StrEnum):
    """How a code comes."""

    APP = "app"
    SMS = "sms"
    CALL = "call"
    FLASH_CALL = "flash_call"
    MISSED_CALL = "missed_call"
    EMAIL = "email"
    FRAGMENT = "fragment"
    WORD = "word"
    PHRASE = "phrase"


@dataclass(frozen=True, slots=True)
class QrShown:
    """`url` is to be scanned before `expires`."""

    url: str = field(repr=False)
    expires: datetime


@dataclass(frozen=True, slots=True)
class CodeSent:
    """A code is on its way.

    `length` is that of the code, 0 where it is not told. `hint`: the address of an e-mail, the beginning of a phone
    number or of a word, the place to look at. After `resend_seconds` another one may be asked for, which comes
    `next_way`; None: by the same way or not at all.
    """

    way: CodeWay
    length: int = 0
    hint: str = ""
    next_way: CodeWay | None = None
    resend_seconds: int = 0


@dataclass(frozen=True, slots=True)
class PasswordAsked:
    """Two-step verification; `hint` is what its owner once wrote down."""

    hint: str = ""


@dataclass(frozen=True, slots=True)
class SignedIn:
    account: Account
    session: str = field(repr=False)


SignInStep: TypeAlias = QrShown | CodeSent | PasswordAsked | SignedIn
