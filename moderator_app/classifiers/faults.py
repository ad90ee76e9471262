"""What went wrong with a request, told without anything that was sent or answered."""

import email.utils
import math
import time
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# What a server may ask to wait at most.
LONGEST_RETRY_AFTER = 3600.0


class Kind(StrEnum):
    """SILENT: no answer, a later try may get one. BUSY: the server asks to wait. MISSING: it has no such endpoint.

    KEY: it does not take the key. REFUSED: it will not do it, however often it is asked. UNUSABLE: an answer of no use.
    """

    SILENT = "silent"
    BUSY = "busy"
    MISSING = "missing"
    KEY = "key"
    REFUSED = "refused"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class Fault:
    kind: Kind
    status: int = 0
    wait: float = 0.0

    @property
    def may_pass(self) -> bool:
        """Whether the same request may be answered later."""
        return self.kind in (Kind.SILENT, Kind.BUSY)


def of_status(status: int, headers: Mapping[str, str]) -> Fault:
    """What an answer with an error status means."""
    if status == 429:
        return Fault(Kind.BUSY, status, retry_after(headers) or 0.0)
    if status in (408, 409) or status >= 500:
        return Fault(Kind.SILENT, status, retry_after(headers) or 0.0)
    if status in (404, 405, 501):
        return Fault(Kind.MISSING, status)
    if status in (401, 403):
        return Fault(Kind.KEY, status)
    return Fault(Kind.REFUSED, status)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds that a server asks to wait: a number or a date (RFC 9110, 10.2.3), or OpenAI's milliseconds."""
    for name, divisor in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) / divisor
        except ValueError:
            continue
        if math.isfinite(seconds) and seconds >= 0:
            return min(seconds, LONGEST_RETRY_AFTER)
    try:
        moment = email.utils.parsedate_to_datetime(headers.get("retry-after", ""))
    except (TypeError, ValueError):
        return None
    return min(max(0.0, moment.timestamp() - time.time()), LONGEST_RETRY_AFTER)
