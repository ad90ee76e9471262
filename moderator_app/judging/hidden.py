"""Addresses behind words that do not show them."""

from collections.abc import Iterator

from moderator_app.domain.message import Message
from moderator_app.judging.addresses import Address, find_addresses
from moderator_app.judging.folded import Span


def hidden_addresses(message: Message) -> Iterator[tuple[Address, Span | None]]:
    """With the span of the words in the text as written, where there are any. The addresses' own spans mean nothing."""
    for link in message.links:
        for address in find_addresses(link.address.strip().lower())[:1]:
            yield address, _inside(link.span, len(message.text))


def _inside(span: Span | None, length: int) -> Span | None:
    """`span` cut to a text of `length`; None when nothing of it is left."""
    if span is None:
        return None
    start, end = max(0, span[0]), min(length, span[1])
    return (start, end) if start < end else None
