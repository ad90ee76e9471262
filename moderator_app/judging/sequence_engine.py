"""Runs the sequence rules of a rule book over messages in their order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from moderator_app.domain.judgement import Judged, RuleBook
from moderator_app.domain.message import CommunityKey, Join, Message, MessageKey, Platform
from moderator_app.domain.policy import Policy
from moderator_app.domain.rules import RULES, WHITELIST
from moderator_app.domain.verdict import Finding
from moderator_app.judging.identities import channel_of
from moderator_app.judging.posts import Posts
from moderator_app.judging.reports import reported, still_reported
from moderator_app.judging.rules import SEQUENCE_RULES
from moderator_app.judging.rules.reported import is_report
from moderator_app.judging.rules.rule import SequenceRule
from moderator_app.judging.rules.whitelist import Trust
from moderator_app.judging.window import KEPT_SECONDS, MOST_ALIKE, Place, Sighting, Window

_MOST_COMMUNITIES = 1000

# Rules that compare by likeness, of which the window holds no more than it must.
_OF_LIKENESS = ("repeated_text", "repeated_text_day", "repeated_media_day")


class Observed(NamedTuple):
    """What a message completes: the findings on it, and those on earlier messages, which concern them as much."""

    findings: tuple[Finding, ...] = ()
    reached: tuple[tuple[MessageKey, Finding], ...] = ()


_NOTHING = Observed()


Look = Callable[[Sighting, Sequence[Finding]], Finding | None]


@dataclass(frozen=True, slots=True)
class _Community:
    """What one community's messages are judged with."""

    place: Place
    policy: Policy
    rules: tuple[SequenceRule, ...]
    looks: tuple[Look, ...]


