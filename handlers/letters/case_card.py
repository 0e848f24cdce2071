"""The card of a case: its live message in a unit's chat."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from domain.cases.assignments import CLIMBS
from domain.cases.assists import assist_of
from domain.cases.case import BEING_WORKED_ON, TO_BE_DONE, Case, State
from domain.cases.deadlines import Colour, Deadline
from domain.cases.revisits import is_to_be_revisited
from domain.cases.shown import ByRevisit
from domain.letters.posts import card_of_case
from domain.people.absences import is_away
from domain.text.phones import hide_phones
from handlers.assist.card import assist_keyboard, assist_lines, helper_lines
from handlers.rendering.case_buttons import CaseButton, case_keyboard
from handlers.rendering.labels import (
    colour_symbol,
    nudged_by,
    numbered,
    resident_line,
    shorten,
    sibling_lines,
    unit_label,
    where_it_is,
)
from handlers.rendering.sending import Scene, Sending, Text, Written
from handlers.words import Words

CARD_TEXT_LIMIT = 600


async def write_case_card(sending: Sending, offered: Sequence[CaseButton]) -> Written:
    """Write the card of a case for the chat of a unit; none if that unit never had it, or has it no more.

    A unit that was called to work beside reads on it what it is to do; once that has ended, nothing more of the case.

    `offered`: what may be pressed there, for the unit that has the case, as long as that has not ended.
    """
    case, unit = await sending.case(), sending.letter.to.unit
    if case is None:
        return Written()
    subject = card_of_case(case.id, unit)
    card = await sending.card_of(case.id, unit)
    here, assist = unit == case.unit, assist_of(case, unit)
    if card is None and not (here and _has_card(case, sending.scene)) and assist is None:
        return Written()
    count = sending.desk.work.attachments.count_sent_by
    files = sum([await count(person, case.id) for person in {case.author, case.resident}])
    if assist:
        text = Markup("\n").join(assist_lines(case, assist, files, sending.scene))
        buttons = assist_keyboard(case, assist, sending.scene)
        return Written(Text(text, buttons, live=True), case.id, subject, card)
    if card is not None and not here and unit not in case.units_before:
        over = Text(sending.words("assist.over", number=numbered(case)), None, live=True)
        return Written(over, case.id, subject, card)
    siblings = await sibling_lines(case, sending)
    lines = Markup("\n").join([*_card_lines(case, files, sending.scene, here=here), *siblings])
    is_pressed_here = here and case.is_open and not (case.merged and case.state in TO_BE_DONE)
    buttons = case_keyboard(offered, case, sending.scene) if is_pressed_here else None
    return Written(Text(lines, buttons, live=True), case.id, subject, card)


def _has_card(case: Case, scene: Scene) -> bool:
    """Whether the unit that has a case gets its card; of a merged one, once somebody is to ask in person."""
    return case.is_open and (case.merged is None or is_to_be_revisited(case, scene.now, scene.policy))


def _card_lines(case: Case, files: int, scene: Scene, *, here: bool) -> Iterator[Markup]:
    """Yield what the card says. `files`: how many its resident has sent; `here`: for the unit that has it now."""
    words, title = scene.words, _title(case, scene)
    yield title if case.place_known else Markup(" ").join([words("card.place_unknown"), title])
    yield from _text_lines(case, words)
    yield state_line(case, words)
    if here and case.shown_as is ByRevisit.AWAITED:
        yield words("card.to_revisit")
    if case.merged:
        main, unit = f"#{case.merged.number}", unit_label(scene.org, case.unit, words)
        yield words("card.merged" if here else "card.merged_elsewhere", main=main, unit=unit)
        yield from _raised_lines(case, files, scene)
        return
    if not here:
        key = "card.elsewhere_unowned" if case.state is State.SUBMITTED else "card.elsewhere"
        yield words(key, unit=unit_label(scene.org, case.unit, words))
    elif case.is_open:
        yield from _climb_lines(case, scene)
    yield from _settling_lines(case, scene)
    yield from _promise_lines(case, scene)
    yield from _extension_lines(case, words)
    yield from _raised_lines(case, files, scene)
    yield from _resident_lines(case, words)
    yield from _owner_lines(case, scene)
    if here:
        yield from helper_lines(case, scene)
    if case.returns:
        yield words("card.returns", count=case.returns)
    if case.reopenings:
        yield words("card.reopenings", count=case.reopenings)
    if case.give_backs:
        yield words("card.give_backs", count=case.give_backs)
    if case.rating:
        yield words("card.rating", rating=words(f"rating.{case.rating}"))


def _title(case: Case, scene: Scene) -> Markup:
    """Return the first line of the card; danger and time left of a merged case are told by its main case's."""
    if case.merged:
        return scene.words("card.title_merged", number=numbered(case))
    key = "card.title_urgent" if case.urgent else "card.title"
    return scene.words(key, colour=colour_symbol(case, scene), number=numbered(case))


