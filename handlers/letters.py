"""Which letter is written by whom: the table from what a letter tells to its renderer."""

from collections.abc import Callable, Mapping

from domain.letters import Tells
from handlers.admin.pages import render_members, render_policy, render_units
from handlers.cards import render_card, render_draft_card
from handlers.files import render_file
from handlers.help import render_help
from handlers.lists import render_cases, render_mine, render_todo
from handlers.notices import (
    render_digest,
    render_media,
    render_menu,
    render_news,
    render_prompt,
    render_reminder,
    render_said,
    render_seen,
    render_spent,
    render_toast,
)
from handlers.rendering import Facts, Rendered

Renderer = Callable[[Facts], Rendered | None]


def render(facts: Facts) -> Rendered | None:
    """Return what a letter has become by now; None if it tells of something that is past."""
    return RENDERERS[facts.letter.tells](facts)


def render_view(facts: Facts) -> Rendered | None:
    """Return the page that somebody asked to see."""
    return VIEWS[facts.values["view"]](facts)


VIEWS: Mapping[str, Renderer] = {
    "mine": render_mine,
    "todo": render_todo,
    "cases": render_cases,
    "file": render_file,
    "help": render_help,
    "units": render_units,
    "members": render_members,
    "policy": render_policy,
}

RENDERERS: Mapping[Tells, Renderer] = {
    Tells.SAID: render_said,
    Tells.TOAST: render_toast,
    Tells.SEEN: render_seen,
    Tells.SPENT: render_spent,
    Tells.VIEW: render_view,
    Tells.DRAFT_CARD: render_draft_card,
    Tells.CARD: render_card,
    Tells.NEWS: render_news,
    Tells.MEDIA: render_media,
    Tells.PROMPT: render_prompt,
    Tells.REMINDER: render_reminder,
    Tells.DIGEST: render_digest,
    Tells.MENU: render_menu,
}
