"""Cards: the live message of a draft, and of a case in a unit's room. Pure: state → text and buttons."""

from collections.abc import Iterator

from markupsafe import Markup
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from domain.cases import BEING_WORKED_ON, Case, State
from domain.deadlines import Colour, Deadline
from domain.drafts import Draft, DraftState
from domain.kinds import Kind
from domain.people import UnitCode
from domain.phones import hide_phones
from domain.units import Level, Organisation, Unit
from handlers.buttons import (
    Accept,
    AddToCase,
    CancelDraft,
    Escalate,
    OpenMenu,
    PickKind,
    PickUnit,
    Refuse,
    Resolve,
    Submit,
    ToggleAnonymous,
    button,
    keyboard,
)
from handlers.rendering import Facts, Text
from handlers.words import Words

CARD_TEXT_LIMIT = 600
DRAFT_TEXT_LIMIT = 400
LINE_TEXT_LIMIT = 40
TREE_PAGE = 24
OFFERED = 3
"""To so many open cases the draft card itself offers to be added; the others are a press away."""


def shorten(text: str, limit: int) -> str:
    """Return at most so many characters of a text, with a sign where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def one_line(text: str, limit: int = LINE_TEXT_LIMIT) -> str:
    """Return the beginning of a text as one line."""
    return shorten(" ".join(text.split()), limit)


def numbered(case: Case) -> str:
    """Return the case's number as people read it; Telegram makes a link of it."""
    return f"#{case.number}"


def unit_label(org: Organisation, code: UnitCode, words: Words) -> Markup:
    """Return a unit's name; a grid is named with its community, because every community has a first grid."""
    if code not in org:
        return Markup.escape(org.retired.get(code, code))
    unit = org[code]
    parent = org.units.get(unit.parent) if unit.parent else None
    if unit.level in (Level.GRID, Level.MICROGRID) and parent:
        return words("place.nested", parent=parent.name, unit=unit.name)
    return Markup.escape(unit.name)


def place_label(org: Organisation, code: UnitCode, address: str, words: Words) -> Markup:
    """Return where something is: the written place if there is one, and the unit."""
    unit = unit_label(org, code, words)
    return words("place.with_address", address=address, unit=unit) if address else unit


# --- a case in a room ------------------------------------------------------------------------------------------------


def render_card(facts: Facts) -> Text | None:
    """Return the card of a case for the room of one unit; None if that unit never had it and has it no more."""
    case, unit = facts.case, facts.letter.to.unit
    if case is None or (facts.card is None and (unit != case.unit or not case.is_open)):
        return None
    here = unit == case.unit
    buttons = case_buttons(case, facts) if here else None
    return Text(Markup("\n").join(_card_lines(case, facts, here=here)), buttons, live=True)


def case_buttons(case: Case, facts: Facts) -> InlineKeyboardMarkup | None:
    """Return the buttons of a card: just those whose verb works in this state."""
    words = facts.words
    if case.state is State.SUBMITTED:
        row = [button(words("button.accept"), Accept(case.id))]
        if facts.org.next_up(case.unit):
            row.append(button(words("button.escalate"), Escalate(case.id)))
        return keyboard([*row, button(words("button.refuse"), Refuse(case.id))])
    if case.state in BEING_WORKED_ON:
        row = [button(words("button.resolve"), Resolve(case.id))]
        if facts.org.next_up(case.unit):
            row.append(button(words("button.escalate"), Escalate(case.id)))
        return keyboard(row)
    return None


def colour_sign(case: Case, facts: Facts) -> Markup:
    """Return 🟢, 🟡 or 🔴."""
    return facts.words(f"colour.{case.colour(facts.now)}")


def _card_lines(case: Case, facts: Facts, *, here: bool) -> Iterator[Markup]:
    words = facts.words
    yield words(
        "card.title_urgent" if case.urgent else "card.title",
        colour=colour_sign(case, facts),
        number=numbered(case),
        kind=words(f"kind.{case.kind}"),
        state=words(f"state.{case.state}"),
    )
    if not here:
        yield words("card.elsewhere", unit=unit_label(facts.org, case.unit, words))
    yield from _promise_lines(case, facts)
    yield words("card.place", place=place_label(facts.org, case.raised_in, hide_phones(case.address), words))
    name = hide_phones(case.resident_name)
    yield words("card.resident_anonymous") if case.anonymous else words("card.resident", name=name)
    yield from _owner_lines(case, words)
    yield from _text_lines(case, words)
    if facts.files:
        yield words("card.attachments", count=facts.files)
    if case.returns:
        yield words("card.returns", count=case.returns)
    if case.rating:
        yield words("card.rating", rating=words(f"rating.{case.rating}"))


def _promise_lines(case: Case, facts: Facts) -> Iterator[Markup]:
    submitted = case.state is State.SUBMITTED
    if submitted:
        yield _promise_line("card.accept_by", case.responsible.accept, facts)
    if case.state in BEING_WORKED_ON or (submitted and case.responsible.resolve.colour(facts.now) is not Colour.GREEN):
        yield _promise_line("card.resolve_by", case.responsible.resolve, facts)


