"""Links and invites, seen and hidden; VK's own are left to `vk_links`."""

from collections.abc import Iterable

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message
from moderator_app.domain.verdict import Finding, Label, noisy_or
from moderator_app.judging.addresses import Address, host_of, is_vk_host
from moderator_app.judging.domains import Domains
from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.obfuscated import find_obfuscated
from moderator_app.judging.spans import as_written, begins_inside, merged

# One link is ordinary in a chat; two different ones, or a hidden one beside a seen one, pass the usual threshold.
_SCORE = 0.3
_INVITE_SCORE = 0.4
_HIDDEN_SCORE = 0.4
_TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})
_MOST_COUNTED = 3


class Links:
    id = "links"

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._domains = Domains(book.lists.domains)
        policies = (book.default, *book.communities.values())
        self._reads_obfuscated = any(policy.number(self.id, "obfuscated") for policy in policies)

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        seen = folded.addresses
        if self._reads_obfuscated:
            seen += self._obfuscated(message, folded)
        return self._judged(message, folded, seen) if seen or message.links else ()

    def _judged(self, message: Message, folded: Folded, seen: tuple[Address, ...]) -> tuple[Finding, ...]:
        seen = tuple(address for address in seen if self._counts(address.host))
        hidden = self._hidden(message)
        if not seen and not hidden:
            return ()
        scores = {address.host: _score(address) for address in seen}
        scores |= dict.fromkeys(hidden, _HIDDEN_SCORE)
        counted = sorted(scores.values())[-_MOST_COUNTED:]
        text_id = "finding.links.hidden" if hidden else "finding.links.link"
        spans = as_written(folded, (address.span for address in seen))
        finding = Finding(
            self.id,
            Label.SPAM,
            noisy_or(counted),
            text_id,
            merged([*spans, *(span for span in hidden.values() if span is not None)]),
            (("address", next(iter(hidden)) if hidden else seen[0].host), ("count", len(scores))),
        )
        return (finding,)

    def _obfuscated(self, message: Message, folded: Folded) -> tuple[Address, ...]:
        if not self._book.policy(message.key.community_key).number(self.id, "obfuscated"):
            return ()
        plain = [address.span for address in folded.addresses]
        return tuple(found for found in find_obfuscated(folded.plain) if not begins_inside(found.span, plain))

    def _counts(self, host: str) -> bool:
        return bool(host) and not is_vk_host(host) and not self._domains.hold(host)

    def _hidden(self, message: Message) -> dict[str, Span | None]:
        """Hosts behind words that do not show them, with the words' spans in the text as written."""
        hidden: dict[str, Span | None] = {}
        for link in message.links:
            host = host_of(link.address)
            span = _inside(link.span, len(message.text))
            shown = message.text[span[0] : span[1]].lower() if span is not None else ""
            if self._counts(host) and host not in shown:
                hidden.setdefault(host, span)
        return hidden


def _inside(span: Span | None, length: int) -> Span | None:
    """`span` cut to a text of `length`; None when nothing of it is left."""
    if span is None:
        return None
    start, end = max(0, span[0]), min(length, span[1])
    return (start, end) if start < end else None


def _score(address: Address) -> float:
    invite = address.host in _TELEGRAM and address.path.startswith(("/+", "/joinchat"))
    return _INVITE_SCORE if invite else _SCORE
