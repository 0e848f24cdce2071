"""A Bot API of one's own: people, groups and topics in memory, and Telegram's methods over them."""
