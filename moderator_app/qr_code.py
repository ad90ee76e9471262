"""Makes QR codes."""

# Light modules that readers need around the code; the standard asks for four, and cameras are content with two.
QUIET = 2


def modules(text: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the code of `text`, True for a dark module, with a light border."""
    import segno

    code = segno.make_qr(text, error="l", boost_error=False)
    return tuple(tuple(map(bool, row)) for row in code.matrix_iter(border=QUIET))
