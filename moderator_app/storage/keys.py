"""Idempotency keys: what a repeated request to a platform is known by."""

import secrets


def new_key() -> int:
    """A random positive number of 63 bits."""
    return secrets.randbits(63) | 1
