"""What AI said about authors' profiles, and about which state of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from moderator_app.domain.ai import Answer
from moderator_app.domain.message import AuthorKey
from moderator_app.storage.ai_answers import answer_of, stored
from moderator_app.storage.sqlite import replace_row
from moderator_app.storage.tables import ai_profile, author


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """`digest` stands for the profile as it was; `answer` is None where nothing of use was answered."""

    digest: bytes
    answer: Answer | None


def read(connection: Connection, key: AuthorKey) -> KeptProfile | None:
    here = (author.c.platform == key.platform, author.c.author == key.author)
    row = connection.execute(select(ai_profile).join_from(ai_profile, author).where(*here)).first()
    return None if row is None else KeptProfile(row.digest, None if row.answer is None else answer_of(row.answer))


def keep(connection: Connection, key: AuthorKey, profile: KeptProfile, now: datetime) -> None:
    """Nothing is kept of an author who is not known."""
    here = select(author.c.id).where(author.c.platform == key.platform, author.c.author == key.author)
    author_id = connection.execute(here).scalar()
    if author_id is not None:
        answer = None if profile.answer is None else stored(profile.answer)
        replace_row(
            connection, ai_profile, {"author_id": author_id, "digest": profile.digest, "at": now, "answer": answer}
        )
