"""How far a community was read belongs to that community."""

from moderator_app.sources.vk.state import Progress


def test_a_new_token_of_the_same_community_goes_on_where_the_old_one_stopped() -> None:
    first = Progress().of(45)
    first.ts = "12"
    assert Progress.load(first.dump()).of(45).ts == "12"


def test_a_token_of_another_community_begins_anew() -> None:
    first = Progress().of(45)
    first.ts = "12"
    first.is_news("event")
    other = Progress.load(first.dump()).of(46)
    assert (other.group, other.ts) == (46, "")
    assert other.is_news("event")
