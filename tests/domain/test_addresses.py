import pytest

from moderator_app.domain.addresses import address_of
from moderator_app.domain.message import Platform
from tests.builders import message


@pytest.mark.parametrize(
    ("platform", "id", "thread", "address"),
    [
        (Platform.TELEGRAM, "17", "", "https://t.me/c/100/17"),
        (Platform.TELEGRAM, "chat4000001:17", "", None),
        (Platform.VK, "17", "5", "https://vk.com/wall-100_5?reply=17"),
        (Platform.VK, "17", "", "https://vk.com/wall-100_17"),
        (Platform.VK, "photo7_12", "photo7", "https://vk.com/photo-100_7?reply=12"),
        (Platform.VK, "topic7_12", "topic7", "https://vk.com/topic-100_7?post=12"),
        (Platform.VK, "market7_12", "market7", "https://vk.com/market-100?w=product-100_7"),
        (Platform.VK, "chat7_12", "chat7", "https://vk.com/gim100?sel=c7"),
        (Platform.VK, "user:9", "", None),
    ],
)
def test_a_message_is_found_under_its_address(platform: Platform, id: str, thread: str, address: str | None) -> None:
    assert address_of(message(id=id, platform=platform, thread=thread)) == address
