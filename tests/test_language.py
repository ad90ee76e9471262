"""The catalogue is complete and every text id has its sentence."""

import ast
import errno
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message

from moderator_app import language
from moderator_app.choice_names import NAMES
from moderator_app.domain import errors
from moderator_app.domain.decision import ActionKind, Choice, Note
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.policy import DEFAULT_RULES
from moderator_app.domain.verdict import Finding, Label
from moderator_app.file_sentences import FAULTS
from moderator_app.finding_sentences import COUNTED
from moderator_app.judging.engine import Engine
from moderator_app.rule_names import RULES
from moderator_app.sentences import SENTENCES
from tests import builders, catalogue

MARKS = {"_", "N_", "ngettext", "N_plural"}
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type)}
_COMPOSED = (ast.JoinedStr, ast.BinOp, ast.Call)
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    language.use("en")


# The catalogue. `python -m tests.catalogue` mends the first and the last of these.


@pytest.mark.parametrize("code", catalogue.LANGUAGES)
def test_every_message_of_the_code_stands_in_the_catalogue_and_no_other(code: str) -> None:
    marked = {message.id for message in catalogue.extracted() if message.id}
    kept = {message.id for message in catalogue.stored(code) if message.id}
    assert kept == marked, "run: python -m tests.catalogue"


@pytest.mark.parametrize("code", catalogue.LANGUAGES)
def test_every_message_is_translated(code: str) -> None:
    assert [message.id for message in catalogue.untranslated(catalogue.stored(code))] == []


@pytest.mark.parametrize("code", catalogue.LANGUAGES)
def test_translations_carry_the_placeholders_of_the_message(code: str) -> None:
    for message in catalogue.stored(code):
        if message.id:
            # An empty one is another test's business.
            translated = [_placeholders(text) for text in catalogue.strings(message) if text]
            assert translated == [_placeholders(_forms(message)[-1])] * len(translated), message.id


@pytest.mark.parametrize("code", catalogue.LANGUAGES)
def test_counted_messages_have_every_plural_form(code: str) -> None:
    stored = catalogue.stored(code)
    for message in stored:
        if message.id:
            forms = stored.num_plurals if message.pluralizable else 1
            assert len(catalogue.strings(message)) == forms, message.id


@pytest.mark.parametrize("code", catalogue.LANGUAGES)
def test_the_compiled_catalogue_is_that_of_the_translations(code: str) -> None:
    compiled = catalogue.po_file(code).with_suffix(".mo").read_bytes()
    assert compiled == catalogue.compiled(catalogue.stored(code)), "run: python -m tests.catalogue"


def test_marked_messages_are_plain_literals() -> None:
    """An f-string or a filled-in text never matches the catalogue: parameters come after the call."""
    for path, call in _calls(MARKS):
        messages = call.args[: 2 if _called(call) in ("ngettext", "N_plural") else 1]
        if not any(isinstance(message, ast.Starred) for message in messages):
            assert not any(isinstance(message, _COMPOSED) for message in messages), f"{path}:{call.lineno}"


# The tables.


def test_every_text_id_of_the_code_has_a_sentence() -> None:
    unknown = {f"{path}:{call.lineno} {text_id}" for path, call, text_id in _uses() if text_id not in SENTENCES}
    assert unknown == set()


def test_every_error_and_note_brings_the_parameters_of_its_sentence() -> None:
    for path, call, text_id in _uses():
        if _called(call) in ERRORS and text_id in SENTENCES and all(keyword.arg for keyword in call.keywords):
            brought = {keyword.arg for keyword in call.keywords} | {"seconds"}
            assert _sentence_placeholders(text_id) <= brought, f"{path}:{call.lineno} {text_id}"


