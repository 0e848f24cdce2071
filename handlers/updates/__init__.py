"""Telegram's into ours: an update as a handler meets it, who it comes from, and which case it is about."""
