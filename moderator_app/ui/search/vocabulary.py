"""The words of the search: fields and values as they may be written, and those offered while somebody types."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from moderator_app.domain.decision import Choice
from moderator_app.domain.message import Community
from moderator_app.domain.rules import RULES
from moderator_app.domain.search import COMMON_VALUES, FIELDS, RUSSIAN_FIELDS, Field, Part, State, Values, folded
from moderator_app.domain.verdict import Label
from moderator_app.language import choice_name, current, label_name, rule_name

# As they are offered; any other that stands in FIELDS is understood, too.
_OFFERED_IN_RUSSIAN: Mapping[Field, str] = {found: name for name, found in RUSSIAN_FIELDS.items()}
_STATES_IN_RUSSIAN: Mapping[State, str] = {
    State.OPEN: "ждёт",
    State.DECIDED: "решено",
    State.FLAGGED: "отмечено",
    State.DELETED: "удалено",
    State.EDITED: "изменено",
}
_PARTS_IN_RUSSIAN: Mapping[Part, str] = {
    Part.MEDIA: "медиа",
    Part.LINK: "ссылка",
    Part.REPLY: "ответ",
    Part.FORWARD: "пересылка",
}
_DAYS = {"ru": ("сегодня", "вчера", "7д", "30д"), "en": ("today", "yesterday", "7d", "30d")}
MOST_OFFERED = 40


def values() -> Values:
    """What may be written for closed choices, the names in the language in use among it."""
    named: dict[Field, Mapping[str, str]] = dict(COMMON_VALUES)
    named[Field.RULE] = {**COMMON_VALUES[Field.RULE], **{_written(rule_name(rule)): rule for rule in RULES}}
    named[Field.LABEL] = {**COMMON_VALUES[Field.LABEL], **{_written(label_name(each)): each.value for each in Label}}
    named[Field.DECISION] = {
        **COMMON_VALUES[Field.DECISION],
        **{_written(choice_name(each)): each.value for each in Choice},
    }
    return named


@dataclass(frozen=True, slots=True)
class Offer:
    """What may stand from `start` on in the place of what is being written."""

    start: int
    words: tuple[str, ...] = ()


def offered(before: str, communities: Iterable[Community] = ()) -> Offer:
    """What to offer behind `before`, the text up to the cursor."""
    begun = _BEGUN.search(before)
    written = begun[0] if begun else ""
    start = len(before) - len(written)
    bare = written.removeprefix("-")
    start += len(written) - len(bare)
    name, colon, value = bare.partition(":")
    if not colon:
        return Offer(start, _beginning(bare, [f"{each}:" for each in _field_names()]) if bare else ())
    found = FIELDS.get(folded(name))
    if found is None:
        return Offer(start)
    words = _beginning(value.strip('"'), _values_of(found, communities))
    return Offer(start, tuple(f"{name}:{_quoted(word)}" for word in words))


# The part that is being written: up to a blank outside quotes.
_BEGUN = re.compile(r'(?:[^\s"]|"[^"]*"?)+$')


def field_hint() -> str:
    """The fields in the language in use, for a hint: `author: community: …`."""
    return " ".join(f"{each}:" for each in _field_names())


def _field_names() -> Sequence[str]:
    if current() == "ru":
        return [_OFFERED_IN_RUSSIAN[each] for each in Field]
    return [each.value for each in Field]


def _values_of(found: Field, communities: Iterable[Community]) -> list[str]:
    russian = current() == "ru"
    match found:
        case Field.SOURCE:
            return ["telegram", "vk"]
        case Field.RULE:
            return [_written(rule_name(rule)) for rule in RULES]
        case Field.LABEL:
            return [_written(label_name(each)) for each in Label]
        case Field.DECISION:
            return [_written(choice_name(each)) for each in Choice]
        case Field.IS:
            return [_STATES_IN_RUSSIAN[each] if russian else each.value for each in State]
        case Field.HAS:
            return [_PARTS_IN_RUSSIAN[each] if russian else each.value for each in Part]
        case Field.BEFORE | Field.AFTER:
            return list(_DAYS["ru" if russian else "en"])
        case Field.COMMUNITY:
            return [each.name for each in communities if each.name]
    return []


def _beginning(written: str, words: Iterable[str]) -> tuple[str, ...]:
    begun = folded(written)
    return tuple(word for word in words if folded(word).startswith(begun) and word != written)[:MOST_OFFERED]


def _written(name: str) -> str:
    return folded(name).replace(" ", "_")


def _quoted(word: str) -> str:
    return f'"{word}"' if re.search(r"\s", word) else word
