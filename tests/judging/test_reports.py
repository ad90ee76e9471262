"""Members' reports of messages."""

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import MessageKey, Platform
from moderator_app.judging.reports import completed
from tests.judging.chat import LINK, Chat, named, without


def report(chat: Chat, who: str, about: str = "1", seconds: float = 60) -> list[tuple[str, str, float, int]]:
    observed = chat.observe(who, seconds, "/report", reply_to=about)
    assert observed.findings == ()
    return [(key.message, each.rule, each.score, len(each.earlier)) for key, each in observed.reached]


def test_a_report_concerns_the_message_it_answers_and_each_member_counts_once() -> None:
    chat = Chat()
    chat.post("1")
    assert report(chat, "2") == [("1", "reported", 0.5, 1)]
    assert report(chat, "3") == [("1", "reported", 0.75, 2)]
    assert report(chat, "2") == [("1", "reported", 0.75, 2)]
    assert report(chat, "4", "9") == [("9", "reported", 0.5, 1)]


def test_a_report_itself_is_told_of_what_it_completes_and_a_second_one_of_a_member_completes_nothing() -> None:
    chat = Chat()
    chat.post("1")
    told = []
    for n, who in enumerate("2342", 2):
        reached = chat.observe(who, 60, "/report", reply_to="1").reached
        found = list(completed(MessageKey(Platform.TELEGRAM, "100", str(n)), reached))
        told.append([(finding.score, named(finding)) for finding in found])
    assert told == [[(0.5, ("1",))], [(0.75, ("1", "2"))], [(0.875, ("1", "2", "3"))], []]


def test_nobody_reports_themselves() -> None:
    chat = Chat()
    chat.post("1")
    assert report(chat, "1") == []


def test_reports_are_no_flood_and_no_repeats() -> None:
    chat = Chat()
    for n in range(9):
        chat.post("1", n * 20)
    for n in range(9):
        report(chat, "2", str(n + 1), 200 + n)


def test_an_advert_is_judged_though_it_calls_the_moderators() -> None:
    chat = Chat()
    chat.post("1")
    advert = "Лучший заработок в профиле @admin"
    for n in range(4):
        observed = chat.observe("2", 60 + n, advert, LINK, reply_to="1")
    assert {each.rule for each in observed.findings} == {"repeated_text"}
    assert [each.rule for _, each in observed.reached] == ["reported"]


def test_a_message_that_arrives_after_its_report_has_it_at_once() -> None:
    chat = Chat()
    report(chat, "2", "9")
    (finding,) = chat.post("1", id="9")
    assert (finding.rule, named(finding)) == ("reported", ("1",))


def test_reports_are_remembered_after_a_restart() -> None:
    chat = Chat()
    chat.post("1")
    report(chat, "2")
    chat.restart()
    assert report(chat, "3") == [("1", "reported", 0.75, 2)]


def test_the_words_of_a_report_are_the_admins() -> None:
    chat = Chat(RuleBook(lists=Lists(report_words=frozenset({"атас"}))))
    chat.post("1")
    assert chat.observe("2", 60, "атас!", reply_to="1").reached
    assert not chat.observe("3", 60, "спам", reply_to="1").reached
    assert chat.observe("3", 60, "/report", reply_to="1").reached


def test_switched_off_reports_are_ignored() -> None:
    chat = Chat(without("reported"))
    chat.post("1")
    assert report(chat, "2") == []


def test_members_of_other_communities_report_other_messages() -> None:
    chat = Chat()
    chat.post("1")
    report(chat, "2")
    observed = chat.observe("3", 70, "/report", reply_to="1", community="200")
    assert [(key.community, each.score) for key, each in observed.reached] == [("200", 0.5)]
