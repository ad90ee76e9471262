"""A desktop console for moderators of Telegram and VK communities."""

__version__ = "0.1.0"
