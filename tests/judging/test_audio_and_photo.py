"""Audio and a photo in one message."""

import pytest

from moderator_app.domain.message import Attachment, Platform
from tests.judging.flags import flagged
from tests.judging.looking import found

BOTH = (Attachment("photo"), Attachment("audio"))


def test_both_flag_on_vk_and_not_on_telegram() -> None:
    assert flagged("", platform=Platform.VK, attachments=BOTH)
    assert found("audio_and_photo", "", attachments=BOTH)
    assert not flagged("", attachments=BOTH)


@pytest.mark.parametrize("kinds", [("photo", "photo"), ("audio", "audio"), ("audio", "doc"), ("photo",), ()])
def test_one_of_them_alone_passes(kinds: tuple[str, ...]) -> None:
    attachments = tuple(Attachment(kind) for kind in kinds)
    assert found("audio_and_photo", "", platform=Platform.VK, attachments=attachments) == []
