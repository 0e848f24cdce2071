"""People and everything that they can do with a Telegram app."""

from sandbox.people.actor import Place
from sandbox.people.person import Person

__all__ = ["Person", "Place"]
