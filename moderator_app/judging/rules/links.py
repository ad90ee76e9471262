"""Links and invites, seen and hidden; VK's own are left to `vk_links`."""

from collections.abc import Iterator

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label, noisy_or
from moderator_app.judging.addresses import Address, host_of, is_vk_host
from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.spans import as_written, merged

# One link is ordinary in a chat; two different ones, or a hidden one beside a seen one, pass the usual threshold.
_SCORE = 0.3
_INVITE_SCORE = 0.4
_HIDDEN_SCORE = 0.4
_TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
_MOST_COUNTED = 3


class Links:
    id = "links"

    def __init__(self, book: RuleBook) -> None:
        """Needs nothing of the book yet."""

    def look(self, message: Message, folded: Folded) -> Iterator[Finding]:
        seen = [address for address in folded.addresses if not address.of_vk]
        hidden = _hidden(message, folded)
        if not seen and not hidden:
            return
        scores = {address.host: _score(address) for address in seen}
        scores |= dict.fromkeys(hidden, _HIDDEN_SCORE)
        counted = sorted(scores.values())[-_MOST_COUNTED:]
        text_id = "finding.links.hidden" if hidden else "finding.links.link"
        spans = as_written(folded, (address.span for address in seen))
        yield Finding(
            self.id,
            Label.SPAM,
            noisy_or(counted),
            text_id,
            merged([*spans, *(span for span in hidden.values() if span is not None)]),
            (("address", next(iter(hidden)) if hidden else seen[0].host), ("count", len(scores))),
        )


def _score(address: Address) -> float:
    invite = address.host in _TELEGRAM and address.path.startswith(("/+", "/joinchat"))
    return _INVITE_SCORE if invite else _SCORE


def _hidden(message: Message, folded: Folded) -> dict[str, Span | None]:
    """Hosts behind words that do not show them, with the words' spans in the text as written."""
    hidden: dict[str, Span | None] = {}
    for link in message.links:
        host = host_of(link.address)
        if not host or is_vk_host(host):
            continue
        span = _inside(link.span, len(message.text))
        if span is None or host not in message.text[span[0] : span[1]].lower():
            hidden.setdefault(host, span)
    return hidden


def _inside(span: Span | None, length: int) -> Span | None:
    """`span` cut to a text of `length`; None when nothing of it is left."""
    if span is None:
        return None
    start, end = max(0, span[0]), min(length, span[1])
    return (start, end) if start < end else None
