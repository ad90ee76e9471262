"""Words and colours for how a source is."""

from collections.abc import Collection, Mapping

from moderator_app.domain.message import Platform
from moderator_app.domain.ports import SourceState, SourceStatus
from moderator_app.language import N_, _, format_number, format_time, ngettext, platform_name, source_state_name

# Each names a tone of `widgets.labels`.
TONES: Mapping[SourceState, str] = {
    SourceState.CONNECTING: "accent",
    SourceState.CATCHING_UP: "accent",
    SourceState.CONNECTED: "good",
    SourceState.WAITING: "warning",
    SourceState.SIGNED_OUT: "danger",
    SourceState.STOPPED: "danger",
}

_NAMES = {"sample": N_("Sample chats")}


def source_name(name: str, beside: Collection[str] = ()) -> str:
    """A source as people know it: the platform, with the account's number where there are several of it."""
    if name in _NAMES:
        return _(_NAMES[name])
    platform, _colon, account = name.partition(":")
    if platform not in set(Platform):
        return name
    several = sum(other.partition(":")[0] == platform for other in beside) > 1
    shown = platform_name(Platform(platform))
    return _("{platform} {account}").format(platform=shown, account=account) if several and account else shown


def state_words(status: SourceStatus) -> str:
    """`connected`, `catching up: 120 messages left`, `waiting until 14:05`."""
    if status.state is SourceState.CATCHING_UP and status.count:
        text = ngettext("catching up: {count} message left", "catching up: {count} messages left", status.count)
        return text.format(count=format_number(status.count))
    if status.state is SourceState.WAITING and status.until is not None:
        return _("waiting until {time}").format(time=format_time(status.until))
    return source_state_name(status.state)
