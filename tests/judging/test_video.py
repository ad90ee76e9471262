"""Videos, clips and playlists: attached and linked."""

import pytest

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.lists import Lists
from moderator_app.domain.message import Attachment, HiddenLink, Platform
from moderator_app.judging.engine import Engine
from tests.judging.flags import flagged
from tests.judging.looking import found, marked


@pytest.mark.parametrize("kind", ["video", "clip", "video_playlist"])
def test_what_is_attached_on_vk_flags_alone_and_on_telegram_does_not(kind: str) -> None:
    attachments = (Attachment(kind),)
    assert flagged("", platform=Platform.VK, attachments=attachments)
    assert found("video", "", attachments=attachments)
    assert not flagged("смотрите", attachments=attachments)


@pytest.mark.parametrize("kind", ["photo", "animation", "video_message", "sticker"])
def test_other_media_are_no_video(kind: str) -> None:
    assert found("video", "", attachments=(Attachment(kind),)) == []


@pytest.mark.parametrize(
    "address",
    [
        "https://youtu.be/abc123",
        "www.youtube.com/watch?v=abc",
        "m.youtube.com/shorts/abc",
        "vk.com/video-1_2",
        "https://vk.com/clip-1_2",
        "vk.com/feed?z=video-1_2",
        "https://vkvideo.ru/video-1_2",
        "rutube.ru/video/abc/",
        "vm.tiktok.com/ZM1",
        "https://dzen.ru/video/watch/1",
        "https://www.instagram.com/reel/abc/",
    ],
)
def test_a_link_to_one_is_marked(address: str) -> None:
    assert marked("video", f"гляньте {address} вот") == [address]


@pytest.mark.parametrize("address", ["https://vk.com/wall-1_2", "https://dzen.ru/a/1", "https://example.com/video/1"])
def test_other_links_pass(address: str) -> None:
    assert found("video", address) == []


def test_a_link_to_a_video_in_an_ordinary_chat_does_not_flag() -> None:
    assert not flagged("вот он играет https://youtu.be/abc123")


def test_a_hidden_link_marks_its_words() -> None:
    link = HiddenLink("https://youtu.be/abc", (6, 11))
    assert marked("video", "гляди сюда!", links=(link,)) == ["сюда!"]


def test_allowed_domains_pass() -> None:
    engine = Engine(RuleBook(lists=Lists(domains=frozenset({"youtube.com"}))))
    assert found("video", "m.youtube.com/watch?v=a", engine) == []
    assert found("video", "youtu.be/abc", engine)
