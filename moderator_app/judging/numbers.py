"""The numbers of rules over all communities of a book."""

from moderator_app.domain.judgement import RuleBook


def least_number(book: RuleBook, rule: str, name: str) -> float:
    """The least that any policy sets: a message that stays below it needs no look at its community's."""
    return min(policy.number(rule, name) for policy in (book.default, *book.communities.values()))
