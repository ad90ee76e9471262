"""Judging messages by rules: pure functions of a message, the rule book and what was seen before."""
