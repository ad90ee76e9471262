"""Values and rules of moderation, with the standard library only."""
