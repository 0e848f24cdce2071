"""What keeps the desk itself in order: its organisation, its groups, whom it reaches, and the head of its history."""
