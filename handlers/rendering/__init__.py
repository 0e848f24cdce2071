"""Ours into Telegram's: what a letter becomes as it goes, and how everything in it is named."""
