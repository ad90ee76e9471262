"""Judges outside the process."""
