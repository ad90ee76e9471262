"""Lists of one line an entry as people type them."""

from hypothesis import given
from hypothesis import strategies as st

from moderator_app.domain.list_entries import LINES, entries, lists_of
from moderator_app.domain.lists import ListKind
from moderator_app.domain.message import AuthorKey, Platform
from moderator_app.ui.settings.entry_lines import read_lines, why_wrong, write_lines

authors = st.builds(AuthorKey, st.sampled_from(Platform), st.integers(1, 10**11).map(str))
PEOPLE = ListKind.WHITELIST


@given(st.frozensets(authors))
def test_what_is_written_is_read_again(kept: frozenset[AuthorKey]) -> None:
    written = write_lines(map(str, kept))
    assert read_lines(PEOPLE, written).entries == frozenset(map(str, kept))


@given(st.sampled_from(LINES), st.text())
def test_any_text_is_read_without_an_error(kind: ListKind, text: str) -> None:
    lines = read_lines(kind, text)
    assert all(0 <= number <= text.count("\n") for number in lines.wrong)
    assert all(why_wrong(kind, text.split("\n")[number]) for number in lines.wrong)


def test_comments_and_empty_lines_are_read_over() -> None:
    lines = read_lines(PEOPLE, "# ours\n\n  vk:-45   # the club\ntelegram:1\n")
    assert lines.entries == {"vk:-45", "telegram:1"}
    assert lines.wrong == ()


def test_every_line_that_holds_no_entry_is_told_with_its_reason() -> None:
    text = "telegram:1\nivan  # our man\nfacebook:3\nvk:"
    assert read_lines(PEOPLE, text).wrong == (1, 2, 3)
    assert why_wrong(PEOPLE, text.split("\n")[1]).parameters["entry"] == "ivan"
    assert read_lines(ListKind.DOMAINS, "сайт.рф\nсайт").wrong == (1,)


def test_authors_are_written_in_the_order_of_their_numbers() -> None:
    kept = lists_of({PEOPLE: ["vk:20", "vk:3", "telegram:9"]})
    assert write_lines(entries(kept, PEOPLE)) == "telegram:9\nvk:3\nvk:20"
