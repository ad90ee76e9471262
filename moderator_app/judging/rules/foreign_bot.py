"""Messages by a bot or through one, and links to bots, unless the bot is on the list."""

import re
from collections.abc import Iterable, Iterator

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Author, Message, Platform
from moderator_app.domain.verdict import Finding, Label, noisy_or
from moderator_app.judging.addresses import Address
from moderator_app.judging.folded import Folded, Span
from moderator_app.judging.hidden import hidden_addresses
from moderator_app.judging.identities import bot_name
from moderator_app.judging.spans import merged

# Telegram demands that user names of bots, and of nobody else, end so.
_ENDING = "bot"
_WRITTEN_SCORE = 0.55
_LINK_SCORE = 0.35
_MOST_COUNTED = 3

# Telegram itself writes by these: anonymous admins, people as their channel, posts of linked channels, replies.
_SERVICES = frozenset({"groupanonymousbot", "channel_bot", "replies"})
# Telegram's own, older than the rule about names and part of its apps.
_BUILT_IN = frozenset(
    {"gif", "pic", "vid", "bing", "wiki", "imdb", "bold", "youtube", "music", "sticker", "like", "vote"}
)

_MENTION = re.compile(rf"(?<![\w.@/+-])@([a-z]\w{{1,28}}{_ENDING})(?!\w|\.\w)", re.ASCII)
_PATH = re.compile(r"/(?:s/)?@?([a-z]\w{3,31})(?![^/?#])", re.ASCII)
_DOMAIN = re.compile(r"[?&]domain=([a-z]\w{3,31})(?!\w)", re.ASCII)
_START = re.compile(r"[?&]start(?:app|group|channel|attach)?(?:=|&|$)")
_TELEGRAM = frozenset({"t.me", "telegram.me", "telegram.dog"})


class ForeignBot:
    id = "foreign_bot"

    def __init__(self, book: RuleBook) -> None:
        names = {bot_name(name) for name in book.lists.bots}
        ids = {key.author for key in book.lists.whitelist if key.platform is Platform.TELEGRAM}
        self._allowed = names | ids | _BUILT_IN | _SERVICES

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        found: tuple[Finding, ...] = ()
        if message.via_bot or (message.author is not None and message.author.username):
            found = tuple(self._written(message))
        if _ENDING in folded.plain or "start" in folded.plain or message.links:
            found += tuple(self._linked(message, folded))
        return found

    def _written(self, message: Message) -> Iterator[Finding]:
        through, by = bot_name(message.via_bot), _bot(message.author)
        if by and by not in self._allowed:
            yield self._by("finding.foreign_bot.author", by)
        elif through and through not in self._allowed:
            yield self._by("finding.foreign_bot.via", through)

    def _by(self, text_id: str, bot: str) -> Finding:
        shown = bot if bot.isdecimal() else f"@{bot}"
        return Finding(self.id, Label.LIST, _WRITTEN_SCORE, text_id, parameters=(("bot", shown),))

    def _linked(self, message: Message, folded: Folded) -> Iterator[Finding]:
        bots: dict[str, None] = {}
        spans: list[Span] = []
        for bot, span in _links(message, folded):
            if bot not in self._allowed:
                bots[bot] = None
                spans += [span] if span is not None else []
        if bots:
            yield Finding(
                self.id,
                Label.LIST,
                noisy_or([_LINK_SCORE] * min(len(bots), _MOST_COUNTED)),
                "finding.foreign_bot.link",
                merged(spans),
                (("bot", f"@{next(iter(bots))}"), ("count", len(bots))),
            )


def _bot(author: Author | None) -> str:
    name = bot_name(author.username) if author is not None else ""
    return name if name.endswith(_ENDING) else ""


def _links(message: Message, folded: Folded) -> Iterator[tuple[str, Span | None]]:
    """The bots that the text leads to, with their spans in the text as written."""
    for address in folded.addresses:
        if (bot := _named(address)) is not None:
            yield bot, folded.span(*address.span)
    for address, span in hidden_addresses(message):
        if (bot := _named(address)) is not None:
            yield bot, span
    if message.key.platform is Platform.TELEGRAM and "@" in folded.plain:
        for match in _MENTION.finditer(folded.plain):
            yield match[1], folded.span(*match.span())


def _named(address: Address) -> str | None:
    """The bot that an address leads to."""
    name = None
    if address.host in _TELEGRAM:
        name = _PATH.match(address.path)
    elif address.host == "resolve":
        name = _DOMAIN.search(address.path)
    elif address.host.endswith(".t.me"):
        name = re.match(r"([a-z]\w{3,31})\.t\.me$", address.host, re.ASCII)
    if name is None or not (name[1].endswith(_ENDING) or _START.search(address.path)):
        return None
    return name[1]
