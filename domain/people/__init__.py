"""The people of a neighbourhood, and how they are reached."""
