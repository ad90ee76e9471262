"""What a platform tells of somebody who writes."""

from dataclasses import dataclass
from datetime import datetime

from moderator_app.domain.message import Author, Community


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as the platform shows them; what it hides is empty, False or None.

    `photo_since` is when the present picture was put up, `registered` the month of the registration (YYYY-MM),
    `joined` when the person came into the community that is asked about. `common_chats` are those of the person and
    the account that asks.
    """

    author: Author
    bio: str = ""
    personal_channel: Community | None = None
    has_photo: bool = False
    photo_since: datetime | None = None
    registered: str = ""
    joined: datetime | None = None
    common_chats: int = 0
    is_bot: bool = False
    is_premium: bool = False
    is_verified: bool = False
    is_deleted: bool = False
    is_scam: bool = False
    is_fake: bool = False