class SequenceEngine:
    """Judges messages by what came before them, in order of arrival. Never raises for any message."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self._trust = Trust(book)
        self._posts = Posts(book.lists)
        self._window = Window(alike=_most_counted(book))
        self._communities: dict[tuple[Platform, str], _Community] = {}

    def observe(self, message: Message, judged: Judged) -> Observed:
        """What `message` completes; it is remembered then. Trusted authors are neither judged nor remembered."""
        community = self._community_of(message.key)
        message = self._in_thread(message, community.place)
        if not message.reply_to or not self._reports(message):
            return self._observe(message, judged, community)
        reached = self._take_report(message, community)
        # Calling the moderators does not make up for what rules object to.
        observed = self._observe(message, judged, community) if judged.findings else _NOTHING
        return Observed(observed.findings, (*reached, *observed.reached))

    def policy(self, key: MessageKey) -> Policy:
        """What a message is judged by."""
        return self._community_of(key).policy

    def remember(self, message: Message, text_hash: int) -> None:
        """Take in a message that was judged before and comes again."""
        community = self._community(message.key.community_key)
        message = self._in_thread(message, community.place)
        if self._reports(message):
            self._take_report(message, community)
        elif self._trust.look(message) is None:
            self._remember(message, text_hash, community)

    def recall(self, message: Message, text_hash: int) -> None:
        """Take in a message of the time around those that will come, which was judged before."""
        community = self._community(message.key.community_key)
        message = self._in_thread(message, community.place)
        if self._reports(message):
            self._take_report(message, community)
        elif message.key.message not in community.place.messages and self._trust.look(message) is None:
            self._remember(message, text_hash, community, recalled=True)

    def keep_since(self, date: datetime) -> None:
        """Have nothing forgotten for its age that is not older than `date`."""
        self._window.keep_since(date.timestamp())

    def clear(self) -> None:
        """Forget every message."""
        self._window.clear()

    def join(self, join: Join) -> None:
        """Take in that somebody came into a community."""
        self._window.join(self._community(join.community).place, join.author.key.author, join.date.timestamp())

    def still_holds(self, findings: Iterable[Finding], community: CommunityKey) -> tuple[Finding, ...]:
        """Of the findings of an earlier judgement those of sequence rules, as they are by the rules in force.

        What came before a message has not changed; whether it is enough may have.
        """
        rules = self._community(community).rules
        kept = []
        for finding in findings:
            again = (rule.still(finding) for rule in rules if rule.id == finding.rule)
            kept.append(still_reported(finding) or next(filter(None, again), None))
        return tuple(filter(None, kept))

    def took_back(self, message: Message) -> bool:
        """Take in that a message was edited; says whether it can have been a report that it is no longer."""
        if not message.reply_to or self._reports(message):
            return False
        place = self._community(message.key.community_key).place
        self._window.take_back_report(place, message.reply_to, message.key)
        return True

    def outlasts_edits(self, former: Iterable[Finding], observed: Sequence[Finding]) -> tuple[Finding, ...]:
        """Of the findings on a message's former text those that hold whatever it says now: that it was reported."""
        found = {finding.rule for finding in observed}
        kept = (still_reported(finding) for finding in former if finding.rule not in found)
        return tuple(filter(None, kept))

    def _reports(self, message: Message) -> bool:
        return bool(message.reply_to) and is_report(message, self.book.lists.report_words)

    def _observe(self, message: Message, judged: Judged, community: _Community) -> Observed:
        key, found = message.key, judged.findings
        trusted = bool(found) and found[0].rule == WHITELIST
        seen = None if trusted else self._remember(message, judged.text_hash, community)
        if seen is None:
            self._window.forget(community.place, key.message)
        if trusted:
            return _NOTHING
        own: list[Finding] = []
        reports = self._window.reports(community.place, key.message)
        if reports and (finding := reported(reports, community.policy)) is not None:
            own.append(finding)
        if seen is not None:
            for look in community.looks:
                if (finding := look(seen, (*found, *own) if own else found)) is not None:
                    own.append(finding)
        return Observed(tuple(own), self._reached(seen, own) if seen is not None else ()) if own else _NOTHING

    def _reached(self, seen: Sighting, findings: Sequence[Finding]) -> tuple[tuple[MessageKey, Finding], ...]:
        """What concerns the earlier messages as much, where they have not been told before."""
        reached = []
        for finding in findings:
            if not RULES[finding.rule].reaches_back:
                continue
            for key in finding.earlier:
                sighting = self._window.sighting(key)
                if sighting is not None and finding.rule not in sighting.told:
                    sighting.told |= {finding.rule}
                    reached.append((key, _among(finding, key, seen.key)))
            seen.told |= {finding.rule}
        return tuple(reached)

    def _community_of(self, key: MessageKey) -> _Community:
        return self._communities.get((key.platform, key.community)) or self._community(key.community_key)

    def _community(self, key: CommunityKey) -> _Community:
        known = self._communities.get((key.platform, key.community))
        if known is not None:
            return known
        if len(self._communities) >= _MOST_COMMUNITIES:
            self._communities.clear()
            self._window.drop_places(_MOST_COMMUNITIES // 2)
        policy = self.book.policy(key)
        made = (rule(self.book, key) for rule in SEQUENCE_RULES)
        rules = tuple(rule for rule in made if policy.rule(rule.id).enabled)
        place = self._window.place(key.platform, key.community)
        community = _Community(place, policy, rules, tuple(rule.look for rule in rules))
        self._communities[key.platform, key.community] = community
        return community

    def _in_thread(self, message: Message, place: Place) -> Message:
        """The message with its thread, where only what it answers tells of it: exports do not name threads."""
        id = message.key.message
        if not message.reply_to:
            if not message.thread and self._posts.is_post(message):
                self._window.put_in_thread(place, id, id)
            return message
        thread = message.thread or self._window.thread(place, message.reply_to)
        if not thread:
            return message
        self._window.put_in_thread(place, id, thread)
        return message if message.thread else replace(message, thread=thread)

    def _remember(
        self, message: Message, text_hash: int, community: _Community, *, recalled: bool = False
    ) -> Sighting | None:
        """None for a message without author or date: it says nothing."""
        writer, date = _writer(message), message.date
        if not writer or date is None:
            return None
        seconds = date.timestamp()
        if message.joined is not None and seconds - (joined := message.joined.timestamp()) <= KEPT_SECONDS:
            self._window.join(community.place, writer, joined)
        take = self._window.take_in if recalled else self._window.remember
        return take(community.place, message, writer, seconds, text_hash)

    def _take_report(self, message: Message, community: _Community) -> tuple[tuple[MessageKey, Finding], ...]:
        reporter, place, about = _writer(message), community.place, message.reply_to
        subject = place.messages.get(about)
        own = about == message.key.message or (subject is not None and subject.writer == reporter)
        if own or not reporter:
            return ()
        reports = self._window.report(place, about, reporter, message.key)
        finding = reported(reports, community.policy)
        key = MessageKey(message.key.platform, message.key.community, about)
        return ((key, finding),) if finding is not None else ()


def _among(finding: Finding, earlier: MessageKey, completing: MessageKey) -> Finding:
    """The finding on an earlier message: it names the others."""
    others = (key for key in finding.earlier if key is not earlier)
    return finding._replace(earlier=(*others, completing))


def _writer(message: Message) -> str:
    """Who or what the message was written in the name of: all channels of Telegram share one author."""
    author = message.author
    writer = author.key.author if author is not None else ""
    return channel_of(message) if message.sender_chat or writer.startswith("-") else writer


def _most_counted(book: RuleBook) -> int:
    """How many messages of one text must be held for the numbers of all policies."""
    policies = (book.default, *book.communities.values())
    counts = [
        policy.number(rule, name)
        for policy in policies
        for rule in _OF_LIKENESS
        for name in RULES[rule].numbers
        if not name.endswith("seconds")
    ]
    return max(MOST_ALIKE, round(max(counts)))
