"""The commands `history`, `stats` and `export`."""

import argparse
from typing import Any

from moderator_app.app import App
from moderator_app.cli.output import print_json, say
from moderator_app.domain.statistics import Overview, Period
from moderator_app.language import _, explain_note, format_number, ngettext
from moderator_app.moderation.exporting import ExportKind
from moderator_app.moderation.records import history_record

PAGE = 500


async def history(app: App, _chosen: argparse.Namespace) -> int:
    """Print every decision, newest first."""
    before = None
    while lines := await app.history.page(before=before, limit=PAGE):
        for line in lines:
            print_json(history_record(line, explain_note))
        before = lines[-1].decision.decision
    return 0


async def stats(app: App, chosen: argparse.Namespace) -> int:
    """Print the totals of a period."""
    overview = await app.statistics.overview(Period(chosen.period))
    if chosen.json:
        print_json(overview_record(overview))
    else:
        say_overview(overview)
    return 0


async def export(app: App, chosen: argparse.Namespace) -> int:
    """Write a file and say how many rows it has."""
    rows = await app.exporting.export(ExportKind(chosen.what), chosen.output)
    if chosen.json:
        print_json({"rows": rows, "file": str(chosen.output)})
    else:
        say(
            ngettext("{n} row written to {file}.", "{n} rows written to {file}.", rows).format(
                n=rows, file=chosen.output
            )
        )
    return 0


def overview_record(overview: Overview) -> dict[str, Any]:
    return {
        "period": overview.period.value,
        "from": None if overview.first is None else overview.first.isoformat(),
        "to": None if overview.last is None else overview.last.isoformat(),
        "messages": overview.messages,
        "flagged": overview.flagged,
        "decided": overview.decided,
        "profanity": overview.profanity,
        "toxicity": dict(overview.toxicity),
        "top_users": [{"author": top.author, "name": top.name, "count": top.count} for top in overview.top_users],
        "top_words": [{"word": top.word, "count": top.count} for top in overview.top_words],
    }


def say_overview(overview: Overview) -> None:
    """The same for people, on a few lines."""
    for name, number in (
        (_("Messages"), overview.messages),
        (_("Flagged"), overview.flagged),
        (_("Decided"), overview.decided),
        (_("Profanity"), overview.profanity),
    ):
        say(f"{name}: {format_number(number)}")
    if overview.top_users:
        say(_("Top users") + ": " + ", ".join(f"{top.name or top.author} {top.count}" for top in overview.top_users))
    if overview.top_words:
        say(_("Top words") + ": " + ", ".join(f"{top.word} {top.count}" for top in overview.top_words))
