"""Platforms, and the ids of communities, which their tools mark in several ways, in one form."""

import re
from enum import StrEnum


class Platform(StrEnum):
    TELEGRAM = "telegram"
    VK = "vk"


# Telegram's bots count channels and supergroups downwards from here: -1001234567890 is 1234567890.
_CHANNELS = -(10**12)

_MARKED = re.compile(r"-[0-9]{1,19}", re.ASCII)
_SHORT_CHANNEL = re.compile(r"-100([1-9][0-9]*)")


def bare(id: str, platform: Platform) -> str:
    """A community's id, positive: without Telegram's -100 or minus, without VK's minus. Other ids stay as they are."""
    if not id.startswith("-") or _MARKED.fullmatch(id) is None:
        return id
    if platform is Platform.TELEGRAM and int(id) < _CHANNELS:
        return str(_CHANNELS - int(id))
    if platform is Platform.TELEGRAM and (short := _SHORT_CHANNEL.fullmatch(id)):
        return short[1]
    return id[1:]


def signed(id: str, platform: Platform) -> str:
    """An id where a person may stand as well: a community keeps a minus, which alone tells -5 from the person 5."""
    community = bare(id, platform)
    return id if community == id else f"-{community}"
