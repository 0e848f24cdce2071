"""Cards: the live message of a case in a unit's room, and how cases, units and places are named."""

from collections.abc import Iterator

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from domain.cases.assignments import Settling
from domain.cases.case import BEING_WORKED_ON, Case, State, Verb
from domain.cases.deadlines import Colour, Deadline
from domain.cases.transfers import can_be_given_back, can_receive, is_transferable
from domain.letters.posts import card_of_case
from domain.organisation.units import Level, Organisation
from domain.people.person import UnitCode
from domain.text.phones import hide_phones
from handlers.buttons import Accept, Escalate, Refuse, Resolve, button, keyboard
from handlers.rendering import Scene, Sending, Text, Written
from handlers.transfer.buttons import GiveBack, TransferCase
from handlers.words import Words

CARD_TEXT_LIMIT = 600
LINE_TEXT_LIMIT = 40


def shorten(text: str, limit: int) -> str:
    """Return at most so many characters of a text, with an ellipsis where it was cut."""
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


async def write_case_card(sending: Sending) -> Written:
    """Write the card of a case for the room of a unit; none if that unit never had it, or has it no more."""
    case, unit = await sending.case(), sending.letter.to.unit
    if case is None:
        return Written()
    subject = card_of_case(case.id, unit)
    card = await sending.card(subject)
    here = unit == case.unit
    if card is None and not (here and case.is_open):
        return Written()
    files = await sending.desk.work.attachments.count_sent_by(case.resident, case.id)
    return Written(render_case_card(case, files, sending.scene, here=here), case.id, subject, card)


def render_case_card(case: Case, files: int, scene: Scene, *, here: bool) -> Text:
    """Return the card of a case; `here`: for the unit that has it now. `files`: how many its resident has sent."""
    buttons = case_buttons(case, scene) if here else None
    return Text(Markup("\n").join(_card_lines(case, files, scene, here=here)), buttons, live=True)


def case_buttons(case: Case, scene: Scene) -> InlineKeyboardMarkup | None:
    """Return the buttons of a card: just those whose verb works in this state."""
    first = {State.SUBMITTED: ("button.accept", Accept), **dict.fromkeys(BEING_WORKED_ON, ("button.resolve", Resolve))}
    if case.state not in first:
        return None
    label, action = first[case.state]
    top = [] if case.responsible.settling is Settling.BY_ADMINS else [button(scene.words(label), action(case.id))]
    return keyboard(top, [button(scene.words(label), action) for label, action in _ways_out(case, scene)])


def _ways_out(case: Case, scene: Scene) -> Iterator[tuple[str, object]]:
    """Yield how else the unit may be rid of a case than by solving it."""
    if can_be_given_back(case):
        yield "button.give_back", GiveBack(case.id)
    elif is_transferable(case) and any(can_receive(scene.org, case, code) for code in scene.org.units):
        yield "button.transfer", TransferCase(case.id)
    if scene.org.next_up(case.unit) and case.responsible.settling is not Settling.BY_ADMINS:
        yield "button.escalate", Escalate(case.id)
    if case.allows(Verb.REFUSE):
        yield "button.refuse", Refuse(case.id)


def colour_symbol(case: Case, scene: Scene) -> Markup:
    """Return 🟢, 🟡 or 🔴."""
    return scene.words(f"colour.{case.colour(scene.now)}")


def _card_lines(case: Case, files: int, scene: Scene, *, here: bool) -> Iterator[Markup]:
    words = scene.words
    yield words(
        "card.title_urgent" if case.urgent else "card.title",
        colour=colour_symbol(case, scene),
        number=numbered(case),
        kind=words(f"kind.{case.kind}"),
        state=words(f"state.{case.state}"),
    )
    if not here:
        yield words("card.elsewhere", unit=unit_label(scene.org, case.unit, words))
    yield from _settling_lines(case, scene)
    yield from _promise_lines(case, scene)
    yield words("card.place", place=place_label(scene.org, case.raised_in, hide_phones(case.address), words))
    name = hide_phones(case.resident_name)
    yield words("card.resident_anonymous") if case.anonymous else words("card.resident", name=name)
    yield from _owner_lines(case, words)
    yield from _text_lines(case, words)
    if files:
        yield words("card.attachments", count=files)
    if case.returns:
        yield words("card.returns", count=case.returns)
    if case.give_backs:
        yield words("card.give_backs", count=case.give_backs)
    if case.rating:
        yield words("card.rating", rating=words(f"rating.{case.rating}"))


def _settling_lines(case: Case, scene: Scene) -> Iterator[Markup]:
    """Yield who is to say which unit has it, or that it was said."""
    settling, words = case.responsible.settling, scene.words
    if case.is_open and case.responsible.is_to_settle:
        settler = words(f"settling.{settling}", unit=unit_label(scene.org, case.unit, words))
        yield words("card.to_settle", settler=settler)
    elif case.is_open and settling:
        yield words("card.settled")


def _promise_lines(case: Case, scene: Scene) -> Iterator[Markup]:
    submitted = case.state is State.SUBMITTED
    if submitted:
        yield _promise_line("card.accept_by", case.responsible.accept, scene)
    if case.state in BEING_WORKED_ON or (submitted and case.responsible.resolve.colour(scene.now) is not Colour.GREEN):
        yield _promise_line("card.resolve_by", case.responsible.resolve, scene)


def _promise_line(key: str, promise: Deadline, scene: Scene) -> Markup:
    return scene.words(key, at=promise.due_at, left=scene.words.left(promise.due_at, scene.now))


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