def test_every_sentence_is_used() -> None:
    words = {
        node.value
        for path, tree in _modules()
        if not path.name.endswith("sentences.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    # The unit of a wait is chosen when its length is known.
    by_unit = {f"{word}.{unit}" for word in words for unit in ("minutes", "hours")}
    assert set(SENTENCES) - words - by_unit == set()


@pytest.mark.parametrize("kind", NAMES)
def test_every_choice_of_an_enumeration_has_a_name(kind: type[StrEnum]) -> None:
    assert list(NAMES[kind]) == [choice.value for choice in kind]


def test_every_rule_has_a_name() -> None:
    assert set(DEFAULT_RULES) <= set(RULES)


def test_what_the_machine_says_is_what_it_says_here() -> None:
    """A misspelt one would be shown in English for ever."""
    assert {os.strerror(number) for number in errno.errorcode} >= FAULTS


# Speaking.


def test_what_the_machine_says_of_a_file_is_told_in_the_language_in_use() -> None:
    language.use("ru")
    error = errors.Unreadable("import.unreadable", file="chat.json", detail=os.strerror(errno.ENOENT))
    assert language.explain_error(error).startswith("chat.json нельзя прочитать: нет такого файла или папки.")
    named = errors.Unreadable("import.empty", file=os.strerror(errno.ENOENT))
    assert language.explain_error(named).startswith("No such file or directory")


def test_sentences_change_language_with_the_switch() -> None:
    note = Note("action.imported_file")
    english = language.explain_note(note)
    language.use("ru")
    assert language.explain_note(note) != english
    assert language.choice_name(Choice.BAN) == "Забанить"
    assert language.kind_name(ActionKind.BAN) == "бан"


def test_an_error_is_worded_with_its_parameters() -> None:
    error = errors.Unreadable("profile.not_a_folder", path="/srv/file")
    assert language.explain_error(error) == "/srv/file is a file. Choose a folder with --profile."


def test_an_unknown_text_id_stays_readable_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    finding = Finding("links", Label.SPAM, 0.5, "nowhere.said", parameters=(("domain", "x.ru"),))
    assert language.explain_finding(finding) == "nowhere.said domain=x.ru"
    assert "nowhere.said" in caplog.text
    assert "x.ru" not in caplog.text


def test_a_missing_parameter_leaves_a_mark_and_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    assert language.sentence("profile.not_a_folder", {}).startswith("<path> is a file.")
    assert "profile.not_a_folder" in caplog.text


def test_braces_in_a_parameter_are_text() -> None:
    assert language.sentence("profile.not_a_folder", {"path": "{path}{0}"}).startswith("{path}{0} is a file.")


def test_a_sentence_with_a_count_takes_the_plural_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "SENTENCES", {"test.hits": ("{count} hit", "{count} hits")})
    assert [language.sentence("test.hits", {"count": n}) for n in (1, 2, 1500)] == ["1 hit", "2 hits", "1,500 hits"]


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_KZ"}, "ru"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "ru_RU.UTF-8"}, "ru"),
        ({"LC_ALL": "en_US.UTF-8", "LC_MESSAGES": "ru_RU.UTF-8"}, "en"),
        ({"LANGUAGE": "ru:en", "LANG": "en_US.UTF-8"}, "ru"),
        ({}, "en"),
    ],
)
def test_the_machine_chooses_where_nothing_is_set(
    environment: dict[str, str], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    language.use("")
    assert language.current() == code


def test_a_language_without_a_catalogue_is_refused() -> None:
    with pytest.raises(ValueError, match="fr"):
        language.use("fr")


def test_numbers_and_dates_follow_the_language() -> None:
    assert language.format_number(12345.678) == "12,345.68"
    assert language.format_day(date(2026, 3, 4)) == "Mar 4, 2026"
    assert language.format_age(NOW - timedelta(minutes=2), NOW) == "2 min. ago"
    language.use("ru")
    assert language.format_number(12345.678) == "12\xa0345,68"
    assert language.format_day(date(2026, 3, 4)).startswith("4 мар. 2026")
    assert language.format_age(NOW - timedelta(minutes=2), NOW) == "2 мин. назад"
    assert language.format_percent(0.123).startswith("12")
    assert language.format_moment(NOW).endswith(language.format_time(NOW))


@cache
def _modules() -> tuple[tuple[Path, ast.Module], ...]:
    files = sorted(catalogue.PACKAGE.rglob("*.py"))
    return tuple((path, ast.parse(path.read_text(encoding="utf-8"))) for path in files)


def _calls(names: set[str]) -> Iterator[tuple[Path, ast.Call]]:
    for path, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) in names:
                yield path.relative_to(catalogue.ROOT), node


def _called(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _uses() -> Iterator[tuple[Path, ast.Call, str]]:
    """The text ids given as literals to errors, findings and notes."""
    for path, call in _calls({*ERRORS, "Finding", "Note"}):
        place = 3 if _called(call) == "Finding" else 0
        given = [keyword.value for keyword in call.keywords if keyword.arg == "text_id"] or call.args[place : place + 1]
        for argument in given:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield path, call, argument.value


def _forms(message: Message) -> tuple[str, ...]:
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def _sentence_placeholders(text_id: str) -> set[str]:
    entry = SENTENCES[text_id]
    return _placeholders(entry if isinstance(entry, str) else entry[1])


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(("code", "said"), [("en", "200 times or more"), ("ru", "200 раз или больше")])
def test_hits_that_are_counted_no_further_are_said_to_be_more(code: str, said: str) -> None:
    language.use(code)
    judged = Engine(RuleBook()).judge(builders.message("хуй " * (COUNTED + 50)))
    (found,) = [finding for finding in judged.findings if finding.rule == "profanity"]
    assert said in language.explain_finding(found)
    judged = Engine(RuleBook()).judge(builders.message("хуй " * (COUNTED - 1)))
    assert said not in language.explain_finding(judged.findings[0])
