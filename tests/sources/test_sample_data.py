"""What the bundled sample chats hold."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import timedelta

import pytest

from moderator_app.domain.message import Join, Message, MessageKey, Platform
from moderator_app.sources.sample_chat import BATCH, history, lists
from moderator_app.sources.sample_lines import event, read
from tests.sources.sample import FOLDER, NOW

PAST = history(FOLDER, NOW)
MESSAGES = tuple(message for delivery in PAST for message in delivery.messages)
JOINS = tuple(join for delivery in PAST for join in delivery.joins)
LIVE = tuple(event(line, lambda after: NOW + timedelta(seconds=after)).what for line in read(FOLDER / "live.jsonl"))
LIVE_MESSAGES = tuple(what for what in LIVE if isinstance(what, Message))
LIVE_JOINS = tuple(what for what in LIVE if isinstance(what, Join))

CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
LATIN = re.compile("[a-z]{3}", re.IGNORECASE)


def test_there_is_enough_to_look_through() -> None:
    assert 420 <= len(MESSAGES) <= 520
    assert 110 <= len(LIVE_MESSAGES) <= 130


def test_two_communities_write_one_on_each_platform() -> None:
    written = {(message.key.platform, message.key.community) for message in MESSAGES + LIVE_MESSAGES}
    assert sorted(platform for platform, _ in written) == [Platform.TELEGRAM, Platform.VK]
    assert all(community.isdecimal() for _, community in written)
    assert all(community.name for delivery in PAST for community in delivery.communities)


def test_both_languages_are_written() -> None:
    russian = [message for message in MESSAGES if CYRILLIC.search(message.text)]
    english = [message for message in MESSAGES if LATIN.search(message.text) and not CYRILLIC.search(message.text)]
    assert len(russian) > 300
    assert len(english) > 30


def test_history_is_past_and_in_order() -> None:
    dates = [message.date for message in MESSAGES if message.date]
    assert len(dates) == len(MESSAGES)
    assert dates == sorted(dates)
    assert dates[-1] < NOW < dates[0] + timedelta(days=30)
    assert all(message.edited is None or message.edited < NOW for message in MESSAGES)


def test_history_comes_in_batches_that_name_their_communities() -> None:
    for delivery in PAST:
        assert len(delivery.messages) + len(delivery.joins) <= BATCH
        named = {community.key for community in delivery.communities}
        assert named >= {message.key.community_key for message in delivery.messages}


def test_ids_grow_with_time_and_are_written_once() -> None:
    ids: dict[Platform, list[int]] = defaultdict(list)
    for message in MESSAGES:
        ids[message.key.platform].append(int(message.key.message))
    for platform, numbers in ids.items():
        assert numbers == sorted(set(numbers))
        new = {int(message.key.message) for message in LIVE_MESSAGES if message.key.platform is platform}
        assert min(new) > numbers[-1]


def test_replies_answer_messages_that_exist() -> None:
    seen: set[MessageKey] = set()
    replies = 0
    for message in MESSAGES + LIVE_MESSAGES:
        if message.reply_to:
            replies += 1
            assert MessageKey(message.key.platform, message.key.community, message.reply_to) in seen
        seen.add(message.key)
    assert replies > 150


@pytest.mark.parametrize(("joins", "messages"), [(JOINS, MESSAGES), (LIVE_JOINS, LIVE_MESSAGES)])
def test_a_raid_joins_within_a_minute_and_writes(joins: tuple[Join, ...], messages: tuple[Message, ...]) -> None:
    dates = sorted(join.date for join in joins)
    assert max(sum(first <= date <= first + timedelta(seconds=60) for date in dates) for first in dates) >= 12
    writers = {message.author for message in messages if message.joined} & {join.author for join in joins}
    assert len(writers) >= 6


def test_who_is_said_to_have_joined_has_a_join() -> None:
    joined = {(join.author, join.date) for join in JOINS}
    assert all((message.author, message.joined) in joined for message in MESSAGES if message.joined)


@pytest.mark.parametrize(
    ("messages", "words"), [(MESSAGES, r"\b500\s?[$д]|\b600\$"), (LIVE_MESSAGES, r"\b9[123]\s?%.*(50|free)")]
)
def test_a_campaign_says_the_same_in_other_words(messages: tuple[Message, ...], words: str) -> None:
    campaign = [message for message in messages if re.search(words, message.text)]
    assert len({message.author for message in campaign}) >= 15
    assert {message.key.platform for message in campaign} == set(Platform)


def test_texts_are_repeated_by_one_author_and_by_several() -> None:
    by_one = Counter((message.author, message.text) for message in MESSAGES if len(message.text) > 40)
    by_several = defaultdict(set)
    for message in MESSAGES:
        if len(message.text) > 40:
            by_several[message.text].add(message.author)
    assert max(by_one.values()) >= 5
    assert max(map(len, by_several.values())) >= 4


INCIDENTS: dict[str, tuple[int, Callable[[Message], object]]] = {
    "edited": (5, lambda message: message.edited),
    "forwarded": (3, lambda message: message.forward),
    "hidden links": (3, lambda message: message.links),
    "links": (12, lambda message: "https://" in message.text),
    "attachments only": (15, lambda message: message.attachments and not message.text),
    "written by a channel or community": (10, lambda message: message.sender_chat),
    "sent through a bot": (1, lambda message: message.via_bot),
    "invisible characters": (4, lambda message: re.search("[\u200b\u00ad\u202e]", message.text)),
    "mixed alphabets": (6, lambda message: re.search("[а-яё][a-z]|[a-z][а-яё]", message.text, re.IGNORECASE)),
    "short VK links": (4, lambda message: re.search(r"vk\.cc/|vk\.me/", message.text)),
    "mentions of VK communities": (2, lambda message: re.search(r"\[club\d+\|", message.text)),
    "VK reply prefixes": (30, lambda message: re.match(r"\[id\d+\|", message.text)),
}


@pytest.mark.parametrize("incident", INCIDENTS)
def test_every_kind_of_incident_is_there(incident: str) -> None:
    least, sign = INCIDENTS[incident]
    assert sum(bool(sign(message)) for message in MESSAGES) >= least


def test_the_lists_name_authors_who_write() -> None:
    found = lists(FOLDER)
    written = Counter(message.author.key for message in MESSAGES if message.author)
    assert found.stop_words
    assert found.whitelist
    assert found.blacklist
    assert all(written[author] >= 2 for author in found.whitelist | found.blacklist)
