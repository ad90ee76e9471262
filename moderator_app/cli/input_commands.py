"""The command `import`."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from tqdm import tqdm

from moderator_app.app import App
from moderator_app.cli.output import complain, print_json, say
from moderator_app.domain.errors import ModeratorError
from moderator_app.domain.importing import ReadError
from moderator_app.language import _, ngettext, sentence
from moderator_app.moderation.importing import LISTED_ERRORS, ImportCancelled, ImportProgress, ImportSummary
from moderator_app.moderation.records import Record


async def import_files(app: App, chosen: argparse.Namespace) -> int:
    """Import files one after the other; one that cannot be read does not keep the next from being read.

    An import that is interrupted sums up what it has stored, too.
    """
    total = ImportSummary()
    errors: list[Record] = []
    trouble: ModeratorError | None = None
    for path in chosen.files:
        try:
            summary = await _import_file(app, path)
        except ModeratorError as error:
            trouble = error
            complain(error)
        except ImportCancelled as ended:
            errors += [_error_record(path, error) for error in ended.summary.errors]
            _tell(_sum(total, ended.summary), errors, as_json=chosen.json)
            raise
        else:
            total = _sum(total, summary)
            errors += [_error_record(path, error) for error in summary.errors]
            if summary.broken is not None:
                trouble = summary.broken
                complain(summary.broken)
    try:
        await app.intake.judge_waiting()
    except ModeratorError as error:
        # They wait for the next start; said already where it is the same trouble that ended the import.
        if trouble is None:
            complain(error)
        trouble = error
    _tell(total, errors, as_json=chosen.json)
    return 3 if trouble else 0


def _tell(total: ImportSummary, errors: Sequence[Record], *, as_json: bool) -> None:
    if as_json:
        print_json(_record(total, errors[:LISTED_ERRORS]))
    else:
        _say(total, errors[:LISTED_ERRORS])


async def _import_file(app: App, path: Path) -> ImportSummary:
    with tqdm(
        desc=path.name, unit="B", unit_scale=True, unit_divisor=1024, file=sys.stderr, disable=not sys.stderr.isatty()
    ) as bar:

        def show(progress: ImportProgress) -> None:
            bar.total = progress.size
            bar.set_postfix_str(f"{progress.messages}", refresh=False)
            bar.update(progress.bytes_read - bar.n)

        return await app.import_file(path, show)


def _sum(total: ImportSummary, summary: ImportSummary) -> ImportSummary:
    added = {
        field.name: getattr(total, field.name) + getattr(summary, field.name)
        for field in fields(ImportSummary)
        if field.name not in ("broken", "errors")
    }
    return replace(total, **added)


def _record(summary: ImportSummary, errors: Sequence[Record]) -> Record:
    return {
        "messages": summary.messages,
        "new": summary.new,
        "flagged": summary.flagged,
        "joins": summary.joins,
        "unsupported": summary.unsupported,
        "failed": summary.failed,
        "errors": list(errors),
        "seconds": round(summary.seconds, 3),
    }


def _error_record(path: Path, error: ReadError) -> Record:
    return {"file": str(path), "place": error.place, "error": sentence(error.text_id, dict(error.parameters))}


def _say(summary: ImportSummary, errors: Sequence[Record]) -> None:
    read = ngettext("{n} message read", "{n} messages read", summary.messages).format(n=summary.messages)
    new = ngettext("{n} new", "{n} new", summary.new).format(n=summary.new)
    flagged = ngettext("{n} flagged", "{n} flagged", summary.flagged).format(n=summary.flagged)
    say(_("{read}, {new}, {flagged}.").format(read=read, new=new, flagged=flagged))
    for error in errors:
        say(f"{error['file']}, {error['place']}: {error['error']}")
