"""What residents send and press, in private."""
