"""The card of a draft in a private chat, with the menus that its buttons open."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup
from telegram import InlineKeyboardButton

from domain.cases.case import Case
from domain.cases.drafts import WHICH, Draft, DraftState
from domain.cases.kinds import Kind
from domain.cases.likeness import Glance
from domain.desk.casework.view import Page, list_own_open_cases
from domain.desk.intake.attribute import cases_waiting
from domain.letters.contents import DraftCard, DraftPutAway
from domain.letters.posts import card_of_draft
from domain.organisation.units import Unit
from domain.people.person import Actor, UnitCode
from handlers.draft.buttons import (
    AddToCase,
    CancelDraft,
    OpenMenu,
    PickKind,
    PickUnit,
    Submit,
    TakeUpDraft,
    ToggleAnonymous,
)
from handlers.draft.receipt import render_closed_draft
from handlers.draft.same import same_as, same_buttons, same_lines
from handlers.rendering.buttons import button, keyboard, turns
from handlers.rendering.labels import numbered, one_line, place_label, shorten, unit_label
from handlers.rendering.questions import on_page
from handlers.rendering.sending import Scene, Sending, Text, Written
from handlers.words import Words

DRAFT_TEXT_LIMIT = 400
TREE_PAGE = 24
OFFERED_WORDS = 24
PLACES_LIMIT = 24
LAST = frozenset({DraftState.OPEN, DraftState.SUBMITTED})
"""A card that shows this is the last message in its chat."""
OFFERED = 3
"""To so many open cases the draft card itself offers to be added; the others are a press away."""


async def write_draft_card(sending: Sending, content: DraftCard) -> Written:
    """Write the one card of a draft, below all that came after it; once submitted it is the receipt.

    What else became of a draft is said only where its card stands.
    """
    work, subject = sending.desk.work, card_of_draft(content.draft)
    draft = await work.drafts.look_at(content.draft)
    card = await sending.card(subject) if draft else None
    if draft is None or (card is None and draft.state not in LAST):
        return Written()
    if draft.state is DraftState.OPEN:
        person = await work.people.look_at(draft.person)
        offers = await _offers(sending, draft)
        same = await same_as(sending, draft)
        text = render_draft_card(draft, person.name if person else "", offers, same, sending.scene)
    else:
        case = await work.cases.look_at(draft.case) if draft.case else None
        text = render_closed_draft(draft, case, sending.scene)
    is_covered = card is not None and draft.below is not None and card.message < draft.below
    if is_covered and draft.state in LAST:
        return Written(text, draft.case, subject, above=card)
    return Written(text, draft.case, subject, card)


async def _offers(sending: Sending, draft: Draft) -> Page:
    """Return the open cases that the draft may be added to; where it is asked which, those that wait for a word."""
    if draft.neighbour:
        return Page((), 0, 0)
    resident = Actor(draft.person, "")
    if draft.menu == WHICH:
        waiting = await cases_waiting(sending.desk, resident)
        return Page(waiting, 0, len(waiting))
    return await list_own_open_cases(sending.desk, resident, page_of_offers(draft.menu))


async def write_draft_put_away(sending: Sending, content: DraftPutAway) -> Written:
    """Write that a draft was put away, with the button to take it up again."""
    words, draft = sending.words, await sending.desk.work.drafts.look_at(content.draft)
    text = one_line(draft.opening, OFFERED_WORDS) if draft else ""
    buttons = keyboard([button(words("button.take_up"), TakeUpDraft(content.draft))])
    return Written(Text(words("answer.draft_put_away", text=text or words("file.no_text")), buttons))


def render_draft_card(draft: Draft, name: str, offers: Page, same: Sequence[Glance], scene: Scene) -> Text:
    """Return the card of an open draft, with the buttons that its menu shows now.

    `name`: its resident's; `offers`: the cases of theirs that it may be added to; `same`: those of others that may be
    the same.
    """
    lines = Markup("\n").join(_draft_lines(draft, name, same, scene))
    return Text(lines, keyboard(*_draft_buttons(draft, offers, same, scene)), live=True)


def _draft_lines(draft: Draft, name: str, same: Sequence[Glance], scene: Scene) -> Iterator[Markup]:
    words = scene.words
    kind = "draft.kind_open" if draft.leaves_kind_open else f"kind.{draft.kind}"
    title = words("draft.title", kind=words(kind))
    yield Markup(" ").join([words("draft.urgent"), title]) if draft.urgent else title
    yield _draft_place(draft, scene)
    yield _draft_text(draft, words)
    if draft.characters > DRAFT_TEXT_LIMIT:
        yield words("draft.text_long", count=draft.characters)
    if draft.attachments:
        yield words("draft.attachments", count=draft.attachments)
    yield _whose(draft, name, words)
    yield from same_lines(same, scene)
    yield Markup("")
    yield words("draft.ready_or_same") if same else _draft_hint(draft, scene)
    if draft.urgent:
        yield words("draft.submits_itself", within=scene.policy.urgent.submit_after.always)


def _whose(draft: Draft, name: str, words: Words) -> Markup:
    if draft.neighbour and not draft.neighbour.name:
        return words("draft.found")
    if draft.anonymous:
        return words("draft.anonymous")
    return (
        words("draft.for_neighbour", name=draft.neighbour.name) if draft.neighbour else words("draft.named", name=name)
    )


def _draft_text(draft: Draft, words: Words) -> Markup:
    if draft.opening:
        return words("draft.text", text=shorten(draft.opening, DRAFT_TEXT_LIMIT))
    return words("draft.text_spoken" if draft.has_voice else "draft.text_missing")


def _draft_place(draft: Draft, scene: Scene) -> Markup:
    words = scene.words
    if draft.unit is None or draft.unit not in scene.org:
        if draft.choices and draft.menu in ("choices", "sides"):
            return _question_of_place(draft, words)
        return words("draft.place_unknown")
    known_as = "" if draft.unit_given else _joined(scene.org[draft.unit].places)
    place = place_label(scene.org, draft.unit, draft.address or known_as, words)
    responsible = scene.org.responsible_for(draft.unit)
    if responsible.code != draft.unit:
        place = words("place.handled_by", unit=place, responsible=unit_label(scene.org, responsible.code, words))
    return words("draft.place" if draft.unit_given else "draft.place_remembered", place=place)


def _question_of_place(draft: Draft, words: Words) -> Markup:
    if draft.menu == "sides" and draft.address:
        return words("draft.pin_or_words", address=draft.address)
    return words("draft.place_choices", address=draft.address) if draft.address else words("draft.pin_choices")


def _draft_hint(draft: Draft, scene: Scene) -> Markup:
    words = scene.words
    if draft.menu == "kinds":
        return words("draft.pick_kind")
    if draft.menu.startswith("tree"):
        return words("draft.pick_place")
    if draft.menu.startswith("cases"):
        return words("draft.pick_case")
    if draft.menu == WHICH:
        return words("draft.which")
    if not draft.has_words:
        return words("draft.needs_text")
    return words("draft.ready" if draft.unit in scene.org else "draft.needs_place")


def _draft_buttons(
    draft: Draft, offers: Page, same: Sequence[Glance], scene: Scene
) -> Iterator[list[InlineKeyboardButton]]:
    if draft.menu == "kinds":
        yield from _kind_buttons(draft, scene.words)
    elif draft.menu.startswith("tree"):
        yield from _tree_buttons(draft, scene)
    elif draft.menu in ("choices", "sides") and draft.choices:
        yield from _choice_buttons(draft, scene)
    elif draft.menu == WHICH:
        yield from (
            [button(one_line(case.text, OFFERED_WORDS) or numbered(case), AddToCase(draft.id, case.id))]
            for case in offers.cases
        )
        yield [button(scene.words("button.new_matter"), OpenMenu(draft.id, ""))]
    elif draft.menu.startswith("cases"):
        yield from _offer_buttons(draft, offers, scene.words)
    else:
        yield from _main_buttons(draft, offers, same, scene)


def _main_buttons(
    draft: Draft, page: Page, same: Sequence[Glance], scene: Scene
) -> Iterator[list[InlineKeyboardButton]]:
    words = scene.words
    if draft.is_ready and draft.unit in scene.org:
        yield [button(words("button.submit"), Submit(draft.id))]
    yield from same_buttons(draft, same, scene)
    anonymous = button(words("button.anonymous"), ToggleAnonymous(draft.id))
    yield [
        button(words("button.kind"), OpenMenu(draft.id, "kinds")),
        button(words("button.place"), OpenMenu(draft.id, "tree//0")),
        *([] if draft.neighbour and not draft.neighbour.name else [anonymous]),
    ]
    offers = page.cases[:OFFERED]
    yield from ([_offer(draft, case, words)] for case in offers)
    if page.total > len(offers):
        yield [button(words("button.add_to_others", count=page.total - len(offers)), OpenMenu(draft.id, "cases/0"))]
    yield [button(words("button.cancel"), CancelDraft(draft.id))]


def _offer(draft: Draft, case: Case, words: Words) -> InlineKeyboardButton:
    return button(words("button.add_to", number=numbered(case)), AddToCase(draft.id, case.id))


def _offer_buttons(draft: Draft, page: Page, words: Words) -> Iterator[list[InlineKeyboardButton]]:
    """Yield all open cases that the draft may be added to, a page at a time."""
    yield from ([_offer(draft, case, words)] for case in page.cases)
    ways = turns(page.number, page.pages, lambda to: OpenMenu(draft.id, f"cases/{to}"), words)
    yield [*ways, _back(draft, words)]


def page_of_offers(menu: str) -> int:
    """Read `cases/PAGE`; anything else is the first page."""
    _, _, page = menu.partition("cases/")
    return int(page) if page.isdecimal() else 0


def _kind_buttons(draft: Draft, words: Words) -> Iterator[list[InlineKeyboardButton]]:
    kinds = [button(words(f"kind.{kind}"), PickKind(draft.id, kind)) for kind in Kind]
    yield kinds[:3]
    yield [*kinds[3:], _back(draft, words)]


def _choice_buttons(draft: Draft, scene: Scene) -> Iterator[list[InlineKeyboardButton]]:
    for code in draft.choices:
        if code in scene.org:
            yield [_pick(draft, scene.org[code], unit_label(scene.org, code, scene.words))]
    yield [button(scene.words("button.none_of_these"), OpenMenu(draft.id, "tree//0"))]


def _tree_buttons(draft: Draft, scene: Scene) -> Iterator[list[InlineKeyboardButton]]:
    """Yield a branch of the tree: its units, a page at a time, the branch itself, and the way back."""
    words, (branch, page) = scene.words, parse_tree_menu(draft.menu)
    here = scene.org.units.get(UnitCode(branch)) if branch else None
    units = [unit for unit in scene.org.children(here.code if here else None) if unit.is_geographic]
    while not branch and len(units) == 1 and scene.org.children(units[0].code):
        here = units[0]
        units = [unit for unit in scene.org.children(here.code) if unit.is_geographic]
    code = here.code if here else ""
    shown, _, ways = on_page(units, page, TREE_PAGE, lambda to: OpenMenu(draft.id, f"tree/{code}/{to}"), words)
    longest = max((len(_with_places(unit, words)) for unit in shown), default=0)
    columns = 1 if longest > 10 else 2 if longest > 6 else 3  # noqa: PLR2004 - what fits on a phone
    buttons = [_branch(draft, unit, scene) for unit in shown]
    yield from (buttons[start : start + columns] for start in range(0, len(buttons), columns))
    if here:
        yield [_pick(draft, here, words("button.here", unit=here.name))]
    yield [*ways, _back(draft, words)]


def parse_tree_menu(menu: str) -> tuple[str, int]:
    """Read `tree/CODE/PAGE`; anything else is the top of the tree."""
    parts = menu.split("/")
    return (parts[1], int(parts[2])) if len(parts) == 3 and parts[2].isdecimal() else ("", 0)  # noqa: PLR2004


def _branch(draft: Draft, unit: Unit, scene: Scene) -> InlineKeyboardButton:
    if any(child.is_geographic for child in scene.org.children(unit.code)):
        return button(_with_places(unit, scene.words), OpenMenu(draft.id, f"tree/{unit.code}/0"))
    return _pick(draft, unit, _with_places(unit, scene.words))


def _with_places(unit: Unit, words: Words) -> Markup:
    """Return the places of a unit, by which people know it, before its name; without any, its name."""
    if not unit.places:
        return Markup.escape(unit.name)
    return words("place.with_address", address=_joined(unit.places), unit=unit.name)


def _joined(places: Sequence[str]) -> str:
    return shorten("、".join(places), PLACES_LIMIT)


def _pick(draft: Draft, unit: Unit, label: Markup) -> InlineKeyboardButton:
    return button(label, PickUnit(draft.id, unit.code))


def _back(draft: Draft, words: Words) -> InlineKeyboardButton:
    return button(words("button.back"), OpenMenu(draft.id, ""))
