"""Words and phrases that admins put on a list."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from moderator_app.domain.judgement import RuleBook
from moderator_app.domain.message import CommunityKey, Message
from moderator_app.domain.verdict import Finding, Label
from moderator_app.judging.folded import Folded
from moderator_app.judging.spans import as_written
from moderator_app.judging.stop_list import Hit, StopList

_SCORE = 0.8
_MOST_NAMED = 5


class StopWords:
    """Raises Refused when a pattern on the list cannot be used."""

    id = "stop_words"

    def __init__(self, book: RuleBook) -> None:
        words = book.lists.stop_words
        self._everywhere = StopList(entry for entry in words if entry.community is None)
        self._communities = {
            community: StopList(entry for entry in words if entry.community in (None, community))
            for community in {entry.community for entry in words if entry.community is not None}
        }

    def meet(self, community: CommunityKey, texts: Sequence[Folded]) -> None:
        self._list(community).meet(texts)

    def look(self, message: Message, folded: Folded) -> Iterable[Finding]:
        hits = self._list(message.key.community_key).hits(folded)
        if not hits:
            return ()
        by_label: dict[Label, list[Hit]] = defaultdict(list)
        for hit in hits:
            by_label[hit[0].label].append(hit)
        return [self._finding(label, hits, folded) for label, hits in by_label.items()]

    def _finding(self, label: Label, hits: Sequence[Hit], folded: Folded) -> Finding:
        names = list(dict.fromkeys(entry.text for entry, _ in hits))
        return Finding(
            self.id,
            label,
            _SCORE,
            "finding.stop_words.words",
            as_written(folded, (span for _, span in hits)),
            (("words", ", ".join(names[:_MOST_NAMED])), ("count", len(names))),
        )

    def _list(self, community: CommunityKey) -> StopList:
        return self._communities.get(community, self._everywhere) if self._communities else self._everywhere
