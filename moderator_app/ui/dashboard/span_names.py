"""Names spans of days in few words of the language in use."""

from datetime import date

from moderator_app import language
from moderator_app.ui.dashboard.spans import Span, Width


def short_name(first: date, width: Width) -> str:
    """What fits under a bar: `4 Mar`, of a month `Mar 2026`."""
    return _worded("yMMM" if width is Width.MONTH else "MMMd", first)


def full_name(span: Span, width: Width) -> str:
    """The whole span with its year: `2 Mar 2026 – 8 Mar 2026`."""
    match width:
        case Width.DAY:
            return language.format_day(span.first)
        case Width.WEEK:
            return f"{language.format_day(span.first)} – {language.format_day(span.last)}"
    return _worded("yMMMM", span.first)


def _worded(skeleton: str, day: date) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, day, locale=language.current())
