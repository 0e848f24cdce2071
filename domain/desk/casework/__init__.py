"""What a unit does about a case that it has."""
