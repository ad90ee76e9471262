"""Words for people: the gettext catalogue of the language in use, and everything worded through it."""

import gettext
import locale
import logging
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from moderator_app import paths
from moderator_app.choice_names import NAMES
from moderator_app.domain.ai import SpamKind, Which
from moderator_app.domain.decision import ActionKind, ActionState, Choice, Note, signing_rule
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.lists import ListKind, WordKind
from moderator_app.domain.message import Platform
from moderator_app.domain.ports import SourceState, SourceStatus
from moderator_app.domain.statistics import Period
from moderator_app.domain.verdict import Finding, Label, Parameter
from moderator_app.file_sentences import FAULTS
from moderator_app.finding_sentences import COUNTED, COUNTED_OUT
from moderator_app.marking import N_ as N_
from moderator_app.marking import N_plural as N_plural
from moderator_app.marking import Sentence
from moderator_app.rule_names import POLICY, RULES, TOXICITY
from moderator_app.sentences import SENTENCES as SENTENCES

LANGUAGES = ("en", "ru")
_DOMAIN = "moderator_app"
_log = logging.getLogger(__name__)

T = TypeVar("T")

_code = "en"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use(code: str) -> None:
    """Speak the language `code` ("ru", "en") from now on; "" takes the machine's."""
    global _code, _catalogue
    _code = code or _of_machine()
    if _code not in LANGUAGES:
        raise ValueError(code)
    folder = paths.resources() / "translations"
    # English is written in the code; another catalogue is missing only in a broken installation.
    _catalogue = gettext.translation(_DOMAIN, folder, languages=[_code], fallback=True)
    _template.cache_clear()


def current() -> str:
    """The language in use: "ru" or "en"."""
    return _code


def in_every_language(worded: Callable[[], T]) -> tuple[T, ...]:
    """What `worded` says in each language, the one in use first."""
    spoken = _code
    said = [worded()]
    try:
        for code in LANGUAGES:
            if code != spoken:
                use(code)
                said.append(worded())
    finally:
        use(spoken)
    return tuple(said)


def _(message: str) -> str:
    return _catalogue.gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    return _catalogue.ngettext(one, many, n)


def sentence(text_id: str, parameters: Mapping[str, Parameter]) -> str:
    """The sentence for `text_id`, filled in. Never raises: a gap in the tables is logged and stays readable."""
    entry = SENTENCES.get(text_id)
    if entry is None:
        _log.error("no sentence for text id %s", text_id)
        return " ".join([text_id, *(f"{name}={value}" for name, value in parameters.items())])
    template = _template(text_id, entry, _count(parameters))
    shown = _Shown(parameters)
    for name, value in parameters.items():
        if type(value) is not str:
            shown[name] = _show(name, value)
        elif name in _FAULTS and value in FAULTS:
            shown[name] = _(value)
    shown.text_id = text_id
    try:
        return template.format_map(shown)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        _log.exception("the sentence for text id %s cannot be filled", text_id)
        return template


# As many as are asked for again and again; counts may be any.
@lru_cache(maxsize=1000)
def _template(text_id: str, entry: Sentence, count: int) -> str:
    if text_id in COUNTED_OUT and count >= COUNTED:
        return _(COUNTED_OUT[text_id])
    return _(entry) if isinstance(entry, str) else ngettext(*entry, count)


def explain_finding(finding: Finding) -> str:
    return sentence(finding.text_id, dict(finding.parameters))


def explain_error(error: ModeratorError) -> str:
    return sentence(error.text_id, error.parameters)


def explain_note(note: Note) -> str:
    return _with_address(sentence(note.text_id, dict(note.parameters)), note.parameters)


def explain_status(status: SourceStatus) -> str:
    """Why a source is as it is, "" where there is nothing to say."""
    if not status.detail:
        return ""
    return _with_address(sentence(status.detail, dict(status.parameters)), status.parameters)


def _with_address(said: str, parameters: Sequence[tuple[str, Parameter]]) -> str:
    """With the page that is to be opened, where a platform asks something there."""
    return " ".join([said, *(str(value) for name, value in parameters if name == "address")])


def rule_name(rule_id: str) -> str:
    return _(RULES[rule_id]) if rule_id in RULES else rule_id


def policy_key_name(key: str) -> str:
    """What is set under a key of `domain.policy_keys`."""
    group, *names = key.split(".")
    if group == "thresholds":
        return label_name(Label(names[0]))
    own, common = (".".join(names), names[-1]) if group == "rules" else (key, key)
    return _(POLICY.get(own) or POLICY.get(common) or common)


def decider_name(by: str) -> str:
    """Who decided: a moderator, or a rule by itself."""
    rule = signing_rule(by)
    return _("the rule “{rule}”").format(rule=rule_name(rule)) if rule else by


def choice_name(choice: Choice) -> str:
    return _name(choice)


