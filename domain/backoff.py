"""Back-off: for how long to wait before what has failed is tried again. Pure."""

from datetime import timedelta


def back_off(failures: int, first: timedelta, longest: timedelta) -> timedelta:
    """Return the wait after so many failures in a row: `first`, then twice as long each time, up to `longest`."""
    enough = (longest // first).bit_length()
    return min(longest, first * (1 << min(max(0, failures - 1), enough)))
