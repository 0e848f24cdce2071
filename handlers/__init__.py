"""What people type, press and read: `features.py` lists it, and each folder of a feature holds all that is its own."""
