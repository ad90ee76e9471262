"""The command `classify`: has AI asked about stored messages, within the budget."""

import argparse
import sys
import time

from tqdm import tqdm

from moderator_app.app import App
from moderator_app.cli.output import complain, print_json, say
from moderator_app.domain.ai import Which
from moderator_app.domain.errors import SignInNeeded
from moderator_app.language import _, format_number, ngettext
from moderator_app.moderation.classifying import Classified
from moderator_app.moderation.records import Record


async def classify(app: App, chosen: argparse.Namespace) -> int:
    """Ask about what has no answer yet. A server that is silent, or an empty budget, ends it early and is said.

    Raises SignInNeeded, also where the server does not take the key.
    """
    began = time.monotonic()
    with tqdm(unit=_(" messages"), file=sys.stderr, disable=not sys.stderr.isatty()) as bar:

        def show(done: Classified) -> None:
            bar.update(done.messages - bar.n)

        await app.classifying.classifier()
        done = await app.classifying.classify(Which(chosen.which), chosen.limit, show)
    if done.error is not None and not isinstance(done.error, SignInNeeded):
        complain(done.error)
    record = _record(done, time.monotonic() - began)
    if chosen.json:
        print_json(record)
    else:
        _say(done)
    if isinstance(done.error, SignInNeeded):
        raise done.error
    return 0


def _record(done: Classified, seconds: float) -> Record:
    return {
        "messages": done.messages,
        "asked": done.asked,
        "cached": done.cached,
        "skipped": done.skipped,
        "invalid": done.invalid,
        "unanswered": done.unanswered,
        "requests": done.use.requests,
        "tokens": done.use.tokens,
        "cost": round(done.use.cost, 6),
        "seconds": round(seconds, 3),
    }


def _say(done: Classified) -> None:
    asked = ngettext("{n} message asked about", "{n} messages asked about", done.asked).format(n=done.asked)
    cached = ngettext("{n} known already", "{n} known already", done.cached).format(n=done.cached)
    skipped = ngettext("{n} decided already", "{n} decided already", done.skipped).format(n=done.skipped)
    nothing = done.invalid + done.unanswered
    without = ngettext("{n} without an answer", "{n} without an answer", nothing).format(n=nothing)
    say(", ".join((asked, cached, skipped, without)))
    requests = ngettext("{n} request", "{n} requests", done.use.requests).format(n=done.use.requests)
    tokens = ngettext("{n} token", "{n} tokens", done.use.tokens).format(n=format_number(done.use.tokens))
    say(f"{requests}, {tokens}, {format_number(done.use.cost, 4)} $")
