"""The search page: everything that was ever stored, and the story of one person."""
