"""VK's errors, by their codes."""

from __future__ import annotations

from typing import Any

TEXTS = {
    1: "Unknown error occurred",
    3: "Unknown method passed",
    5: "User authorization failed: invalid access_token (4).",
    6: "Too many requests per second",
    7: "Permission to perform this action is denied",
    8: "Invalid request: v (version) is required",
    9: "Flood control",
    10: "Internal server error",
    14: "Captcha needed",
    15: "Access denied",
    17: "Validation required: please open redirect_uri in browser",
    18: "User was deleted or banned",
    19: "Content blocked",
    24: "Confirmation required",
    27: "Group authorization failed: method is unavailable with group auth.",
    28: "Application authorization failed: method is unavailable with service token",
    29: "Rate limit reached",
    30: "This profile is private",
    36: "Method execution was interrupted due to timeout",
    37: "User was banned",
    100: "One of the parameters specified was missing or invalid",
    103: "Out of limits",
    104: "Not found",
    113: "Invalid user id",
    125: "Invalid group id",
    203: "Access to group denied",
    211: "Access to wall's comment denied",
    212: "Access to post comments denied",
    213: "Access to status replies denied",
    243: "Item is not deleted",
    901: "Can't send messages for users without permission",
    914: "Message is too long",
    917: "You don't have access to this chat",
    924: "Can't delete this message for everybody",
    925: "You are not admin of this chat",
    935: "User not found in chat",
    936: "Contact not found",
    1051: "Method is unavailable for profile type",
    1114: "Anonymous token has expired",
    1116: "Anonymous token is invalid",
    1117: "Access token has expired",
    3610: "User is deactivated",
}


class VkError(Exception):
    """What a request is refused with; `detail` follows the text of the code, `extra` are further fields."""

    def __init__(self, code: int, detail: str = "", **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.text = TEXTS.get(code, f"Error {code}") + (f": {detail}" if detail else "")
        self.extra = extra
