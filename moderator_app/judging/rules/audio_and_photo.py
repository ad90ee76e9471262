"""Audio and a photo attached together: how adverts are posted under VK's posts."""

from collections.abc import Iterable

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import Message, Platform
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded

_SCORES = {Platform.VK: 0.6, Platform.TELEGRAM: 0.25}
_AUDIO = frozenset({"audio", "audio_playlist"})
_PHOTO = frozenset({"photo", "photos_list", "posted_photo"})


class AudioAndPhoto:
    id = "audio_and_photo"

    def __init__(self, book: RuleBook) -> None:
        """Needs nothing of the book."""

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        if len(message.attachments) < 2:
            return ()
        kinds = {attachment.kind for attachment in message.attachments}
        if kinds.isdisjoint(_AUDIO) or kinds.isdisjoint(_PHOTO):
            return ()
        return (Finding(self.id, Label.SPAM, _SCORES[message.key.platform], "finding.audio_and_photo.together"),)
