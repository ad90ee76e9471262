"""The review queue page."""
