"""Where messages come from and where actions are carried out."""
