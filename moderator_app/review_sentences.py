"""The English sentences about decisions that are more than one key on one message; `sentences` takes them in."""

from collections.abc import Mapping

from moderator_app.marking import N_, Sentence

REVIEW: Mapping[str, Sentence] = {
    "amend.too_late": N_("It is being carried out already: nothing more can be said about it."),
    "decide.confirm": N_(
        "This reaches {items} messages by {people} people, {admins} of them admins or trusted, and has to be confirmed."
    ),
    "queue.nothing_left": N_("Nothing of it is left to decide about: it is gone, or was decided already."),
    "sweep.nowhere": N_("There is no community in which this person can be banned."),
}
