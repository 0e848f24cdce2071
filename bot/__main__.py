"""The start of the program, as `minhu` and as `python -m bot`."""

import gc


def main() -> None:
    """Load the program, and run its command line.

    No garbage is looked for meanwhile, which takes as long as a third of the loading, nor ever in what was loaded.
    """
    gc.disable()
    from bot.cli import main as run  # noqa: PLC0415 - this is the loading

    gc.freeze()
    gc.enable()
    run()


if __name__ == "__main__":
    main()
