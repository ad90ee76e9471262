"""Links to VK: addresses, wiki tags and mentions of communities."""

import re
from collections.abc import Iterable, Iterator

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message, Platform
from moderator_app.domain.verdict import Finding, Label, noisy_or
from moderator_app.judging.addresses import host_of, is_vk_host
from moderator_app.judging.domains import Domains
from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.spans import as_written, merged

_SCORE = 0.3
_MOST_COUNTED = 3
_MOST_SHOWN = 100
# All that a tag may begin with comes first: one set of characters is searched for faster than two beginnings.
_TAG = re.compile(
    r"[\[@*](?:(?<=\[)(?:(?:id|club|public|event)\d{1,20}|https?://[^\s|\]]{1,200})\|[^\[\]\n]{1,200}\]"
    r"|(?<![\w@*].)(?<=[@*])(?:id|club|public|event)\d{1,20}(?!\w)(?:\ ?\([^()\n]{1,100}\))?)"
)
_NAMED = re.compile(r"(?<![\w@])@[a-z_][\w.]{1,62}\ ?\([^()\n]{1,100}\)")


class VkLinks:
    id = "vk_links"

    def __init__(self, book: RuleBook) -> None:
        self._domains = Domains(book.lists.domains)

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        plain = folded.plain
        marked = "@" in plain or "[" in plain or "*" in plain
        return self._judged(message, folded) if marked or folded.addresses or message.links else ()

    def _judged(self, message: Message, folded: Folded) -> tuple[Finding, ...]:
        targets = dict(_tags(message, folded))
        targets |= {
            address.host + address.path: address.span
            for address in folded.addresses
            if address.of_vk and not self._domains.hold(address.host)
        }
        hidden = dict(_hidden(message)) if message.links else {}
        if not targets and not hidden:
            return ()
        count = len(targets) + len(hidden)
        shown = next(iter(targets), "") or host_of(next(iter(hidden)))
        finding = Finding(
            self.id,
            Label.SPAM,
            noisy_or([_SCORE] * min(count, _MOST_COUNTED)),
            "finding.vk_links.link",
            merged([*as_written(folded, targets.values()), *(span for span in hidden.values() if span)]),
            (("address", shown[:_MOST_SHOWN]), ("count", count)),
        )
        return (finding,)


def _tags(message: Message, folded: Folded) -> Iterator[tuple[str, Span]]:
    plain = folded.plain
    for match in _TAG.finditer(plain):
        if "://" not in match[0] or is_vk_host(host_of(match[0].lstrip("[").split("|")[0])):
            yield match[0].strip("[").split("|")[0], match.span()
    if message.key.platform is Platform.VK:
        yield from ((match[0], match.span()) for match in _NAMED.finditer(plain))


def _hidden(message: Message) -> Iterator[tuple[str, Span | None]]:
    for link in message.links:
        if is_vk_host(host_of(link.address)):
            start, end = link.span or (0, 0)
            start, end = max(0, start), min(end, len(message.text))
            yield link.address, ((start, end) if start < end else None)
