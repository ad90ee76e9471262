"""Addresses written so that only a reader takes them for such: `site точка ру`, `site[.]com`, `t . me/x`."""

import re

from moderator_app.judging.addresses import Address

_DOT = r"(?:\s?[\[({<]\s?(?:\.|,|dot|точка|тчк)\s?[\])}>]\s?|\s(?:dot|точка|тчк)\s|\s\.\s|\s\.(?=\w)|\.\s)"
_ENDINGS = {
    **dict.fromkeys(("ру", "ru"), "ru"),
    **dict.fromkeys(("ком", "com"), "com"),
    **dict.fromkeys(("нет", "net"), "net"),
    **dict.fromkeys(("орг", "org"), "org"),
    **dict.fromkeys(("инфо", "info"), "info"),
    **dict.fromkeys(("ми", "me"), "me"),
    **dict.fromkeys(("су", "su"), "su"),
    **{
        name: name
        for name in ("рф", "онлайн", "online", "site", "сайт", "xyz", "top", "io", "cc", "biz", "ua", "by", "kz")
    },
}
# Words: after a mere space and full stop they begin a sentence.
_SPOKEN_ONLY = frozenset({"нет", "ком", "ми", "су", "me", "top", "by", "site", "сайт", "онлайн", "online", "cc"})
_SHORT_HOSTS = frozenset({"t.me", "vk.me", "wa.me"})
_SIGN = re.compile(r"dot|точка|тчк|[\[({<]\s?[.,]|\w\s?\.\s?\w|hxxp")
_OBFUSCATED = re.compile(
    rf"(?<![\w@.-])(?P<name>[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,3}})(?P<dot>{_DOT})(?P<end>{'|'.join(_ENDINGS)})"
    r"(?![\w@-])(?P<path>(?:\s?/\s?[\w/+?=&%.-]{1,200})?)"
    r"|hxxps?://(?P<host>[\w.-]{3,253})(?P<tail>(?:/[^\s]{0,200})?)"
)


def find_obfuscated(plain: str) -> tuple[Address, ...]:
    """With their folded spans; hosts as a browser would have them."""
    if _SIGN.search(plain) is None:
        return ()
    return tuple(address for match in _OBFUSCATED.finditer(plain) if (address := _read(match)) is not None)


def _read(match: re.Match[str]) -> Address | None:
    if match["host"]:
        return Address(match["host"].removeprefix("www.").strip(".-"), match["tail"], match.span())
    end = match["end"]
    host = f"{match['name']}.{_ENDINGS[end]}"
    path = "".join(match["path"].split())
    spoken = any(char.isalpha() or char in "[({<" for char in match["dot"])
    if not spoken and (not path if end in _SPOKEN_ONLY else match["dot"] == ". ") and host not in _SHORT_HOSTS:
        return None
    return Address(host, path, match.span())
