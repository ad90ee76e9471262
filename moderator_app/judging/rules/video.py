"""A video, clip or playlist: attached, or as a link to one."""

import re
from collections.abc import Iterable

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message, Platform
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.addresses import Address
from moderator_app.judging.domains import Domains
from moderator_app.judging.folded import Folded
from moderator_app.judging.hidden import hidden_addresses
from moderator_app.judging.spans import as_written, merged

# Where people send each other films all day, a film says nothing; beside a link, which counts too, it must not flag.
_ATTACHED_SCORES = {Platform.VK: 0.55, Platform.TELEGRAM: 0.2}
_LINK_SCORES = {Platform.VK: 0.55, Platform.TELEGRAM: 0.1}
_TEXT_IDS = {
    "video": "finding.video.video",
    "clip": "finding.video.clip",
    "video_playlist": "finding.video.playlist",
    "playlist": "finding.video.playlist",
}

# Hosts of nothing but films, and paths of films on the others.
_HOSTS = """
youtube.com youtu.be youtube-nocookie.com vkvideo.ru vk.video rutube.ru tiktok.com vimeo.com dailymotion.com coub.com
likee.video likee.com yappy.media kinescope.io
"""
_PATHS = {
    "vk": re.compile(r"/(?:[^?#]*\?(?:[^#]*&)?z=)?(?:video|clips?|wall_video|playlist)(?:[-/_?\d]|$)"),
    "ok.ru": re.compile(r"/(?:video|live|clips)"),
    "dzen.ru": re.compile(r"/(?:video|shorts)"),
    "instagram.com": re.compile(r"/(?:reels?|tv)/"),
    "facebook.com": re.compile(r"/(?:watch|reel)|/[^/?]+/videos/"),
    "twitch.tv": re.compile(r"/(?:videos|clip)|/[^/?]+/clip/"),
}


_OF_FILMS = frozenset(_HOSTS.split())


class Video:
    id = "video"

    def __init__(self, book: RuleBook) -> None:
        self._domains = Domains(book.lists.domains)

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        if not message.attachments and not message.links and not folded.addresses:
            return ()
        return self._attached(message) or self._linked(message, folded)

    def _attached(self, message: Message) -> tuple[Finding, ...]:
        kinds = [each.kind for each in message.attachments if each.kind in _TEXT_IDS]
        if not kinds:
            return ()
        score = _ATTACHED_SCORES[message.key.platform]
        return (Finding(self.id, Label.SPAM, score, _TEXT_IDS[kinds[0]], parameters=(("count", len(kinds)),)),)

    def _linked(self, message: Message, folded: Folded) -> tuple[Finding, ...]:
        seen = [address for address in folded.addresses if self._shows_film(address)]
        hidden = [(address, span) for address, span in hidden_addresses(message) if self._shows_film(address)]
        links = [*seen, *(address for address, _ in hidden)]
        if not links:
            return ()
        spans = as_written(folded, (address.span for address in seen))
        return (
            Finding(
                self.id,
                Label.SPAM,
                _LINK_SCORES[message.key.platform],
                "finding.video.link",
                merged([*spans, *(span for _, span in hidden if span is not None)]),
                (("address", links[0].host), ("count", len({address.host + address.path for address in links}))),
            ),
        )

    def _shows_film(self, address: Address) -> bool:
        if self._domains.hold(address.host):
            return False
        site = ".".join(address.host.split(".")[-2:])
        if site in _OF_FILMS:
            return True
        path = _PATHS.get("vk" if address.of_vk else site)
        return path is not None and path.match(address.path) is not None
