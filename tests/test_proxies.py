"""Proxies as people are given them, and what is wrong with some."""

import pytest

from moderator_app.domain.errors import Refused
from moderator_app.proxies import Proxy, ProxyKind
from moderator_app.settings import Settings, with_value

SECRET = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("text", "proxy"),
    [
        (
            f"tg://proxy?server=proxy.example&port=443&secret=dd{SECRET}",
            Proxy(ProxyKind.MTPROXY, "proxy.example", "443", password=f"dd{SECRET}"),
        ),
        (
            f"https://t.me/proxy?server=10.0.0.1&port=8888&secret={SECRET}",
            Proxy(ProxyKind.MTPROXY, "10.0.0.1", "8888", password=SECRET),
        ),
        (
            "https://t.me/socks?server=s.example&port=1080&user=anna&pass=a+b%26c",
            Proxy(ProxyKind.SOCKS5, "s.example", "1080", "anna", "a+b&c"),
        ),
        ("socks5://anna:p%40ss@s.example:1080", Proxy(ProxyKind.SOCKS5, "s.example", "1080", "anna", "p@ss")),
        ("http://h.example:3128", Proxy(ProxyKind.HTTP, "h.example", "3128")),
    ],
)
def test_a_link_says_all_of_it(text: str, proxy: Proxy) -> None:
    found = Proxy.from_link(f"  {text} ")
    assert found == proxy
    # What comes of it is a setting.
    assert with_value(Settings(), "telegram.proxy", proxy.address).telegram.proxy == proxy.address
    assert Proxy.kept(proxy.address, proxy.secret) == proxy


@pytest.mark.parametrize(
    "text", ["", "proxy.example", "https://example.org/proxy?server=a", "tg://resolve?domain=a", "http://h:port", "http://["]
)  # fmt: skip
def test_what_is_no_link_to_a_proxy_stays_what_it_is(text: str) -> None:
    assert Proxy.from_link(text) is None


@pytest.mark.parametrize(
    ("proxy", "why"),
    [
        (Proxy(ProxyKind.SOCKS5, "", "1080"), "proxy.host"),
        (Proxy(ProxyKind.SOCKS5, "a b", "1080"), "proxy.host"),
        (Proxy(ProxyKind.SOCKS5, "socks5://a", "1080"), "proxy.host"),
        (Proxy(ProxyKind.HTTP, "a", ""), "proxy.port"),
        (Proxy(ProxyKind.HTTP, "a", "0"), "proxy.port"),
        (Proxy(ProxyKind.HTTP, "a", "65536"), "proxy.port"),
        (Proxy(ProxyKind.HTTP, "a", "٤٤٣"), "proxy.port"),
        (Proxy(ProxyKind.HTTP, "a", "1080", "", "password"), "proxy.user"),
        (Proxy(ProxyKind.HTTP, "a", "1080", "an:na", "password"), "proxy.user_colon"),
        (Proxy(ProxyKind.MTPROXY, "a", "443", password=""), "proxy.secret"),
        (Proxy(ProxyKind.MTPROXY, "a", "443", password=SECRET[1:]), "proxy.secret"),
        (Proxy(ProxyKind.MTPROXY, "a", "443", password="not a secret"), "proxy.secret"),
        (Proxy(ProxyKind.MTPROXY, "a", "443", password=f"ee{SECRET}676f6f676c65"), "telegram.proxy_fake_tls"),
    ],
)
def test_what_is_wrong_is_said(proxy: Proxy, why: str) -> None:
    with pytest.raises(Refused) as error:
        _ = proxy.address, proxy.secret
    assert error.value.text_id == why


def test_a_secret_in_base64_is_the_same_secret() -> None:
    written = "3QEjRWeJq83vASNFZ4mrze8"
    assert Proxy(ProxyKind.MTPROXY, "a", "443", password=written).secret == f"dd{SECRET}"