def state_line(case: Case, words: Words) -> Markup:
    """Return what kind of case it is, what it is about, and how far it has come, or that it goes with its main case."""
    is_carried = case.merged is not None and case.state in TO_BE_DONE
    state = words("card.is_merged" if is_carried else f"state.{case.shown_as}")
    key = "card.state_about" if case.category else "card.state"
    return words(key, kind=words(f"kind.{case.kind}"), category=case.category, state=state)


def _raised_lines(case: Case, files: int, scene: Scene) -> Iterator[Markup]:
    """Yield where it is, who has raised it, and how many files they have sent."""
    words = scene.words
    yield words("card.place", place=where_it_is(case, scene))
    yield resident_line(case, words)
    if files:
        yield words("card.attachments", count=files)


def _resident_lines(case: Case, words: Words) -> Iterator[Markup]:
    """Yield how many residents the case stands for, where others are merged into it, and how many of them nudge."""
    if case.followers.residents:
        count, confirmed = 1 + case.followers.residents, case.followers.confirmed + (case.state is State.CONFIRMED)
        yield words("card.residents_confirmed" if confirmed else "card.residents", count=count, confirmed=confirmed)
        if case.state in TO_BE_DONE and (nudged := nudged_by(case)):
            yield words("card.nudged", count=nudged)


def _climb_lines(case: Case, scene: Scene) -> Iterator[Markup]:
    """Yield from which unit it climbed, and why."""
    given = case.responsible
    if given.begun_because in CLIMBS and given.came_from not in (None, case.unit):
        came_from = unit_label(scene.org, given.came_from, scene.words)
        yield scene.words("card.climbed", because=scene.words(f"because.{given.begun_because}"), unit=came_from)


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
    if case.state in BEING_WORKED_ON or (submitted and case.resolve.colour(scene.now) is not Colour.GREEN):
        yield _promise_line("card.resolve_by", case.resolve, scene)


def _extension_lines(case: Case, words: Words) -> Iterator[Markup]:
    """Yield that a later deadline waits to be ruled on, and how often one was granted."""
    if case.responsible.rule_by is not None:
        yield words("card.extension_asked", at=case.responsible.rule_by)
    if case.extensions:
        yield words("card.extensions", count=case.extensions)


def _promise_line(key: str, promise: Deadline, scene: Scene) -> Markup:
    return scene.words(key, at=promise.due_at, left=scene.words.left(promise.due_at, scene.now))


def _owner_lines(case: Case, scene: Scene) -> Iterator[Markup]:
    words = scene.words
    if case.owner and case.first_owner and case.first_owner != case.owner:
        yield words("card.owner_and_first", name=case.owner.name, first=case.first_owner.name)
    elif case.owner:
        yield words("card.owner", name=case.owner.name)
    elif case.first_owner:
        yield words("card.first_owner", first=case.first_owner.name)
    if case.owner and is_away(scene.org.absences, case.owner.person, scene.now):
        deputy = scene.org.deputy_of(case.owner.person, scene.now)
        name = scene.org.name_of(deputy, "") if deputy else ""
        yield words("card.away_deputy", name=name) if name else words("card.away")


def _text_lines(case: Case, words: Words) -> Iterator[Markup]:
    shown = hide_phones(case.text)
    yield Markup.escape(shorten(shown, CARD_TEXT_LIMIT)) if shown else words("card.voice_only")
    if case.reworded:
        yield words("card.reworded")
    if len(shown) > CARD_TEXT_LIMIT:
        yield words("card.text_long", count=len(case.text), bare=case.number)
    if shown != case.text:
        yield words("card.phone", bare=case.number)
    yield Markup("")
