"""A person at a terminal: reads what a command writes there, types answers."""

import asyncio
import codecs
import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

PATIENCE = 20.0
ROWS, COLUMNS = 50, 120


class Hands:
    def __init__(self, process: subprocess.Popen[bytes], screen: int) -> None:
        self._process, self._screen = process, screen
        self.seen = ""
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._ended = False
        os.set_blocking(screen, False)
        asyncio.get_running_loop().add_reader(screen, self._read)

    async def reads(self, words: str) -> str:
        """Wait until `words` stand on the terminal; returns what stood there up to them, and forgets it."""
        await self._until(lambda: words in self.seen, f"{words!r} is not in {self.seen!r}")
        before, _, self.seen = self.seen.partition(words)
        return before

    def types(self, line: str) -> None:
        os.write(self._screen, line.encode() + b"\n")

    def strikes(self, key: bytes) -> None:
        os.write(self._screen, key)

    def echoes(self) -> bool:
        """Whether the terminal shows what is typed."""
        return bool(termios.tcgetattr(self._screen)[3] & termios.ECHO)

    async def ends(self) -> int:
        """Wait for the command's exit code."""
        await self._until(lambda: self._process.poll() is not None, f"still running after {self.seen!r}")
        # What it wrote last.
        await self._until(lambda: self._ended, "the terminal is still open")
        return self._process.wait()

    def leave(self) -> None:
        asyncio.get_running_loop().remove_reader(self._screen)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        os.close(self._screen)

    async def _until(self, condition: Callable[[], bool], complaint: str) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + PATIENCE
        while not condition():
            assert loop.time() < end, complaint
            await asyncio.sleep(0.02)

    def _read(self) -> None:
        try:
            data = os.read(self._screen, 65_536)
        except BlockingIOError:
            return
        except OSError:
            # Linux says so when the last process has closed its end.
            data = b""
        if data:
            self.seen += self._decoder.decode(data).replace("\r\n", "\n")
        else:
            self._ended = True
            asyncio.get_running_loop().remove_reader(self._screen)


@asynccontextmanager
async def at_terminal(arguments: Sequence[str], environment: Mapping[str, str]) -> AsyncIterator[Hands]:
    """`moderator-app` with these arguments on a terminal of its own."""
    hands = Hands(*_started(arguments, environment))
    try:
        yield hands
    finally:
        hands.leave()


def _started(arguments: Sequence[str], environment: Mapping[str, str]) -> tuple[subprocess.Popen[bytes], int]:
    screen, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, *arguments],
        stdin=inner,
        stdout=inner,
        stderr=inner,
        start_new_session=True,
        env={**os.environ, **environment},
    )
    os.close(inner)
    return process, screen


# Takes the terminal for its own first, so that Ctrl+C reaches it.
_PROGRAM = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from moderator_app.__main__ import main
sys.exit(main())
"""
