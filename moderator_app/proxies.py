"""A proxy to Telegram as people are given it, checked; its address is a setting, what it wants to know is a secret."""

import base64
import binascii
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Self
from urllib.parse import parse_qs, unquote, urlsplit

from moderator_app.domain.errors import Refused


class ProxyKind(StrEnum):
    NONE = ""
    SOCKS5 = "socks5"
    HTTP = "http"
    MTPROXY = "mtproxy"


_HOST = re.compile(r"[^\s:/@?#\[\]]+")
_HEX = re.compile(r"[0-9a-f]+")
# 16 bytes, before which dd asks for padding.
_PLAIN, _PADDED = 32, 34


@dataclass(frozen=True, slots=True)
class Proxy:
    """`secret` is "user:password", or an MTProxy's secret; empty where none is wanted."""

    kind: ProxyKind
    host: str = ""
    port: str = ""
    user: str = ""
    password: str = ""

    @property
    def address(self) -> str:
        """As the setting has it. Raises Refused with a sentence about what is wrong."""
        if self.kind is ProxyKind.NONE:
            return ""
        if _HOST.fullmatch(self.host) is None:
            raise Refused("proxy.host")
        if not (self.port.isascii() and self.port.isdecimal() and len(self.port) <= 5 and 0 < int(self.port) < 65_536):
            raise Refused("proxy.port")
        return f"{self.kind}://{self.host}:{int(self.port)}"

    @property
    def secret(self) -> str:
        """As the keyring has it. Raises Refused with a sentence about what is wrong."""
        match self.kind:
            case ProxyKind.NONE:
                return ""
            case ProxyKind.MTPROXY:
                return _mtproxy_secret(self.password)
        if ":" in self.user:
            raise Refused("proxy.user_colon")
        if self.password and not self.user:
            raise Refused("proxy.user")
        return f"{self.user}:{self.password}" if self.user else ""

    @classmethod
    def kept(cls, address: str, secret: str) -> Self:
        """From a setting and what the keyring has of it."""
        kind, _, place = address.partition("://")
        if not place:
            return cls(ProxyKind.NONE)
        host, _, port = place.rpartition(":")
        if kind == ProxyKind.MTPROXY:
            return cls(ProxyKind.MTPROXY, host, port, password=secret)
        user, _, password = secret.partition(":")
        return cls(ProxyKind(kind), host, port, user, password)

    @classmethod
    def from_link(cls, text: str) -> Self | None:
        """From a link of Telegram's or an address with user and password; None where `text` is neither."""
        try:
            parts = urlsplit(text.strip())
            way = parts.netloc if parts.scheme == "tg" else parts.path.strip("/")
            if parts.scheme == "tg" or parts.hostname in ("t.me", "telegram.me"):
                return cls._from_query(way, parts.query)
            if parts.scheme in (ProxyKind.SOCKS5, ProxyKind.HTTP) and parts.hostname and parts.port:
                user, password = unquote(parts.username or ""), unquote(parts.password or "")
                return cls(ProxyKind(parts.scheme), parts.hostname, str(parts.port), user, password)
        except ValueError:
            # A port that is no number, brackets that do not close.
            return None
        return None

    @classmethod
    def _from_query(cls, way: str, query: str) -> Self | None:
        kinds = {"proxy": ProxyKind.MTPROXY, "socks": ProxyKind.SOCKS5, "http": ProxyKind.HTTP}
        if way not in kinds:
            return None
        given = {name: values[0] for name, values in parse_qs(query.replace("+", "%2B")).items()}
        password = given.get("secret" if way == "proxy" else "pass", "")
        return cls(kinds[way], given.get("server", ""), given.get("port", ""), given.get("user", ""), password)


def _mtproxy_secret(written: str) -> str:
    """In hexadecimal digits; links have them in base64 as well."""
    text = written.strip().lower()
    if _HEX.fullmatch(text) is None:
        text = _from_base64(written.strip())
    if text.startswith("ee") and len(text) > _PLAIN:
        raise Refused("telegram.proxy_fake_tls")
    if len(text) != _PLAIN and not (len(text) == _PADDED and text.startswith("dd")):
        raise Refused("proxy.secret")
    return text


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).hex()
    except (binascii.Error, ValueError):
        return ""
