"""The card's section about what AI answered: its model, its labels with probabilities, its reason, its price."""

from PySide6.QtWidgets import QWidget

from moderator_app.domain.ai import Answer, Check, State
from moderator_app.language import N_, _, format_number, format_percent, ngettext, spam_kind_name, toxicity_name
from moderator_app.ui.queue.lines import Cell, Line, Section

# What is less likely is not worth a line.
LEAST_TOLD = 0.05
_DIGITS = 6

_STATES = {
    State.WAITING: N_("No answer yet: it waits for its turn."),
    State.UNANSWERED: N_("No answer: the server was silent. It is asked again at the next start."),
    State.INVALID: N_("No answer: what came cannot be used. This does not mean that the message is clean."),
    State.SKIPPED: N_("Not asked: rules or people have decided already."),
}


class AiSection(Section):
    """Hidden where nobody has asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(1, parent)

    def show_check(self, check: Check | None) -> None:
        self.head(_("What AI says"))
        if check is None:
            self.fill([])
        elif check.answer is None:
            self.fill([(Cell(_("answer"), "muted"), Cell(_(_STATES[check.state]), "warning", said=True))])
        else:
            self.fill(_lines(check.answer))


def _lines(answer: Answer) -> list[Line]:
    lines = [_pair(_("spam"), _spam(answer))]
    told = [(kind, share) for kind, share in answer.toxicity if share >= LEAST_TOLD]
    if told:
        shares = ", ".join(f"{toxicity_name(kind)} {format_percent(share)}" for kind, share in told)
        lines.append(_pair(_("toxicity"), shares))
    if answer.words:
        words = ", ".join(f"{word.word} ({word.base_form}) {format_percent(word.confidence)}" for word in answer.words)
        lines.append(_pair(ngettext("obscene word", "obscene words", len(answer.words)), words))
    if answer.reason:
        lines.append(_pair(_("reason"), answer.reason))
    lines.append(_pair(_("model"), _("{model}, prompt {version}").format(model=answer.model, version=answer.prompt)))
    lines.append(_pair(_("cost"), _cost(answer)))
    return lines


def _spam(answer: Answer) -> str:
    kind = spam_kind_name(answer.kind)
    return _("{share}, {kind}").format(share=format_percent(answer.spam), kind=kind)


def _cost(answer: Answer) -> str:
    if answer.cached:
        return _("nothing: the same text was answered before")
    return f"{format_number(answer.cost, _DIGITS)} $"


def _pair(name: str, value: str) -> Line:
    return Cell(name, "muted"), Cell(value, said=True)
