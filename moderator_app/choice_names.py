"""The English names of closed choices; `moderator_app.language` translates them."""

from collections.abc import Mapping
from enum import StrEnum

from moderator_app.domain.ai import SpamKind, Which
from moderator_app.domain.decision import ActionKind, ActionState, Choice
from moderator_app.domain.lists import ChannelStatus, ListKind, WordKind
from moderator_app.domain.message import Platform
from moderator_app.domain.ports import SourceState
from moderator_app.domain.statistics import Period
from moderator_app.domain.verdict import Label
from moderator_app.marking import N_

NAMES: Mapping[type[StrEnum], Mapping[str, str]] = {
    ActionKind: {
        "delete": N_("delete"),
        "ban": N_("ban"),
        "mute": N_("mute"),
        "warn": N_("warn"),
        "restore": N_("restore"),
        "unban": N_("lift the ban"),
        "unmute": N_("lift the mute"),
        "kick": N_("kick"),
        "restrict": N_("forbid media"),
        "delete_all": N_("delete all by the author"),
        "report": N_("report as spam"),
        "decline": N_("decline the request"),
        "close_comments": N_("close comments"),
        "open_comments": N_("open comments"),
    },
    ActionState: {
        "pending": N_("pending"),
        "running": N_("running"),
        "waiting": N_("waiting"),
        "done": N_("done"),
        "failed": N_("failed"),
        "cancelled": N_("cancelled"),
        "impossible": N_("impossible"),
    },
    Choice: {
        "dismiss": N_("Dismiss"),
        "warn": N_("Warn"),
        "mute": N_("Mute"),
        "warn+mute": N_("Warn and mute"),
        "delete": N_("Delete"),
        "warn+delete": N_("Warn and delete"),
        "delete+mute": N_("Delete and mute"),
        "warn+delete+mute": N_("Warn, delete and mute"),
        "ban": N_("Ban"),
        "delete+ban": N_("Delete and ban"),
    },
    Label: {
        "spam": N_("Spam"),
        "profanity": N_("Profanity"),
        "toxicity": N_("Toxicity"),
        "behaviour": N_("Behaviour"),
        "list": N_("Listed"),
    },
    ListKind: {
        "whitelist": N_("Whitelist"),
        "blacklist": N_("Blacklist"),
        "stop_words": N_("Stop words"),
        "managers": N_("Managers"),
        "linked_channels": N_("Linked channels"),
        "channels": N_("Channels"),
        "domains": N_("Allowed domains"),
        "bots": N_("Allowed bots"),
        "mixed_words": N_("Allowed mixed words"),
        "report_words": N_("Words that report"),
        "donors": N_("Donor communities"),
    },
    ChannelStatus: {
        "allowed": N_("Allowed"),
        "pending": N_("Not decided"),
        "suspicious": N_("Suspicious"),
        "blocked": N_("Blocked"),
    },
    Period: {
        "day": N_("Today"),
        "week": N_("7 days"),
        "month": N_("30 days"),
        "all": N_("All time"),
    },
    Platform: {
        "telegram": N_("Telegram"),
        "vk": N_("VK"),
    },
    SourceState: {
        "connecting": N_("connecting"),
        "catching_up": N_("catching up"),
        "connected": N_("connected"),
        "waiting": N_("waiting"),
        "signed_out": N_("signed out"),
        "stopped": N_("stopped"),
    },
    SpamKind: {
        "none": N_("no spam"),
        "advert": N_("advertising"),
        "scam": N_("a swindle"),
        "job": N_("a dubious job"),
        "crypto": N_("investments or crypto"),
        "gambling": N_("gambling"),
        "adult": N_("adult offers"),
        "drugs": N_("drugs"),
        "phishing": N_("phishing"),
        "other": N_("other spam"),
    },
    Which: {
        "all": N_("All"),
        "flagged": N_("Flagged by rules"),
        "newcomers": N_("Of newcomers"),
        "flagged+newcomers": N_("Flagged and of newcomers"),
        "sample": N_("A sample"),
    },
    WordKind: {
        "word": N_("word in every form"),
        "substring": N_("anywhere in a word"),
        "exact": N_("the whole message"),
        "pattern": N_("pattern"),
    },
}
