"""The rules of the desk: standard library only, no clock, no tasks, no framework."""
