"""What the server can be told: faults of transport and of content, and whose orders its model obeys."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Of transport: LATE to HUGE. Of chat answers: INVALID_JSON to MISSING_FIELD. Of moderation: the rest."""

    LATE = "late"
    DRIP = "drip"
    TOO_MANY = "429"
    FAULT = "500"
    CUT = "cut"
    HANG = "hang"
    UNKNOWN = "404"
    KEY = "401"
    BAD_REQUEST = "400"
    HTML = "html"
    HUGE = "huge"
    INVALID_JSON = "invalid_json"
    WRONG_IDS = "wrong_ids"
    DOUBLED_IDS = "doubled_ids"
    EXTRA = "extra"
    REFUSAL = "refusal"
    LENGTH = "length"
    FOREIGN_WORD = "foreign_word"
    OUT_OF_RANGE = "out_of_range"
    WRONG_LABEL = "wrong_label"
    MISSING_FIELD = "missing_field"
    RESULT_MISSING = "result_missing"
    RESULT_EXTRA = "result_extra"
    RESULT_RANGE = "result_range"


class Obeys(StrEnum):
    """NOBODY: texts are data. ANYWHERE: a text with an order in it decides all verdicts of its request.

    OUTSIDE: only where it stands outside the JSON of the messages.
    """

    NOBODY = "nobody"
    ANYWHERE = "anywhere"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the next `times` requests whose path ends in `path` (all where it is empty)."""

    kind: Kind
    times: int = 1
    path: str = ""
    seconds: float = 0.0
    retry_after: str = ""
