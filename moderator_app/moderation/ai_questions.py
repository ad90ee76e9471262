"""Makes questions of messages: what is sent of each, and which share a request."""

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from moderator_app.domain.ai import BATCH, BATCH_CHARACTERS, MOST_CHARACTERS, Answer, Check, Question, State, Word
from moderator_app.domain.ai_findings import located, moved
from moderator_app.judging.instructions import Orders, orders_in
from moderator_app.judging.masking import Masked, mask, unmasked

_LOOKED_AT = 4
_SPACES = re.compile(r"\s+")
# What no JSON can hold.
_SURROGATES = re.compile("[\ud800-\udfff]")
# Unseen signs with which a text is made another one.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


@dataclass(frozen=True, slots=True)
class Asking:
    """What is asked about one message. `key` stands for all that its answer depends on."""

    id: int
    masked: Masked
    question: Question
    orders: Orders
    key: bytes

    def check(self, answer: Answer | None) -> Check:
        """What came of it, with the words where they stand in the text as written."""
        orders = self.orders is Orders.PLAIN
        if answer is None:
            return Check(State.INVALID, None, orders)
        here = located(answer, self.question.text)
        return Check(State.ANSWERED, moved(here, [(word, self._written(word)) for word in here.words]), orders)

    def _written(self, word: Word) -> tuple[tuple[int, int], ...]:
        places = (self.masked.written(span) for span in word.spans)
        return tuple(place for place in places if place is not None)


def asking(
    id: int,
    text: str,
    edition: str,
    *,
    masking: bool = False,
    names: Collection[str] = (),
    picture: bytes | None = None,
) -> Asking:
    """What is asked about a text: masked where that is wanted, then cut."""
    # What is sent is found at the beginning; masking may make it shorter.
    text = _SURROGATES.sub("\ufffd", text[: _LOOKED_AT * MOST_CHARACTERS])
    masked = mask(text, names) if masking else unmasked(text)
    sent = masked.text[:MOST_CHARACTERS]
    orders = orders_in(text)
    alone = orders is not Orders.NONE or picture is not None
    question = Question(id, sent, alone, picture)
    return Asking(id, masked, question, orders, _key(sent, edition, picture))


def _key(sent: str, edition: str, picture: bytes | None) -> bytes:
    """Equal for texts that differ only in case, spaces and signs that nobody sees."""
    plain = _SPACES.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFKC", sent)).casefold()).strip()
    digest = hashlib.blake2b(f"{edition}\0{plain}\0".encode(), digest_size=16)
    digest.update(picture or b"")
    return digest.digest()


def batches(askings: Iterable[Asking], most: int = BATCH) -> Iterator[list[Asking]]:
    """Which questions share a request: a few short ones, and each that stands alone by itself."""
    company: list[Asking] = []
    characters = 0
    for each in askings:
        if each.question.alone:
            yield [each]
            continue
        length = len(each.question.text)
        if company and (len(company) == most or characters + length > BATCH_CHARACTERS):
            yield company
            company, characters = [], 0
        company.append(each)
        characters += length
    if company:
        yield company


def reused(answer: Answer) -> Answer:
    """An answer that another text was given first: it costs nothing."""
    return replace(answer, cached=True, cost=0.0)
