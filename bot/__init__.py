"""The process: wires everything together, receives, sends, and watches the clock."""

import os

# python-telegram-bot 22 warns at every RetryAfter unless told that we read it as a span of time.
os.environ.setdefault("PTB_TIMEDELTA", "true")
