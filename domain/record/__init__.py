"""一事一档: what is kept of everything that happens."""
