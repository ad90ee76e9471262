"""A moderator's own Telegram account. Any module of it imports Telethon, which takes 0.2 s: import it on first use."""
