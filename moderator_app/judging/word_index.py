"""Stop words and phrases in all their forms, found by their first words: the cost does not grow with the list."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from moderator_app.domain.lists import StopWord

Rest = tuple[frozenset[str], ...]
# An entry with the forms of each of its words.
Forms = tuple[StopWord, Sequence[frozenset[str]]]
# An entry with the places of its first and last word.
Place = tuple[StopWord, int, int]


class WordIndex:
    """Entries by every form of their first word."""

    def __init__(self, entries: Iterable[Forms]) -> None:
        self._by_first: dict[str, tuple[tuple[StopWord, Rest], ...]] = {}
        self._further: set[str] = set()
        for entry, (first, *rest) in entries:
            self._further.update(*rest)
            one = ((entry, tuple(rest)),)
            for form in first:
                known = self._by_first.get(form)
                self._by_first[form] = one if known is None else known + one

    @property
    def forms(self) -> list[str]:
        """All forms of all words, each once."""
        return [*self._by_first, *(self._further - self._by_first.keys())]

    def first_among(self, words: set[str]) -> set[str]:
        """Those of `words` that an entry begins with."""
        return self._by_first.keys() & words

    def single(self, word: str) -> Iterator[StopWord]:
        """The entries that are this one word."""
        return (entry for entry, rest in self._by_first.get(word, ()) if not rest)

    def single_words(self) -> Iterator[str]:
        return (form for form, found in self._by_first.items() if any(not rest for _, rest in found))

    def hits(self, readings: Sequence[Collection[str]]) -> Iterator[Place]:
        """The entries among words, for each of which any of its readings counts."""
        for index, words in enumerate(readings):
            for entry, rest in (found for word in words for found in self._by_first.get(word, ())):
                last = index + len(rest)
                if last < len(readings) and not any(map(frozenset.isdisjoint, rest, readings[index + 1 : last + 1])):
                    yield entry, index, last


class Respelled:
    """The words of an index in another spelling.

    `spell` is given all forms at once, and answers with as many: empty ones are left out. `variants` are pairs of a
    form and another one that stands for it, too.
    """

    def __init__(
        self,
        index: WordIndex,
        spell: Callable[[Sequence[str]], list[str]],
        variants: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._index = index
        forms = index.forms
        meant = [*forms, *(form for form, _ in variants)] if variants else forms
        spelled = spell([*forms, *(variant for _, variant in variants)] if variants else forms)
        self._one = dict(zip(spelled, meant, strict=True))
        # Few are spelled like another.
        self._more: defaultdict[str, list[str]] = defaultdict(list)
        for each, form in zip(spelled, meant, strict=True):
            if self._one[each] is not form:
                self._more[each].append(form)
        self._one.pop("", None)

    def knows(self, spelled: str) -> bool:
        return spelled in self._one

    def single(self, spelled: str) -> Iterator[StopWord]:
        """The entries that are this one word."""
        return (entry for form in self._forms(spelled) for entry in self._index.single(form))

    def hits(self, words: Iterable[str]) -> Iterator[Place]:
        return self._index.hits([self._forms(word) for word in words])

    def _forms(self, spelled: str) -> Collection[str]:
        form = self._one.get(spelled)
        return () if form is None else (form, *self._more.get(spelled, ()))
