"""Stop words and phrases in all their forms, found by their first words: the cost does not grow with the list."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from moderator_app.domain.lists import StopWord

Rest = tuple[frozenset[str], ...]


class WordIndex:
    """Entries by every form of their first word, each form spelled by `key`; it is empty for forms to leave out."""

    def __init__(
        self, entries: Iterable[tuple[StopWord, Sequence[frozenset[str]]]], key: Callable[[str], str] = str
    ) -> None:
        self._by_first: dict[str, tuple[tuple[StopWord, Rest], ...]] = {}
        self._words: set[str] = set()
        for entry, forms in entries:
            spelled = [frozenset(filter(None, map(key, some))) for some in forms]
            self._words.update(*spelled[1:])
            one = ((entry, tuple(spelled[1:])),)
            for form in spelled[0]:
                self._by_first[form] = self._by_first.get(form, ()) + one if form in self._by_first else one

    def __bool__(self) -> bool:
        return bool(self._by_first)

    def has_none_of(self, words: Iterable[str]) -> bool:
        """Whether no entry begins with one of `words`."""
        return self._by_first.keys().isdisjoint(words)

    def knows_none_of(self, words: Iterable[str]) -> bool:
        """Whether none of `words` is part of any entry."""
        return all(word not in self._by_first and word not in self._words for word in words)

    def single(self, word: str) -> Iterator[StopWord]:
        """The entries that are this one word."""
        return (entry for entry, rest in self._by_first.get(word, ()) if not rest)

    def single_words(self) -> Iterator[str]:
        return (form for form, found in self._by_first.items() if any(not rest for _, rest in found))

    def hits(self, words: Sequence[str]) -> Iterator[tuple[StopWord, int, int]]:
        """The entries among `words`, with the places of their first and last word."""
        for index, word in enumerate(words):
            for entry, rest in self._by_first.get(word, ()):
                last = index + len(rest)
                if last < len(words) and all(map(frozenset.__contains__, rest, words[index + 1 : last + 1])):
                    yield entry, index, last
