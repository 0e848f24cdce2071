"""Who may do what, and what one person asks and another decides."""
