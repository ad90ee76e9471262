"""Ends the process in time when it was told to, whatever it still waits for."""

import logging
import os
import threading

log = logging.getLogger(__name__)


def leave_within(seconds: float) -> None:
    """Leave with exit code 0 after `seconds`, unless the process has ended by itself by then.

    A thread that waits for a server cannot be stopped, and the interpreter waits for it. Nothing is lost by leaving in
    the middle: what was stored is whole.
    """
    timer = threading.Timer(seconds, _leave, [seconds])
    timer.daemon = True
    timer.start()


def _leave(seconds: float) -> None:
    log.error("stopping took more than %.1f s and was given up", seconds)
    os._exit(0)
