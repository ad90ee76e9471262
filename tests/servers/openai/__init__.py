"""A loopback server that speaks OpenAI's API as the official client uses it, and can be told to misbehave."""

from tests.servers.openai.behaviour import Fault, Kind, Obeys
from tests.servers.openai.server import Heard, OpenAiServer

__all__ = ["Fault", "Heard", "Kind", "Obeys", "OpenAiServer"]
