"""Asks whether an address answers: through the proxy of this machine where one is set."""

import socket
from dataclasses import dataclass
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_SECONDS = 3.0
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Answer:
    """`host` is what was asked, a proxy's where there is one; `fault` is empty when it answered."""

    host: str
    fault: str = ""


def ask(address: str) -> Answer:
    """Connect to `host:port` or to the host of a web address, and hang up."""
    try:
        host, port = _endpoint(address)
    except ValueError as error:
        return Answer(address, str(error))
    try:
        socket.create_connection((host, port), timeout=_SECONDS).close()
    except OSError as error:
        return Answer(f"{host}:{port}", error.strerror or str(error))
    return Answer(f"{host}:{port}")


def _endpoint(address: str) -> tuple[str, int]:
    parts = urlsplit(address if "//" in address else f"//{address}")
    proxy = getproxies().get(parts.scheme) if parts.scheme else None
    if proxy and not proxy_bypass(parts.hostname or ""):
        parts = urlsplit(proxy if "//" in proxy else f"http://{proxy}")
    port = parts.port or _PORTS.get(parts.scheme)
    if not parts.hostname or port is None:
        raise ValueError(address)
    return parts.hostname, port
