"""Obscene words of Russian and English, by their grammar, and the disguises they come in."""
