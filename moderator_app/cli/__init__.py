"""The commands besides the window: parse, call the use case, print."""

from moderator_app.cli.run import main as main
