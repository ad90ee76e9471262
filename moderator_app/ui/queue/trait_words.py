"""Names of what the queue can be filtered by."""

from collections.abc import Mapping

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Platform
from moderator_app.domain.traits import (
    BLACKLISTED,
    BY_AI,
    CHANNEL,
    DISAGREES,
    EDITED,
    GROUPED,
    LINK,
    MEDIA,
    NEWCOMER,
    SECOND_OPINION,
    VIOLATOR,
    WHITELISTED,
    Group,
    QueueFilter,
    View,
    Wish,
    group_of,
    value_of,
)
from moderator_app.domain.verdict import Label
from moderator_app.language import N_, _, choice_name, label_name, platform_name, rule_name

GROUPS: Mapping[Group, str] = {
    Group.SOURCE: N_("Source"),
    Group.COMMUNITY: N_("Community"),
    Group.LABEL: N_("Kind"),
    Group.RULE: N_("Rule"),
    Group.AUTHOR: N_("Author"),
    Group.HAS: N_("Carries"),
    Group.IS: N_("State"),
    Group.AI: N_("AI"),
    Group.SUGGESTED: N_("Suggested"),
}

_NAMES: Mapping[str, str] = {
    NEWCOMER: N_("Newcomer"),
    VIOLATOR: N_("Known violator"),
    WHITELISTED: N_("On the whitelist"),
    BLACKLISTED: N_("On the blacklist"),
    CHANNEL: N_("Writes as a channel"),
    MEDIA: N_("Media"),
    LINK: N_("Link"),
    EDITED: N_("Edited"),
    GROUPED: N_("Group of messages"),
    SECOND_OPINION: N_("Second opinion wanted"),
    BY_AI: N_("Found by AI"),
    DISAGREES: N_("AI disagrees with the rules"),
}

_VIEWS: Mapping[str, str] = {
    "newcomers": N_("Newcomers"),
    "grave": N_("Grave"),
    "groups": N_("Groups"),
    "violators": N_("Known violators"),
    "disagreement": N_("AI disagrees"),
    "reported": N_("Reported by members"),
}

_WISHES: Mapping[Wish, str] = {
    Wish.IGNORE: N_("all the same"),
    Wish.REQUIRE: N_("wanted"),
    Wish.EXCLUDE: N_("left out"),
}

MARKS: Mapping[Wish, str] = {Wish.IGNORE: "–", Wish.REQUIRE: "✓", Wish.EXCLUDE: "×"}


def trait_name(trait: str, communities: Mapping[str, str]) -> str:
    """`communities` are the names of those that are known, by their traits."""
    value = value_of(trait)
    match group_of(trait):
        case Group.SOURCE:
            return platform_name(Platform(value))
        case Group.COMMUNITY:
            return communities.get(trait) or value.partition(":")[2]
        case Group.LABEL:
            return label_name(Label(value)).capitalize()
        case Group.RULE:
            return rule_name(value)
        case Group.SUGGESTED:
            return choice_name(Choice(value))
    return _(_NAMES[trait]) if trait in _NAMES else value


def group_name(group: Group) -> str:
    return _(GROUPS[group])


def wish_name(wish: Wish) -> str:
    return _(_WISHES[wish])


def view_name(view: View) -> str:
    return view.name or (_(_VIEWS[view.builtin]) if view.builtin in _VIEWS else view.builtin)


def filter_name(wanted: QueueFilter, communities: Mapping[str, str]) -> str:
    """`Spam, without VK`: what a view of it may be called."""
    names = [trait_name(each, communities) for each in sorted(wanted.require)]
    without = _("without {name}")
    names += [without.format(name=trait_name(each, communities)) for each in sorted(wanted.exclude)]
    return ", ".join(names)
