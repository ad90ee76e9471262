"""From a message to findings: pure, no input or output."""
