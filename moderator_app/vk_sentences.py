"""The English sentences about VK communities and what VK answers; kept as those of `sentences`."""

from collections.abc import Mapping

from moderator_app.marking import N_, N_plural, Sentence

VK: Mapping[str, Sentence] = {
    "vk.already_so": N_("VK says that it is so already, or that there is nothing left to do it to: {reason}"),
    "vk.ban_cap.hours": N_plural(
        "{most} people were banned today, as many as the settings allow; it goes on by itself in {count} hour.",
        "{most} people were banned today, as many as the settings allow; it goes on by itself in {count} hours.",
    ),
    "vk.ban_cap.minutes": N_plural(
        "{most} people were banned today, as many as the settings allow; it goes on by itself in {count} minute.",
        "{most} people were banned today, as many as the settings allow; it goes on by itself in {count} minutes.",
    ),
    "vk.can.ban": N_("ban from the community and lift bans"),
    "vk.can.board": N_("delete comments in discussions"),
    "vk.can.catch_up": N_("read what was written while the console was off"),
    "vk.can.chats": N_("delete chat messages for everybody"),
    "vk.can.close": N_("close the comments under a post"),
    "vk.can.comments": N_("delete comments on posts and bring them back"),
    "vk.can.kick": N_("remove people from chats"),
    "vk.can.warn": N_("warn by a reply"),
    "vk.can.watch": N_("see new comments and chat messages"),
    "vk.captcha": N_(
        "VK asks whether a human is at work, and carries out nothing until somebody answers. Answer in the window or "
        "at the terminal of collect; or open the page in a browser, then confirm the decision."
    ),
    "vk.confirmation": N_("VK asks before it does this: {reason} Confirm the decision to have it done."),
    "vk.daily_limit.hours": N_plural(
        "VK takes no more of this today; it will be tried again by itself in {count} hour.",
        "VK takes no more of this today; it will be tried again by itself in {count} hours.",
    ),
    "vk.daily_limit.minutes": N_plural(
        "VK takes no more of this today; it will be tried again by itself in {count} minute.",
        "VK takes no more of this today; it will be tried again by itself in {count} minutes.",
    ),
    "vk.events_missing": N_plural(
        "The community keeps {count} kind of event to itself. Switch it on in Settings, Accounts.",
        "The community keeps {count} kinds of events to itself. Switch them on in Settings, Accounts.",
    ),
    "vk.events_old": N_(
        "The community tells its events by the old version {version} of VK's API. Switch it over in Settings, Accounts."
    ),
    "vk.events_unknown": N_(
        "Whether the community tells all its events is not known: the token lacks the right to manage it."
    ),
    "vk.flood.hours": N_plural(
        "VK finds this too much of the same; it will be tried again by itself in {count} hour.",
        "VK finds this too much of the same; it will be tried again by itself in {count} hours.",
    ),
    "vk.flood.minutes": N_plural(
        "VK finds this too much of the same; it will be tried again by itself in {count} minute.",
        "VK finds this too much of the same; it will be tried again by itself in {count} minutes.",
    ),
    "vk.garbled": N_("What came from VK was damaged on its way. It will be tried again by itself."),
    "vk.list_full": N_("VK's limit is reached: the community's black list may be full. {reason}"),
    "vk.long_poll_off": N_(
        "Long Poll is switched off in this community, so nothing new arrives. Switch it on in Settings, Accounts."
    ),
    "vk.long_poll_right": N_(
        "The community's token may not read events. Make a new one with the right to manage the community, and sign "
        "in again."
    ),
    "vk.needs_manager": N_("The page of the moderator's token does not manage this community."),
    "vk.needs_user_token": N_(
        "VK lets no community's token do this. Add the token of a moderator's own page in Settings, Accounts; or open "
        "the message in the browser."
    ),
    "vk.no_community_token": N_(
        "This is not a community's token. Make one in the community: Manage, Working with API."
    ),
    "vk.no_manager": N_("{name} does not manage this community, so that page's token can do nothing here."),
    "vk.no_message": N_("This is not the number of a VK message."),
    "vk.no_right": N_("VK refuses access; the thing may be gone, too. {reason}"),
    "vk.no_user_token": N_("This is not the token of somebody's own page."),
    "vk.not_a_token": N_("This does not look like a token: it is long and has no spaces. Copy it whole."),
    "vk.not_added": N_("No VK community was added. Add one: moderator-app login vk"),
    "vk.not_for_all": N_(
        "VK does not delete this message for everybody: it is older than a day, or an administrator wrote it."
    ),
    "vk.not_for_this_token": N_(
        "VK does not let a community's token do this. It takes the token of a moderator's own page as well: "
        "Settings, Accounts."
    ),
    "vk.not_understood": N_("VK did not understand the request (error {code}): {reason}"),
    "vk.own_community": N_("The community itself wrote this; it cannot be punished."),
    "vk.period_lost": N_(
        "VK did not keep what was written between {at} and {until}, and no token may read it afterwards. Look through "
        "it by hand: {links}"
    ),
    "vk.person_gone": N_("This page is deleted or blocked by VK itself."),
    "vk.person_private": N_("This page is private: VK shows nothing of it."),
    "vk.post_unknown": N_("Under which post the comment stands is not known, so this cannot be done."),
    "vk.read_only": N_("The community is only watched: nothing is changed with its tokens. Settings, Accounts."),
    "vk.refused": N_("VK refuses (error {code}): {reason}"),
    "vk.right_missing": N_("The community's token lacks the right “{right}”. Make a new one that has it."),
    "vk.scope_missing": N_("The moderator's token lacks the right “{right}”. Make a new one that has it."),
    "vk.second_factor": N_("VK asks for two-step verification first. Confirm it on vk.com, then try again."),
    "vk.token_cannot_moderate": N_(
        "A token of this kind cannot moderate: VK ID hands it out for signing in alone. Make one as described in "
        "Settings, Accounts."
    ),
    "vk.token_refused": N_(
        "VK does not accept the token any more (error {code}): it was revoked, has expired or belongs to another "
        "address. Make a new one and sign in again: Settings, Accounts, or moderator-app login vk."
    ),
    "vk.too_fast": N_("VK takes fewer requests a second. It will be tried again by itself."),
    "vk.too_late": N_("VK brings back no comment deleted so long ago. The console keeps its text."),
    "vk.trouble": N_("VK has trouble of its own. It will be tried again by itself."),
    "vk.unreachable": N_("VK cannot be reached: {fault}. It will be tried again by itself."),
    "vk.user_token_idle": N_(
        "The token of {name} comes from VK ID and cannot moderate. Comments on posts are not deleted with it."
    ),
    "vk.user_token_refused": N_(
        "VK does not accept the moderator's token (error {code}): what it is needed for waits for a new one."
    ),
    "vk.validation": N_("VK wants to see the owner of the token: open the page in a browser, then make a new token."),
}