def _promise_line(key: str, promise: Deadline, facts: Facts) -> Markup:
    return facts.words(key, at=promise.due_at, left=facts.words.left(promise.due_at, facts.now))


def _owner_lines(case: Case, words: Words) -> Iterator[Markup]:
    if case.owner and case.first_owner and case.first_owner != case.owner:
        yield words("card.owner_and_first", name=case.owner.name, first=case.first_owner.name)
    elif case.owner:
        yield words("card.owner", name=case.owner.name)
    elif case.first_owner:
        yield words("card.first_owner", first=case.first_owner.name)


def _text_lines(case: Case, words: Words) -> Iterator[Markup]:
    shown = hide_phones(case.text)
    yield Markup("")
    yield Markup.escape(shorten(shown, CARD_TEXT_LIMIT)) if shown else words("card.voice_only")
    if len(shown) > CARD_TEXT_LIMIT:
        yield words("card.text_long", count=len(case.text), bare=case.number)
    if shown != case.text:
        yield words("card.phone", bare=case.number)
    yield Markup("")


# --- a draft in a private chat ---------------------------------------------------------------------------------------


def render_draft_card(facts: Facts) -> Text | None:
    """Return the one card of a draft, with the buttons that its menu shows now."""
    draft = facts.draft
    if draft is None:
        return None
    if draft.state is not DraftState.OPEN:
        return _closed_draft(draft, facts)
    lines = Markup("\n").join(_draft_lines(draft, facts))
    return Text(lines, keyboard(*_draft_buttons(draft, facts)), live=True)


def _closed_draft(draft: Draft, facts: Facts) -> Text | None:
    if facts.card is None:
        return None
    number = numbered(facts.case) if facts.case else ""
    return Text(facts.words(f"draft.{draft.state}", number=number), live=True)


def _draft_lines(draft: Draft, facts: Facts) -> Iterator[Markup]:
    words = facts.words
    title = words("draft.title", kind=words(f"kind.{draft.kind}"))
    yield Markup(" ").join([words("draft.urgent"), title]) if draft.urgent else title
    yield _draft_place(draft, facts)
    yield _draft_text(draft, words)
    if draft.characters > DRAFT_TEXT_LIMIT:
        yield words("draft.text_long", count=draft.characters)
    if draft.attachments:
        yield words("draft.attachments", count=draft.attachments)
    yield words("draft.anonymous") if draft.anonymous else words("draft.named", name=facts.name)
    yield Markup("")
    yield _draft_hint(draft, facts)


def _draft_text(draft: Draft, words: Words) -> Markup:
    if draft.opening:
        return words("draft.text", text=shorten(draft.opening, DRAFT_TEXT_LIMIT))
    return words("draft.text_spoken" if draft.has_voice else "draft.text_missing")


def _draft_place(draft: Draft, facts: Facts) -> Markup:
    words = facts.words
    if draft.unit is None or draft.unit not in facts.org:
        if draft.choices and draft.menu in ("choices", "sides"):
            return _question_of_place(draft, words)
        return words("draft.place_unknown")
    place = place_label(facts.org, draft.unit, draft.address, words)
    responsible = facts.org.responsible_for(draft.unit)
    if responsible.code != draft.unit:
        place = words("place.handled_by", unit=place, responsible=unit_label(facts.org, responsible.code, words))
    return words("draft.place" if draft.unit_given else "draft.place_remembered", place=place)


def _question_of_place(draft: Draft, words: Words) -> Markup:
    if draft.menu == "sides" and draft.address:
        return words("draft.pin_or_words", address=draft.address)
    return words("draft.place_choices", address=draft.address) if draft.address else words("draft.pin_choices")


def _draft_hint(draft: Draft, facts: Facts) -> Markup:
    words = facts.words
    if draft.menu == "kinds":
        return words("draft.pick_kind")
    if draft.menu.startswith("tree"):
        return words("draft.pick_place")
    if draft.menu.startswith("cases"):
        return words("draft.pick_case")
    if not draft.has_words:
        return words("draft.needs_text")
    return words("draft.ready" if draft.unit in facts.org else "draft.needs_place")


def _draft_buttons(draft: Draft, facts: Facts) -> Iterator[list[InlineKeyboardButton]]:
    if draft.menu == "kinds":
        yield from _kind_buttons(draft, facts.words)
    elif draft.menu.startswith("tree"):
        yield from _tree_buttons(draft, facts)
    elif draft.menu in ("choices", "sides") and draft.choices:
        yield from _choice_buttons(draft, facts)
    elif draft.menu.startswith("cases"):
        yield from _offer_buttons(draft, facts)
    else:
        yield from _main_buttons(draft, facts)


