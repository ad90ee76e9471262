"""The words of argparse in the language in use."""

import argparse

from moderator_app.language import N_, N_plural, _, ngettext


def speak() -> None:
    """Let help and usage errors speak the language in use."""
    # argparse looks its words up through these two names of its module, and offers no other way.
    argparse.__dict__.update(_=_, ngettext=ngettext)


# For the catalogue; a word that another Python's argparse has besides stays English.
WORDS = (
    N_("usage: "),
    N_("%(prog)s: error: %(message)s\n"),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
    N_plural("expected %s argument", "expected %s arguments"),
)
