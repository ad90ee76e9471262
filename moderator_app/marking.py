"""Marks words for the catalogue of translations where they stand, before a language is chosen."""

Sentence = str | tuple[str, str]


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark `message` for the catalogue without translating it yet."""
    return message


def N_plural(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - goes with N_
    """Mark a sentence with a count for the catalogue without translating it yet."""
    return one, many
