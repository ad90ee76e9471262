"""What a rule that acts by itself decides without a human."""

from collections.abc import Iterable, Mapping
from datetime import timedelta

from moderator_app.domain.decision import Choice
from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import AuthorKey, CommunityKey
from moderator_app.domain.policy import Policy
from moderator_app.domain.rule_record import RuleRecord

# All rules of all communities together within PERIOD: whatever goes wrong, a human sees most of it first.
MOST_ACTS = 20
PERIOD = timedelta(hours=1)
# What somebody wrote longer ago, read after a long stop or from a file, waits for a human.
OLDEST = timedelta(days=1)


def acts_anywhere(book: RuleBook) -> bool:
    """Whether any rule may act by itself in any community."""
    policies = (book.default, *book.communities.values())
    return any(rule.acts for policy in policies for rule in policy.rules.values())


def is_spared(book: RuleBook, community: CommunityKey, author: AuthorKey | None) -> bool:
    """Whether only a human may decide about an author: a trusted one, a manager, a linked channel, the community."""
    if author is None:
        return True
    trusted = book.lists.whitelist | book.lists.managers | book.lists.linked_channels
    return author in trusted or author == AuthorKey(community.platform, f"-{community.community}")


def act(rules: Iterable[str], policy: Policy, records: Mapping[str, RuleRecord]) -> tuple[str, Choice] | None:
    """The rule that acts, of those that found something, and what it decides: the gravest that they suggest.

    `records` are the rules' in this community. None where no rule may act: it is not switched on, has not proved right
    (any more), or suggests to do nothing.
    """
    acting = [rule for rule in dict.fromkeys(rules) if policy.rule(rule).enabled and policy.rule(rule).acts]
    chosen = [(rule, policy.rule(rule).suggested) for rule in acting if records.get(rule, RuleRecord()).may_act]
    confirming = [(rule, choice) for rule, choice in chosen if choice.confirms]
    return max(confirming, key=lambda each: each[1].gravity, default=None)
