"""What the command line says: in the terminal's language, one sentence a fault, never a traceback."""

import os
import sys
from collections.abc import Iterable
from typing import NoReturn

import typer
from markupsafe import Markup

from handlers.words import Words

DONE, FAILED, WRONG_USAGE = 0, 1, 2


def terminal_words() -> Words:
    """Return the words for whoever reads this terminal: Chinese where its locale is, else English."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return Words("zh" if locale.lower().startswith("zh") else "en")


def say(key: str, **values: object) -> str:
    """Return a text of the catalogue as plain text in the terminal's language."""
    text: Markup = terminal_words()(key, **values)
    return text.unescape()


def show(key: str, **values: object) -> None:
    """Print a text to stdout."""
    typer.echo(say(key, **values))


def complain(lines: Iterable[str]) -> None:
    """Print faults to stderr, one a line."""
    for line in lines:
        typer.echo(line, err=True)


def leave(code: int, key: str, **values: object) -> NoReturn:
    """Print why to stderr and leave with this exit code."""
    complain([say(key, **values)])
    sys.exit(code)
