"""Web addresses in a folded text."""

import re
from collections.abc import Callable
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


def find_addresses(plain: str, is_capital: Callable[[int], bool] = lambda _: False) -> tuple[Address, ...]:
    """All addresses with a scheme, and bare domains that are unlikely to be anything else.

    `is_capital` tells whether a character was written as a capital: a new sentence, not a domain, begins with one.
    """
    sign = _SIGN.search(plain)
    if sign is None:
        return ()
    found: list[Address] = []
    end = 0
    # Only what stands around a sign, up to the next spaces, is searched for the whole pattern, which is slow.
    while sign is not None:
        start = max(end, plain.rfind(" ", end, sign.start()) + 1)
        space = plain.find(" ", sign.start())
        end = space if space >= 0 else len(plain)
        addresses = [_read(match, is_capital) for match in _ADDRESS.finditer(plain, start, end)]
        found += [address for address in addresses if address is not None]
        sign = _SIGN.search(plain, end)
    return tuple(found)


def host_of(address: str) -> str:
    """The host of an address that is known to be one, with or without a scheme; empty if it has none."""
    match = _HOST.match(address.strip().lower())
    return match["host"].removeprefix("www.").rstrip(".") if match else ""


_SIGN = re.compile(r"[.:](?:(?<=\w\.)(?=\w)|(?=//[\w\[]))")
# Domains that are words of no language after a full stop without its space, and no endings of files.
_SAFE = """
academy adult agency app asia au bar bet bg biz blog bot br buzz by bz ca cam casino center cf cfd ch chat click cloud
club cn co com company cyou cz dating de dev digital dk ee es eu exchange expert finance fm fr fun ga game games gg gift
gl gmbh gq gr group guru host hu icu il inc info ink io ir jp kg kr kz life link live llc loan lol lt ltd lv ly market
marketing media ml mobi money monster moscow name net network news ninja nl nu online org page poker porn press pro
promo pt pw quest rest ro rocks ru sale sbs school se services sex shop site social solutions space store su systems
tatar tech tel tj tk today top tr trade travel tube tv ua uk uno uz video vip website wiki win world ws wtf xxx xyz
бг мкд онлайн рус рф сайт срб қаз
"""
# Words, which begin with a capital where they begin a sentence.
_WORDS = frozenset(["бел", "дети", "ком", "москва", "орг", "укр"])
# These need a scheme or a path beside them.
_UNSAFE = """
ac ad ae af ag ai al am ao aq ar as at aw ax az ba bb bd be bf bh bi bj bm bn bo bs bt bw cc cd cg ci ck cl cm cr cu cv
cw cx cy dj dm do dz ec eg er et fi fj fk fo gd ge gf gh gi gm gn gp gs gt gu gw gy hk hm hn hr ht id ie im in iq is it
je jm jo ke kh ki km kn kp kw ky la lb lc li lk lr ls lu ma mc md me mg mh mk mm mn mo mp mq mr ms mt mu mv mw mx my mz
na nc ne nf ng ni no np nr nz om pa pe pf pg ph pk pl pm pn pr ps py qa re rs rw sa sb sc sd sg sh si sk sl sm sn so sr
ss st sv sx sy sz tc td tf tg th tl tm tn to tt tw tz ug us uy va vc ve vg vi vn vu wf ye yt za zm zw
"""
_SAFE_DOMAINS = frozenset(_SAFE.split())
_DOMAINS = _SAFE_DOMAINS | _WORDS | frozenset(_UNSAFE.split())
_LABEL = r"[\w-]{1,63}"
_TAIL = r"[^\s<>\"'`«»“”|\[\]{}]{0,2000}"
_ADDRESS = re.compile(
    rf"""
    (?<![\w@.-])
    (?:
        (?P<scheme>https?://|ftp://|tg://)(?:[^\s/@?\#]{{1,100}}@)?(?P<host>[\w.-]{{1,253}}|\[[\da-f:.]{{2,45}}\])
        (?P<tail>(?::\d{{1,5}})?(?:[/?\#]{_TAIL})?)
      | (?P<bare>(?:{_LABEL}\.){{1,6}}(?P<domain>xn--[a-z\d-]{{2,59}}|[^\W\d_]{{2,24}}))
        (?![\w@-]|\.\w)(?P<rest>(?::\d{{1,5}})?(?:[/?\#]{_TAIL})?)
    )
    """,
    re.VERBOSE,
)
_HOST = re.compile(
    r"(?:[a-z][a-z0-9+.-]{0,30}:(?://)?)?(?:[^/@\s]{1,100}@)?(?P<host>[\w-]{1,63}(?:\.[\w-]{1,63})+|\[[\da-f:.]{2,45}\])"
)
_NO_SITES = frozenset({"asp.net", "vb.net", "ado.net", "paint.net", "socket.io"})
_FOLLOWING = ".,!?;:)*_~"


def _read(match: re.Match[str], is_capital: Callable[[int], bool]) -> Address | None:
    bare = match["bare"]
    host = (bare or match["host"]).removeprefix("www.").strip(".-")
    path = (match["rest"] if bare else match["tail"]).rstrip(_FOLLOWING)
    if bare and not _is_site(match, host, path, is_capital):
        return None
    end = match.end("bare") if bare else match.start("host") + len(match["host"].rstrip(".-"))
    return Address(host, path, (match.start(), end + len(path)))


def _is_site(match: re.Match[str], host: str, path: str, is_capital: Callable[[int], bool]) -> bool:
    domain = match["domain"]
    if domain not in _DOMAINS and not domain.startswith("xn--"):
        return False
    if host in _NO_SITES or (not any(char.isalpha() for char in host.split(".", 1)[0]) and not path):
        return False
    if len(path) > 1 or match["bare"].startswith("www.") or host in _KNOWN:
        return True
    if domain in _WORDS:
        return not is_capital(match.start("domain"))
    return domain in _SAFE_DOMAINS or domain.startswith("xn--")


_KNOWN = frozenset(["t.me", "vk.me", "telegram.me", "telegram.dog", "about.me", "wa.me", "youtu.be", "goo.su", "vk.cc"])
