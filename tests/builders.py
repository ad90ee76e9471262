"""Values with defaults, so that a test shows only what matters to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from moderator_app.domain.message import Author, AuthorKey, Message, MessageKey, Platform

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def author(id: str = "42", name: str = "Аня", platform: Platform = Platform.TELEGRAM) -> Author:
    return Author(AuthorKey(platform, id), name)


def message(
    text: str = "Всем привет, как дела?", *, id: str = "1", community: str = "100", **overrides: Any
) -> Message:
    platform = overrides.pop("platform", Platform.TELEGRAM)
    defaults = Message(MessageKey(platform, community, id), text, NOON, author(platform=platform))
    return replace(defaults, **overrides)


def messages(*texts: str, community: str = "100") -> tuple[Message, ...]:
    """One message each minute, with ids from 1 and an author each."""
    return tuple(
        message(text, id=str(n), community=community, date=NOON + timedelta(minutes=n), author=author(str(n)))
        for n, text in enumerate(texts, 1)
    )
