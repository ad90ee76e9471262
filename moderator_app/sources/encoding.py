"""Tells by its first bytes a file that is not in UTF-8."""

import codecs

# Bytes that are enough to tell.
HEAD = 1024

# The longer marks first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32 LE"),
    (codecs.BOM_UTF32_BE, "UTF-32 BE"),
    (codecs.BOM_UTF16_LE, "UTF-16 LE"),
    (codecs.BOM_UTF16_BE, "UTF-16 BE"),
)
_WITHOUT_MARK = ("UTF-32 LE", "UTF-32 BE", "UTF-16 LE", "UTF-16 BE")


def foreign_encoding(head: bytes) -> str:
    """The encoding of a file of JSON that begins with `head`; nothing where it may be UTF-8."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    # UTF-8 has no NUL, which the others have beside each bracket.
    return next((encoding for encoding in _WITHOUT_MARK if _begins_json(head, encoding)), "")


def _begins_json(head: bytes, encoding: str) -> bool:
    return head[:HEAD].decode(encoding.replace(" ", "-"), "ignore").lstrip().startswith(("{", "["))
