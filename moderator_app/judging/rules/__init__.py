"""One small module per check."""
