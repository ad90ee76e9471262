"""The scene of a test of the server."""

from collections.abc import Iterator

import pytest

from tests.servers.vk.scene import Scene, set_up


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Without limits per second."""
    with set_up() as scene:
        yield scene
