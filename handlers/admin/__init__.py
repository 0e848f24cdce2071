"""What admins type and read, in private."""
