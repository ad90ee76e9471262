"""Entries of the admins' lists as people write them, brought to the one form in which they are kept."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from encodings.idna import ToASCII, ToUnicode, nameprep

from moderator_app.domain.errors import Refused
from moderator_app.domain.ids import Platform, bare
from moderator_app.domain.lists import USUAL_REPORT_WORDS, ChannelStatus, ListKind, Lists, StopWord
from moderator_app.domain.message import AuthorKey

# More would only be memory: nobody keeps such a list by hand, and none of the checks needs it.
MOST_ENTRIES = 200_000
MOST_LETTERS = 1000

# The kinds that are written as one line an entry; stop words have more to tell.
LINES: tuple[ListKind, ...] = tuple(kind for kind in ListKind if kind is not ListKind.STOP_WORDS)


def split(text: str) -> list[str]:
    r"""The entries of a comma-separated list; a comma that belongs to one is written `\,`."""
    return [entry for part in _COMMA.split(text) if (entry := part.replace("\\,", ",").strip())]


def joined(entries: Iterable[str]) -> str:
    """The counterpart of `split`."""
    return ",".join(entry.replace(",", "\\,") for entry in entries)


_COMMA = re.compile(r"(?<!\\),")


def normalised(kind: ListKind, text: str) -> str:
    """An entry in the form in which it is kept. Raises Refused, naming the entry."""
    kept = kept_form(kind, text)
    if kept is None:
        raise Refused(_REFUSALS[kind], entry=_shown(text))
    return kept


def kept_form(kind: ListKind, text: str) -> str | None:
    """The same, None for what is no entry of the list."""
    written = text.strip()
    try:
        return _FORMS[kind](written) if len(written) <= MOST_LETTERS else None
    except ValueError:
        return None


def normalised_list(kind: ListKind, texts: Sequence[str]) -> tuple[str, ...]:
    """The entries of a whole list, each once, in their order. Raises Refused at the first that is wrong."""
    check_length(texts)
    return tuple(dict.fromkeys(normalised(kind, text) for text in texts))


def check_length(entries: Sequence[object]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise Refused("lists.too_many", entries=len(entries), most=MOST_ENTRIES)


def check_word(word: StopWord, number: int) -> None:
    """Raises Refused for the stop word at the place `number` if nothing is written there, or far too much."""
    if not word.text.strip(_UNSEEN):
        raise Refused("lists.empty", number=number)
    if len(word.text) > MOST_LETTERS:
        raise Refused("lists.too_long", entry=_shown(word.text), number=number, most=MOST_LETTERS)


# White space, and what has no width either.
_UNSEEN = " \t\r\n\f\v\u00a0\u00ad\u200b\u200c\u200d\u2060\ufeff"


def entries(lists: Lists, kind: ListKind) -> tuple[str, ...]:
    """What stands on a list of one line an entry, in order."""
    listed = getattr(lists, kind)
    if isinstance(listed, Mapping):
        return tuple(f"{key}={status}" for key, status in sorted(listed.items(), key=lambda each: _order(each[0])))
    return tuple(map(str, sorted(listed, key=_order)))


def lists_of(lines: Mapping[ListKind, Iterable[str]], stop_words: Sequence[StopWord] = ()) -> Lists:
    """The lists that hold these entries, which are in their kept form. Without report words the usual ones hold."""
    authors = {kind: frozenset(map(_key, lines.get(kind, ()))) for kind in _AUTHORS}
    words = {kind: frozenset(lines.get(kind, ())) for kind in _WORDS}
    channels = (line.split("=") for line in lines.get(ListKind.CHANNELS, ()))
    return Lists(
        whitelist=authors[ListKind.WHITELIST],
        blacklist=authors[ListKind.BLACKLIST],
        stop_words=tuple(stop_words),
        managers=authors[ListKind.MANAGERS],
        linked_channels=authors[ListKind.LINKED_CHANNELS],
        channels={_key(key): ChannelStatus(status) for key, status in channels},
        domains=words[ListKind.DOMAINS],
        bots=words[ListKind.BOTS],
        mixed_words=words[ListKind.MIXED_WORDS],
        report_words=words[ListKind.REPORT_WORDS] or USUAL_REPORT_WORDS,
        donors=words[ListKind.DONORS],
    )


def _key(kept: str) -> AuthorKey:
    platform, _colon, id = kept.partition(":")
    return AuthorKey(Platform(platform), id)


_AUTHORS = (ListKind.WHITELIST, ListKind.BLACKLIST, ListKind.MANAGERS, ListKind.LINKED_CHANNELS)
_WORDS = (ListKind.DOMAINS, ListKind.BOTS, ListKind.MIXED_WORDS, ListKind.REPORT_WORDS, ListKind.DONORS)


def domain(text: str) -> str:
    """A host in the one form in which it is compared: lower case, letters instead of punycode, without www.

    Raises ValueError where it is none.
    """
    host = _SCHEME.sub("", text.strip().lower()).removesuffix("/").removesuffix(".")
    host = host.removeprefix("*.").removeprefix("www.")
    if not host.isascii():
        host = unicodedata.normalize("NFKC", host)
    labels = [_label(label) for label in host.split(".")]
    if len(labels) < 2 or not all(map(_LABEL.fullmatch, labels)) or labels[-1].isdecimal():
        raise ValueError(text)
    if sum(map(_length, labels)) + len(labels) > _MOST_OF_HOST:
        raise ValueError(text)
    return ".".join(labels).casefold()


def _label(label: str) -> str:
    if label.startswith("xn--"):
        return ToUnicode(label)
    # Preparing by the book takes long, and has nothing to do for these.
    return label if _USUAL.fullmatch(label) else nameprep(label)


def _length(label: str) -> int:
    """As it stands in punycode. Raises ValueError for more than a label may have."""
    if label.isascii():
        if len(label) > _MOST_OF_LABEL:
            raise ValueError(label)
        return len(label)
    most = _MOST_SIGNS * len(label) + _MARK
    return most if most <= _MOST_OF_LABEL else len(ToASCII(label))


_SCHEME = re.compile(r"\A[a-z][a-z0-9+.-]*://")
_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_USUAL = re.compile("[a-z0-9а-яё-]*")
_MOST_OF_LABEL = 63
# Of punycode for a letter, and what it begins with.
_MOST_SIGNS, _MARK = 5, 4
_MOST_OF_HOST = 254


def _author(text: str) -> str:
    return str(AuthorKey.parse(text))


def _channel(text: str) -> str:
    key = AuthorKey.parse(text)
    id = key.author.removeprefix("-")
    # As bots number channels, and the minus forgotten.
    id = bare(f"-{id}", key.platform) if len(id) > _DIGITS else id
    return str(AuthorKey(key.platform, f"-{id}"))


# No channel's own number is so long.
_DIGITS = 12


def _listed_channel(text: str) -> str:
    key, equals, status = text.partition("=")
    if not equals:
        raise ValueError(text)
    return f"{_channel(key)}={ChannelStatus(status.strip().lower())}"


def _bot(text: str) -> str:
    name = _BOT.fullmatch(text.lower())
    if name is None:
        raise ValueError(text)
    return name[1]


_BOT = re.compile(r"(?:(?:https?://)?t\.me/|@)?([a-z0-9_]{3,64})/?", re.ASCII)


def _word(text: str) -> str:
    # Both once more: what they make may be something for them again, and may begin with a space.
    word = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).casefold().strip()
    if len(word.split()) != 1 or not any(char.isalpha() for char in word):
        raise ValueError(text)
    return word


def _report_word(text: str) -> str:
    # A command is a word, too.
    word = _word(text.lstrip("/!")).replace("ё", "е")
    if not word.isalnum():
        raise ValueError(text)
    return word


def _donor(text: str) -> str:
    name, equals, own = text.partition("=")
    found = _ON_VK.fullmatch(name.strip().lower())
    if found is None:
        raise ValueError(text)
    numbered = _NUMBERED.fullmatch(found[1])
    kept = f"club{int(numbered[1])}" if numbered else found[1]
    if not equals:
        return kept
    if (community := _OWN.fullmatch(own.strip())) is None:
        raise ValueError(text)
    return f"{kept}={int(community[1])}"


# A community of VK by its address, its short name or its number.
_ON_VK = re.compile(
    r"(?!(?:www\.|m\.)?vk\.(?:com|ru)/?\Z)(?:(?:https?://)?(?:www\.|m\.)?vk\.(?:com|ru)/|@|vk:)?"
    r"(-?[0-9]{1,18}|[a-z0-9_.]{2,64})/?",
    re.ASCII,
)
_NUMBERED = re.compile(r"(?:club|public|event|-)?([0-9]{1,18})", re.ASCII)
_OWN = re.compile(r"(?:vk:)?-?([0-9]{1,18})", re.ASCII)


_FORMS: Mapping[ListKind, Callable[[str], str]] = {
    ListKind.WHITELIST: _author,
    ListKind.BLACKLIST: _author,
    ListKind.MANAGERS: _author,
    ListKind.LINKED_CHANNELS: _channel,
    ListKind.CHANNELS: _listed_channel,
    ListKind.DOMAINS: domain,
    ListKind.BOTS: _bot,
    ListKind.MIXED_WORDS: _word,
    ListKind.REPORT_WORDS: _report_word,
    ListKind.DONORS: _donor,
}

_REFUSALS: Mapping[ListKind, str] = {
    ListKind.WHITELIST: "lists.author",
    ListKind.BLACKLIST: "lists.author",
    ListKind.MANAGERS: "lists.author",
    ListKind.LINKED_CHANNELS: "lists.channel",
    ListKind.CHANNELS: "lists.channel_status",
    ListKind.DOMAINS: "lists.domain",
    ListKind.BOTS: "lists.bot",
    ListKind.MIXED_WORDS: "lists.mixed_word",
    ListKind.REPORT_WORDS: "lists.report_word",
    ListKind.DONORS: "lists.donor",
}


def _shown(text: str) -> str:
    """Enough of an entry to know it by."""
    shown = " ".join(text.split())
    return shown if len(shown) <= 60 else shown[:59] + "…"


def _order(entry: AuthorKey | str) -> tuple[str, int, str]:
    """Authors by platform and number."""
    return ("", 0, entry) if isinstance(entry, str) else (entry.platform, len(entry.author), entry.author)
