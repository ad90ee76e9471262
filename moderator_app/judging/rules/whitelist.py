"""Who is not judged: trusted authors, managers, linked channels, the community itself."""

from collections import defaultdict

from moderator_app.domain.ids import Platform
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message, Standing
from moderator_app.domain.policy import Policy
from moderator_app.domain.rules import WHITELIST
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.identities import channel, channel_of, listed

_TRUSTED = "finding.whitelist.author"
_MANAGER = "finding.whitelist.manager"
_LINKED = "finding.whitelist.linked_channel"
_COMMUNITY = "finding.whitelist.community"


_STANDINGS = {Standing.MANAGER: _MANAGER, Standing.LINKED_CHANNEL: _LINKED}


class Trust:
    """Knows whose messages pass. Who writes anonymously as the community is known by the community alone."""

    def __init__(self, book: RuleBook) -> None:
        self._book = book
        self._reasons: defaultdict[str, list[tuple[Platform, str]]] = defaultdict(list)
        lists = book.lists
        for keys, reason in ((lists.whitelist, _TRUSTED), (lists.managers, _MANAGER)):
            for key in keys:
                if key.author:
                    self._reasons[listed(key)].append((key.platform, reason))
        for key in lists.linked_channels:
            self._reasons[channel(key.author, key.platform)].append((key.platform, _LINKED))

    def look(self, message: Message) -> Finding | None:
        """Why `message` passes whatever it says; None when it is to be judged."""
        author = message.author.key.author if message.author else ""
        as_channel = channel_of(message) if message.sender_chat or author.startswith("-") else ""
        told = _STANDINGS.get(message.standing)
        if not as_channel and not told and author not in self._reasons:
            return None
        reasons = [told] if told else []
        reasons += [*self._reasons_of(author, message), *self._reasons_of(as_channel, message)]
        if as_channel and as_channel[1:] == message.key.community:
            reasons.append(_COMMUNITY)
        if not reasons:
            return None
        policy = self._book.policy(message.key.community_key)
        reason = next((reason for reason in reasons if _holds(reason, policy)), None)
        return Finding(WHITELIST, Label.LIST, 0.0, reason) if reason is not None else None

    def _reasons_of(self, writer: str, message: Message) -> list[str]:
        known = self._reasons.get(writer)
        if known is None:
            return []
        return [reason for platform, reason in known if platform is message.key.platform]


def _holds(reason: str, policy: Policy) -> bool:
    if reason == _TRUSTED:
        return policy.rule(WHITELIST).enabled
    exemptions = policy.exemptions
    return {
        _MANAGER: exemptions.managers,
        _LINKED: exemptions.linked_channel,
        _COMMUNITY: exemptions.community,
    }[reason]
