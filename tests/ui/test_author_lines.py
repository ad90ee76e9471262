"""Lists of authors as people type them."""

from hypothesis import given
from hypothesis import strategies as st

from moderator_app.domain.message import AuthorKey, Platform
from moderator_app.ui.settings.author_lines import read_lines, write_lines

authors = st.builds(AuthorKey, st.sampled_from(Platform), st.integers(-(10**12), 10**12).filter(bool).map(str))


@given(st.frozensets(authors))
def test_what_is_written_is_read_again(kept: frozenset[AuthorKey]) -> None:
    assert read_lines(write_lines(kept)).authors == kept


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    lines = read_lines(text)
    assert all(0 <= number <= text.count("\n") for number in lines.wrong)


def test_comments_and_empty_lines_are_read_over() -> None:
    lines = read_lines("# ours\n\n  vk:-45   # the club\ntelegram:1\n")
    assert lines.authors == {AuthorKey(Platform.VK, "-45"), AuthorKey(Platform.TELEGRAM, "1")}
    assert lines.wrong == ()


def test_every_line_that_names_no_author_is_told() -> None:
    assert read_lines("telegram:1\nivan\nfacebook:3\nvk:").wrong == (1, 2, 3)


def test_authors_are_written_in_the_order_of_their_numbers() -> None:
    kept = [AuthorKey(Platform.VK, "20"), AuthorKey(Platform.VK, "3"), AuthorKey(Platform.TELEGRAM, "9")]
    assert write_lines(kept) == "telegram:9\nvk:3\nvk:20"