def _main_buttons(draft: Draft, facts: Facts) -> Iterator[list[InlineKeyboardButton]]:
    words = facts.words
    if draft.is_ready and draft.unit in facts.org:
        yield [button(words("button.submit"), Submit(draft.id))]
    yield [
        button(words("button.kind"), OpenMenu(draft.id, "kinds")),
        button(words("button.place"), OpenMenu(draft.id, "tree//0")),
        button(words("button.anonymous"), ToggleAnonymous(draft.id)),
    ]
    offers, total = (facts.page.cases[:OFFERED], facts.page.total) if facts.page else ((), 0)
    yield from ([_offer(draft, case, words)] for case in offers)
    if total > len(offers):
        yield [button(words("button.add_to_others", count=total - len(offers)), OpenMenu(draft.id, "cases/0"))]
    yield [button(words("button.cancel"), CancelDraft(draft.id))]


def _offer(draft: Draft, case: Case, words: Words) -> InlineKeyboardButton:
    return button(words("button.add_to", number=numbered(case)), AddToCase(draft.id, case.id))


def _offer_buttons(draft: Draft, facts: Facts) -> Iterator[list[InlineKeyboardButton]]:
    """Yield all open cases that the draft may be added to, a page at a time."""
    page = facts.page
    yield from ([_offer(draft, case, facts.words)] for case in (page.cases if page else ()))
    turns = (
        [
            button(facts.words(key), OpenMenu(draft.id, f"cases/{to}"))
            for key, to in (("button.earlier", page.number - 1), ("button.later", page.number + 1))
            if 0 <= to < page.pages
        ]
        if page
        else []
    )
    yield [*turns, _back(draft, facts.words)]


def page_of_offers(menu: str) -> int:
    """Read `cases/PAGE`; anything else is the first page."""
    _, _, page = menu.partition("cases/")
    return int(page) if page.isdecimal() else 0


def _kind_buttons(draft: Draft, words: Words) -> Iterator[list[InlineKeyboardButton]]:
    kinds = [button(words(f"kind.{kind}"), PickKind(draft.id, kind)) for kind in Kind]
    yield kinds[:3]
    yield [*kinds[3:], _back(draft, words)]


def _choice_buttons(draft: Draft, facts: Facts) -> Iterator[list[InlineKeyboardButton]]:
    for code in draft.choices:
        if code in facts.org:
            yield [_pick(draft, facts.org[code], unit_label(facts.org, code, facts.words))]
    yield [button(facts.words("button.none_of_these"), OpenMenu(draft.id, "tree//0"))]


def _tree_buttons(draft: Draft, facts: Facts) -> Iterator[list[InlineKeyboardButton]]:
    """Yield a branch of the tree: its units, a page at a time, the branch itself, and the way back."""
    words, (branch, page) = facts.words, parse_tree_menu(draft.menu)
    here = facts.org.units.get(UnitCode(branch)) if branch else None
    units = [unit for unit in facts.org.children(here.code if here else None) if unit.is_geographic]
    while not branch and len(units) == 1 and facts.org.children(units[0].code):
        here = units[0]
        units = [unit for unit in facts.org.children(here.code) if unit.is_geographic]
    page = min(page, max(0, len(units) - 1) // TREE_PAGE)
    shown = units[page * TREE_PAGE : (page + 1) * TREE_PAGE]
    columns = 2 if any(len(unit.name) > 6 for unit in shown) else 3  # noqa: PLR2004 - what fits on a phone
    buttons = [_branch(draft, unit, facts) for unit in shown]
    yield from (buttons[start : start + columns] for start in range(0, len(buttons), columns))
    code = here.code if here else ""
    if here:
        yield [_pick(draft, here, words("button.here", unit=here.name))]
    turns = [
        button(words(key), OpenMenu(draft.id, f"tree/{code}/{to}"))
        for key, to in (("button.earlier", page - 1), ("button.later", page + 1))
        if 0 <= to * TREE_PAGE < len(units)
    ]
    yield [*turns, _back(draft, words)]


def parse_tree_menu(menu: str) -> tuple[str, int]:
    """Read `tree/CODE/PAGE`; anything else is the top of the tree."""
    parts = menu.split("/")
    return (parts[1], int(parts[2])) if len(parts) == 3 and parts[2].isdecimal() else ("", 0)  # noqa: PLR2004


def _branch(draft: Draft, unit: Unit, facts: Facts) -> InlineKeyboardButton:
    if any(child.is_geographic for child in facts.org.children(unit.code)):
        return button(unit.name, OpenMenu(draft.id, f"tree/{unit.code}/0"))
    return _pick(draft, unit, Markup.escape(unit.name))


def _pick(draft: Draft, unit: Unit, label: Markup) -> InlineKeyboardButton:
    return button(label, PickUnit(draft.id, unit.code))


def _back(draft: Draft, words: Words) -> InlineKeyboardButton:
    return button(words("button.back"), OpenMenu(draft.id, ""))
