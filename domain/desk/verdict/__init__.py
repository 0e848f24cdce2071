"""What residents say of what came of their case: whether it is solved, and whether they take it back."""
