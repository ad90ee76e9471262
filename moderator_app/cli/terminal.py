"""Asks questions on a terminal without stopping the event loop."""

import asyncio
import getpass
import os
import shutil
import sys
import textwrap
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from moderator_app.cli import output

_WIDEST = 100


def is_there() -> bool:
    """Whether somebody can be asked."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def has_colours() -> bool:
    return "NO_COLOR" not in os.environ and os.environ.get("TERM", "") not in ("", "dumb")


def say(text: str) -> None:
    output.say(text)
    # Nothing may be asked after it for a while.
    sys.stdout.flush()


def wrapped(text: str) -> str:
    return textwrap.fill(text, min(columns(), _WIDEST), break_long_words=False, break_on_hyphens=False)


def columns() -> int:
    return max(20, shutil.get_terminal_size().columns)


async def ask(prompt: str) -> str:
    """A line typed by the person. Raises EOFError at the end of input."""
    return (await _in_thread(lambda: input(prompt))).strip()


async def ask_secret(prompt: str) -> str:
    """A line that is not shown while it is typed."""
    return await _in_thread(lambda: getpass.getpass(prompt))


@contextmanager
def tidy() -> Iterator[None]:
    """Have the terminal show what is typed again, however a question was broken off."""
    try:
        import termios
    except ImportError:
        # Windows, where nothing is changed.
        yield
        return
    before = termios.tcgetattr(sys.stdin)
    try:
        yield
    finally:
        with suppress(termios.error, OSError):
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)


async def _in_thread(question: Callable[[], str]) -> str:
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()

    def settle(typed: str, error: BaseException | None) -> None:
        if answer.done():
            return
        if error is None:
            answer.set_result(typed)
        else:
            answer.set_exception(error)

    def work() -> None:
        typed, failed = "", None
        try:
            typed = question()
        except BaseException as error:
            failed = error
        with suppress(RuntimeError):
            # The loop may be gone, and whoever asked as well.
            loop.call_soon_threadsafe(settle, typed, failed)

    # A thread of the pool would keep the program from ending until the person has typed something.
    threading.Thread(target=work, daemon=True).start()
    return await answer
