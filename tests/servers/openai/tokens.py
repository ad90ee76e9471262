"""Counts tokens in a way that anybody can repeat: the server has no tokeniser of a real model.

A token is a run of up to four letters or digits, or one other sign that is no space. What an image costs is fixed.
"""

import json
import re
from typing import Any

_TOKEN = re.compile(r"\w{1,4}|[^\w\s]")
OF_AN_IMAGE = 85
# As providers do: a shorter beginning is not kept, and what is kept grows by steps.
LEAST_CACHED, STEP = 1024, 128


def count(text: str) -> int:
    return len(_TOKEN.findall(text))


def cached(prompt: str, before: list[str]) -> int:
    """How many tokens at the beginning of `prompt` one of the prompts `before` began with, too."""
    mine = _TOKEN.findall(prompt)
    most = max((_shared(mine, _TOKEN.findall(each)) for each in before), default=0)
    return 0 if most < LEAST_CACHED else most - most % STEP


def shared(prompt: str, before: str) -> float:
    """The share of the tokens of `prompt` with which `before` began, too."""
    mine = _TOKEN.findall(prompt)
    return _shared(mine, _TOKEN.findall(before)) / max(1, len(mine))


def _shared(mine: list[str], other: list[str]) -> int:
    for place, (one, two) in enumerate(zip(mine, other, strict=False)):
        if one != two:
            return place
    return min(len(mine), len(other))


def prompt_of(request: dict[str, Any]) -> str:
    """What a chat request makes the model read, its images left out."""
    parts = [json.dumps(request.get("response_format"), ensure_ascii=False, sort_keys=True)]
    for message in request["messages"]:
        content = message["content"]
        texts = [content] if isinstance(content, str) else [part["text"] for part in content if part["type"] == "text"]
        parts += [message["role"], *texts]
    return "\n".join(parts)


def images_of(request: dict[str, Any]) -> list[str]:
    """The addresses of the images of a chat request."""
    contents = [message["content"] for message in request["messages"] if not isinstance(message["content"], str)]
    return [part["image_url"]["url"] for content in contents for part in content if part["type"] == "image_url"]
