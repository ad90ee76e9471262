"""The English sentences about VK communities and what VK answers; kept as those of `sentences`."""

from collections.abc import Mapping

from moderator_app.marking import N_, N_plural, Sentence

VK: Mapping[str, Sentence] = {
    "vk.already_so": N_("VK says that it is so already, or that there is nothing left to do it to: {reason}"),
    "vk.captcha": N_(
        "VK asks whether a human is at work, and carries out nothing until somebody answers. Answer in the window; or "
        "wait some minutes and confirm the decision."
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
    "vk.no_right": N_("VK refuses access; the thing may be gone, too. {reason}"),
    "vk.not_for_all": N_(
        "VK does not delete this message for everybody: it is older than a day, or an administrator wrote it."
    ),
    "vk.not_for_this_token": N_(
        "VK does not let a community's token do this. It takes the token of a moderator's own page as well: "
        "Settings, Accounts."
    ),
    "vk.not_understood": N_("VK did not understand the request (error {code}): {reason}"),
    "vk.person_gone": N_("This page is deleted or blocked by VK itself."),
    "vk.person_private": N_("This page is private: VK shows nothing of it."),
    "vk.refused": N_("VK refuses (error {code}): {reason}"),
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
    "vk.trouble": N_("VK has trouble of its own. It will be tried again by itself."),
    "vk.unreachable": N_("VK cannot be reached: {fault}. It will be tried again by itself."),
    "vk.validation": N_(
        "VK wants to see the owner of the token: open the address that the window shows, then make a new token."
    ),
}
