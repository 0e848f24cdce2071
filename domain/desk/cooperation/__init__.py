"""How a case goes from one unit to another, and who has it where they do not agree."""
