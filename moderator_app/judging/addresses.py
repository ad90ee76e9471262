"""Web addresses in a folded text."""

import re
from dataclasses import dataclass

VK_HOSTS = frozenset(["vk.com", "vk.ru", "vk.cc", "vk.me", "vk.link", "vkontakte.ru", "vkvideo.ru", "vk.video"])


@dataclass(frozen=True, slots=True)
class Address:
    """`span` is folded; `host` is in lower case, without www."""

    host: str
    path: str
    span: tuple[int, int]

    @property
    def of_vk(self) -> bool:
        return is_vk_host(self.host)


def is_vk_host(host: str) -> bool:
    """Whether `host` is one of VK's, or below one: `m.vk.com`, but not `vk.com.example.org`."""
    labels = host.split(".")
    return ".".join(labels[-2:]) in VK_HOSTS


def find_addresses(plain: str) -> tuple[Address, ...]:
    """All addresses with a scheme, and bare domains that are unlikely to be anything else."""
    if _SIGN.search(plain) is None:
        return ()
    return tuple(address for match in _ADDRESS.finditer(plain) if (address := _read(match)) is not None)


def host_of(address: str) -> str:
    """The host of an address that is known to be one, with or without a scheme; empty if it has none."""
    match = _HOST.match(address.strip().lower())
    return match["host"].removeprefix("www.").rstrip(".") if match else ""


_SIGN = re.compile(r"[.:](?:(?<=\w\.)(?=\w)|(?=//\w))")
# Domains that are words of no language after a full stop without its space, and no endings of files.
_SAFE = """
academy adult agency app asia au bar bet bg biz blog bot br buzz by bz ca cam casino cc center cf ch chat
click cloud club cn co com company cyou cz dating de dev digital dk ee es eu exchange expert finance fm fr fun
ga game games gg gift gl gq gr group guru host hu icu il info ink io ir jp kg kr kz life link live loan lol lt
lv ly market marketing media ml mobi money monster moscow name net network news ninja nl nu online org page
poker porn press pro promo pt pw rest ro rocks ru sale school se services sex shop site social solutions space
store su systems tech tel tj tk today top tr trade travel tube tv ua uk uz video vip website wiki win world ws
xxx xyz онлайн рус рф сайт
"""
# These need a scheme or a path beside them.
_UNSAFE = """
me to in is it at be no so us am my la as ai id sh st rs py md pl fi sk im ge az ag vc ms дети москва орг ком
бел укр
"""
_LABEL = r"[\w-]{1,63}"
_TAIL = r"[^\s<>\"'`«»“”|\[\]{}]{0,2000}"
_ADDRESS = re.compile(
    rf"""
    (?<![\w@.-])
    (?:
        (?P<scheme>https?://|ftp://|tg://)(?P<host>[\w.-]{{1,253}})(?P<tail>(?::\d{{1,5}})?(?:[/?\#]{_TAIL})?)
      | (?P<bare>(?:{_LABEL}\.){{1,6}}(?:(?P<safe>{"|".join(sorted(_SAFE.split(), key=len, reverse=True))})
        |{"|".join(_UNSAFE.split())}))
        (?![\w@-]|\.\w)(?P<rest>(?::\d{{1,5}})?(?:[/?\#]{_TAIL})?)
    )
    """,
    re.VERBOSE,
)
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]{0,30}:(?://)?)?(?:[^/@\s]{1,100}@)?(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63})+)")
_NO_SITES = frozenset({"asp.net", "vb.net", "ado.net", "paint.net", "socket.io"})
_FOLLOWING = ".,!?;:)*_~"


def _read(match: re.Match[str]) -> Address | None:
    bare = match["bare"]
    host = (bare or match["host"]).removeprefix("www.").strip(".-")
    path = (match["rest"] if bare else match["tail"]).rstrip(_FOLLOWING)
    if bare and not _is_site(match, host, path):
        return None
    start = match.start()
    head = len(bare) if bare else len(match["scheme"]) + len(match["host"].rstrip(".-"))
    return Address(host, path, (start, start + head + len(path)))


def _is_site(match: re.Match[str], host: str, path: str) -> bool:
    if host in _NO_SITES or (not any(char.isalpha() for char in host.split(".", 1)[0]) and not path):
        return False
    return match["safe"] is not None or len(path) > 1 or match["bare"].startswith("www.") or host in _KNOWN


_KNOWN = frozenset(["t.me", "vk.me", "telegram.me", "telegram.dog", "about.me", "wa.me", "youtu.be", "goo.su"])