def kind_name(kind: ActionKind) -> str:
    return _name(kind)


def action_state_name(state: ActionState) -> str:
    return _name(state)


def label_name(label: Label) -> str:
    return _name(label)


def list_name(kind: ListKind) -> str:
    return _name(kind)


def word_kind_name(kind: WordKind) -> str:
    return _name(kind)


def period_name(period: Period) -> str:
    return _name(period)


def value_name(choice: StrEnum) -> str:
    """The name of one of the closed choices that a setting offers."""
    return _name(choice)


def which_name(which: Which) -> str:
    return _name(which)


def spam_kind_name(kind: SpamKind) -> str:
    return _name(kind)


def toxicity_name(kind: str) -> str:
    """The name of a kind of toxicity that AI tells; of an unknown one what it is called elsewhere."""
    name = TOXICITY.get(kind)
    return kind if name is None else _(name)


def platform_name(platform: Platform) -> str:
    return _name(platform)


def source_state_name(state: SourceState) -> str:
    return _name(state)


# Babel's locale data is read on first use: most commands print no date.


def format_number(number: float, digits: int = 2) -> str:
    """`number` with the language's separators and at most `digits` decimals: 12 345,5."""
    from babel.numbers import format_decimal

    return format_decimal(round(number, digits), locale=_code, decimal_quantization=False)


def format_percent(share: float) -> str:
    """`share` (0-1) as a whole percentage."""
    from babel.numbers import format_percent as format_share

    return format_share(share, locale=_code)


def format_time(moment: datetime) -> str:
    """Hours and minutes on this machine's clock."""
    from babel.dates import format_time as format_clock

    return format_clock(_local(moment), "short", locale=_code)


def format_day(day: date) -> str:
    """A day with its year; a moment stands for its day on this machine's clock."""
    from babel.dates import format_date

    return format_date(_local(day) if isinstance(day, datetime) else day, "medium", locale=_code)


def format_short_day(day: date) -> str:
    """A day of this year: `4 Mar`."""
    return format_by("MMMd", day)


def format_by(skeleton: str, day: date) -> str:
    """A day as Unicode's `skeleton` says which parts of it are shown; a moment stands for its day here."""
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, _local(day) if isinstance(day, datetime) else day, locale=_code)


def format_moment(moment: datetime) -> str:
    """Day and time on this machine's clock."""
    return f"{format_day(moment)}, {format_time(moment)}"


def format_age(moment: datetime, now: datetime | None = None) -> str:
    """How long ago `moment` was, in its largest unit: `2 min. ago`."""
    from babel.dates import format_timedelta

    passed = moment - (now or datetime.now(UTC))
    return format_timedelta(passed, threshold=1.0, add_direction=True, format="short", locale=_code)


def format_length(seconds: float) -> str:
    """A length of time in the largest unit in which it is a whole number: `90 minutes`."""
    from babel.units import format_unit

    units = {86_400: "day", 3600: "hour", 60: "minute", 1: "second"}
    size, unit = next(((size, unit) for size, unit in units.items() if seconds % size == 0), (1, "second"))
    return format_unit(seconds / size, f"duration-{unit}", "long", format="#,##0.##", locale=_code)


class _Shown(dict[str, Parameter]):
    """Parameters as they are printed; a missing one shows its name instead of breaking the sentence."""

    __slots__ = ("text_id",)
    text_id: str

    def __missing__(self, name: str) -> str:
        _log.error("text id %s came without its parameter %s", self.text_id, name)
        return f"<{name}>"


# Parameters that say what the machine said.
_FAULTS = frozenset({"reason", "detail", "fault"})
# Parameters that are moments, in seconds since 1970.
_MOMENTS = frozenset({"at", "until"})


def _show(name: str, value: Parameter) -> str:
    if isinstance(value, str):
        return value
    if name in _MOMENTS:
        return format_moment(datetime.fromtimestamp(value, UTC))
    # The number of an error is a name, and is searched for as it stands.
    plain = isinstance(value, int) and (abs(value) < 1000 or name == "code")
    return str(value) if plain else format_number(value)


def _count(parameters: Mapping[str, Parameter]) -> int:
    count = parameters.get("count", 0)
    return 0 if isinstance(count, str) else int(count)


def _name(choice: StrEnum) -> str:
    return _(NAMES[type(choice)][choice.value])


def _local(moment: datetime) -> datetime:
    return moment.astimezone().replace(tzinfo=None)


def _of_machine() -> str:
    """Russian where the machine speaks it in any country, English elsewhere."""
    if sys.platform in ("win32", "darwin"):
        spoken = locale.getlocale()[0] or ""
    else:
        names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
        spoken = next((value for name in names if (value := os.environ.get(name))), "")
    return "ru" if spoken.lower().startswith(("ru", "russian")) else "en"
