"""Has AI look at the profile of a new author: once, and again when it has changed."""

import hashlib
import json
from collections.abc import Awaitable, Callable

from moderator_app.domain.ai import MOST_CHARACTERS, Answer, Question, Subject
from moderator_app.domain.ai_ports import Classifier
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.message import AuthorKey, Message, MessageKey
from moderator_app.domain.profile import Profile
from moderator_app.judging.masking import mask
from moderator_app.moderation.clock import Clock
from moderator_app.storage import ai_profiles
from moderator_app.storage.ai_profiles import KeptProfile
from moderator_app.storage.database import Database

# What the platform tells of the author of a message. Raises ModeratorError.
Fetch = Callable[[MessageKey, AuthorKey], Awaitable[Profile | None]]

_LONGEST_FIRST = 300


class ProfileChecks:
    def __init__(self, database: Database, fetch: Fetch, clock: Clock) -> None:
        self._database, self._fetch, self._clock = database, fetch, clock

    async def answer(self, classifier: Classifier, message: Message, *, masking: bool) -> Answer | None:
        """What AI says about the author of a message; None where the platform or AI tells nothing now."""
        if message.author is None:
            return None
        key = message.author.key
        try:
            profile = await self._fetch(message.key, key)
            if profile is None:
                return None
            digest = _digest(profile, classifier.edition)
            kept = await self._database.read(ai_profiles.read, key)
            if kept is not None and kept.digest == digest:
                return kept.answer
            question = Question(0, _told(profile, message, masking=masking), alone=True, subject=Subject.PROFILE)
            answer = (await classifier.ask([question])).answers.get(0)
        except ModeratorError:
            # The text of the message is asked about all the same.
            return None
        await self._database.insist(ai_profiles.keep, key, KeptProfile(digest, answer), self._clock())
        return answer


def _digest(profile: Profile, edition: str) -> bytes:
    channel = profile.personal_channel
    parts = (
        edition,
        profile.author.name,
        profile.author.username,
        profile.bio,
        "" if channel is None else f"{channel.key} {channel.name}",
        str(profile.photo_since or profile.has_photo),
    )
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=16).digest()


def _told(profile: Profile, message: Message, *, masking: bool) -> str:
    """The profile as JSON, no longer than a message may be."""
    told = {
        "name": profile.author.name,
        "user_name": profile.author.username,
        "description": profile.bio,
        "personal_channel": "" if profile.personal_channel is None else profile.personal_channel.name,
        "first_message": message.text[:_LONGEST_FIRST],
    }
    if masking:
        told = {name: mask(text).text for name, text in told.items()} | {"name": "[name]", "user_name": "[mention]"}
    signs = {
        "photo": profile.has_photo,
        "photo_since": "" if profile.photo_since is None else f"{profile.photo_since:%Y-%m}",
        "registered": profile.registered,
        "premium": profile.is_premium,
    }
    # No JSON that is sent holds half a sign.
    whole = json.dumps(told | signs, ensure_ascii=False)[:MOST_CHARACTERS]
    return whole.encode("utf-8", "replace").decode()
