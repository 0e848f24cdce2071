"""What a draft card says of open cases that may be the same (同一件): of a neighbour's just what, where and when."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.cases.drafts import Draft
from domain.cases.likeness import Glance
from domain.desk.intake.alike import cases_like_draft
from domain.organisation.addresses import without_door
from domain.organisation.places import gazetteer_of
from handlers.draft.buttons import JoinCase
from handlers.rendering.buttons import button
from handlers.rendering.labels import unit_label
from handlers.rendering.sending import Scene, Sending

OFFERED = 2


async def same_as(sending: Sending, draft: Draft) -> Sequence[Glance]:
    """Return the open cases that the card offers, where it shows no other choice."""
    return [] if draft.menu else (await cases_like_draft(sending.desk, draft))[:OFFERED]


def same_lines(same: Sequence[Glance], scene: Scene) -> Iterator[Markup]:
    """Yield what is said of them."""
    words = scene.words
    if same:
        yield Markup("")
        yield words("draft.same")
    for one in same:
        about = one.category or words(f"kind.{one.kind}")
        yield words(
            "draft.same_case",
            number=f"#{one.number}",
            about=about,
            place=_where(one, scene),
            span=scene.now - one.raised_at,
        )


def same_buttons(draft: Draft, same: Sequence[Glance], scene: Scene) -> Iterator[list[InlineKeyboardButton]]:
    """Yield a button for each."""
    for one in same:
        yield [button(scene.words("button.same", number=f"#{one.number}"), JoinCase(draft.id, one.case))]


def _where(one: Glance, scene: Scene) -> Markup | str:
    """Return the place as far as anybody may read it: compound and building, or the unit."""
    place = without_door(gazetteer_of(scene.org).find(one.address).words)
    return place or unit_label(scene.org, one.raised_in, scene.words)
