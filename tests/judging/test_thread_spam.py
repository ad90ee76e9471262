"""Spam in the comment threads of a channel's posts."""

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import AuthorKey, Forward, Platform
from moderator_app.domain.policy import Policy, RulePolicy
from moderator_app.domain.verdict import Finding, Label
from tests.judging.chat import LINK, Chat, named, without

SWEARING = Finding("profanity", Label.PROFANITY, 0.9, "finding.profanity.obscene")


def test_what_another_rule_finds_in_a_thread_is_noted_with_thread_and_author() -> None:
    (finding,) = Chat().post("42", 0, None, LINK, thread="7")
    assert (finding.rule, finding.score) == ("thread_spam", 0.1)
    assert dict(finding.parameters) == {"count": 1, "thread": "7", "author": "42"}


def test_comments_without_another_finding_and_messages_without_a_thread_are_none_of_its_business() -> None:
    chat = Chat()
    assert [chat.post("42", n * 20, thread=str(n)) for n in range(6)] == [[]] * 6
    assert chat.post("42", 130, None, LINK) == []
    assert chat.post("42", 150, None, SWEARING, thread="7") == []


def test_the_author_who_walks_through_threads_is_found_at_the_third() -> None:
    chat = Chat()
    for n in range(2):
        chat.post("42", n * 20, thread=str(n))
    (finding,) = chat.post("42", 40, None, LINK, thread="2")
    assert (finding.text_id, finding.score, named(finding)) == ("finding.thread_spam.threads", 0.6, ("1", "2"))
    assert dict(finding.parameters)["count"] == 3


def test_many_comments_in_one_thread_or_over_a_day_are_no_walk() -> None:
    chat = Chat()
    for n in range(5):
        chat.post("42", n * 20, thread="7")
    assert chat.post("42", 100, None, LINK, thread="8")[0].score == 0.1
    assert chat.post("42", 7300, None, LINK, thread="9")[0].score == 0.1


def test_the_same_text_in_another_thread_is_found_whoever_wrote_it() -> None:
    chat = Chat(without("repeated_text"))
    chat.post("1", 0, "Заходите ко мне в профиль", LINK, thread="7")
    (finding,) = chat.post("2", 20, "Заходите ко мне в профиль", LINK, thread="8")
    assert (finding.text_id, named(finding)) == ("finding.thread_spam.text", ("1",))


def test_threads_of_other_communities_are_other_threads() -> None:
    chat = Chat(without("repeated_text"))
    chat.post("1", 0, "Заходите ко мне в профиль", LINK, thread="7", community="200")
    assert chat.post("2", 20, "Заходите ко мне в профиль", LINK, thread="8")[0].score == 0.1


def test_a_finding_that_does_not_count_under_the_policy_is_no_reason() -> None:
    chat = Chat(RuleBook(Policy(rules={"links": RulePolicy(threshold=0.9)})))
    assert chat.post("42", 0, None, LINK, thread="7") == []


CHANNEL = RuleBook(lists=Lists(linked_channels=frozenset({AuthorKey(Platform.TELEGRAM, "-55")})))


def test_answers_to_a_channels_posts_are_in_its_threads() -> None:
    chat = Chat(CHANNEL)
    for n in range(3):
        chat.post("-55", n, id=f"post{n}")
        chat.post("1", n + 100, id=f"comment{n}", reply_to=f"post{n}")
    chat.post("42", 200, None, reply_to="post0")
    chat.post("42", 220, None, reply_to="comment1")
    (finding,) = chat.post("42", 240, None, LINK, reply_to="comment2")
    assert (finding.text_id, dict(finding.parameters)["thread"]) == ("finding.thread_spam.threads", "post2")
    chat.restart()
    (finding,) = chat.post("42", 260, None, LINK, reply_to="comment2")
    assert finding.text_id == "finding.thread_spam.threads"


def test_a_channel_is_known_by_forwarding_its_own_posts() -> None:
    chat = Chat()
    chat.post("-55", 0, id="post", forward=Forward("-55", "Канал"))
    chat.post("-66", 0, id="advert", forward=Forward("-77", "Чужой канал"))
    assert [each.rule for each in chat.post("42", 20, None, LINK, reply_to="post")] == ["thread_spam"]
    assert chat.post("43", 20, None, LINK, reply_to="advert") == []


def test_answers_to_people_are_in_no_thread() -> None:
    chat = Chat(CHANNEL)
    chat.post("1", 0, id="question")
    assert chat.post("42", 20, None, LINK, reply_to="question") == []


def test_a_thread_that_is_told_comes_first() -> None:
    chat = Chat(CHANNEL)
    chat.post("-55", 0, id="post")
    (finding,) = chat.post("42", 20, None, LINK, reply_to="post", thread="7")
    assert dict(finding.parameters)["thread"] == "7"
