"""The allow-list of domains."""

from collections.abc import Iterable

from moderator_app.domain.list_entries import domain as comparable


class Domains:
    """`example.org` on the list covers what stands below it: `shop.example.org`."""

    def __init__(self, domains: Iterable[str]) -> None:
        self._domains = frozenset(domains)

    def hold(self, host: str) -> bool:
        """Whether `host`, in lower case and without www, is on the list or below one that is."""
        if not self._domains or not host:
            return False
        labels = _readable(host).split(".")
        return any(".".join(labels[first:]) in self._domains for first in range(len(labels)))


def _readable(host: str) -> str:
    """`host` with letters instead of punycode, as lists keep it."""
    if "xn--" not in host:
        return host
    try:
        return comparable(host)
    except ValueError:
        return host
