"""What can be read in any text, whoever wrote it: numerals, telephone numbers, and what two writings have in common."""
