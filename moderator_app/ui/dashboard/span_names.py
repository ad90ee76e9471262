"""Names spans of days in few words of the language in use."""

from datetime import date

from moderator_app import language
from moderator_app.ui.dashboard.spans import Span, Width


def short_name(first: date, width: Width) -> str:
    """What fits under a bar: `4 Mar`, of a month `Mar 2026`."""
    return language.format_by("yMMM", first) if width is Width.MONTH else language.format_short_day(first)


def full_name(span: Span, width: Width) -> str:
    """The whole span with its year: `2 Mar 2026 – 8 Mar 2026`."""
    match width:
        case Width.DAY:
            return language.format_day(span.first)
        case Width.WEEK:
            return f"{language.format_day(span.first)} – {language.format_day(span.last)}"
    return language.format_by("yMMMM", span.first)
