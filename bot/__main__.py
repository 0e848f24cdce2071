"""`python -m bot` is the same as `minhu`."""

from bot.cli import main

main()
