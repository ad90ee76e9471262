"""HTTP as VK is asked with: the API's address is a setting, every request ends, the environment says nothing."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

import requests
from requests.adapters import HTTPAdapter

from moderator_app.domain.errors import TryLater

# Where vk_api posts to, and where it did before September 2025.
_WRITTEN = ("https://api.vk.ru/", "https://api.vk.com/")

CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 20.0
# Browsers are answered otherwise.
_AGENT = "moderator-app"
_LARGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Route:
    """The way to VK: `api` is an address without /method, `proxy` one of socks5:// or http:// or empty.

    `proxy_secret` is USER:PASSWORD, or empty.
    """

    api: str = "https://api.vk.ru"
    proxy: str = ""
    proxy_secret: str = field(default="", repr=False)
    answer_seconds: float = ANSWER_SECONDS


class Rerouted(HTTPAdapter):
    """Sends each request to another host, and gives none for ever.

    `base` takes the place of scheme and host; without it the request goes where it wants to.
    """

    def __init__(self, base: str = "", answer_seconds: float = ANSWER_SECONDS) -> None:
        super().__init__()
        self._base = urlsplit(base.rstrip("/")) if base else None
        self._timeout = (CONNECT_SECONDS, answer_seconds)

    def send(self, request: Any, *arguments: Any, **options: Any) -> requests.Response:
        if self._base is not None:
            wanted = urlsplit(request.url)
            path = self._base.path + wanted.path
            request.url = urlunsplit((self._base.scheme, self._base.netloc, path, wanted.query, ""))
        options["timeout"] = options.get("timeout") or self._timeout
        return super().send(request, *arguments, **options)


def make_session(route: Route) -> requests.Session:
    """A session for one thread at a time."""
    session = requests.Session()
    session.trust_env = False
    session.headers["User-Agent"] = _AGENT
    for prefix in ("https://", "http://"):
        session.mount(prefix, Rerouted(answer_seconds=route.answer_seconds))
    for prefix in _WRITTEN:
        session.mount(prefix, Rerouted(route.api, route.answer_seconds))
    if route.proxy:
        session.proxies = dict.fromkeys(("http", "https"), _proxy(route))
    return session


def fetched(route: Route, address: str) -> bytes:
    """A picture that VK shows. Raises TryLater."""
    try:
        with make_session(route) as session:
            answer = session.get(address)
            answer.raise_for_status()
            return answer.content[:_LARGEST]
    except requests.RequestException as error:
        raise TryLater("vk.unreachable", 5.0, fault=type(error).__name__) from None


def _proxy(route: Route) -> str:
    """socks5h has the proxy look up names: the machine itself may not be able to."""
    scheme, _, host = route.proxy.partition("://")
    user, _, password = route.proxy_secret.partition(":")
    who = f"{quote(user, safe='')}:{quote(password, safe='')}@" if user else ""
    return f"{'socks5h' if scheme == 'socks5' else scheme}://{who}{host}"
