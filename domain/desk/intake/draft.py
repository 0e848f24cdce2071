"""Write a draft: what a resident sends becomes one draft, whose kind and place are read from the words."""

from dataclasses import dataclass, replace

from domain.cases.drafts import (
    CHARACTERS_LIMIT,
    FILES_LIMIT,
    MESSAGES_LIMIT,
    AnotherDraft,
    Draft,
    DraftFull,
    DraftGone,
    DraftId,
    DraftPutAway,
    DraftState,
    DraftSubmitted,
    PlaceGone,
    text_of,
)
from domain.cases.followups import Due, FollowUp
from domain.cases.kinds import Kind, guess_kind, speaks_of_danger
from domain.cases.messages import Message, Part
from domain.cases.questions import Asked, Question
from domain.desk import Desk
from domain.desk.intake.limit_files import files_replaced
from domain.desk.intake.locate import placed, read_answer, remembered, reread, with_finding
from domain.organisation.places import gazetteer_of
from domain.people.person import Actor, Person, UnitCode

PLACE_ANSWER_LIMIT = 30
"""An answer to the question for the place that is longer than this also belongs to the story."""


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a message for a draft: the draft, and what the person has to be told besides its card.

    `outside`: the pin lies where nobody serves; `is_over`: the draft is full, and something was not taken in.
    """

    draft: Draft
    asks_place: bool = False
    outside: bool = False
    is_over: bool = False


async def write_draft(desk: Desk, person: Person, message: Message) -> Written:
    """Add a message to the person's draft, beginning one if there is none.

    What it has no room for is left out, and nothing else is lost. Kind and place are guessed from the words as long as
    the person has chosen none. Where the place stays unknown
    the person is asked, once in ten minutes.
    """
    draft = await _open_draft(desk, person, guess_kind(message.text))
    kept = draft.fitting(message)
    urgent = draft.urgent or speaks_of_danger(message.text)
    draft = replace(draft.with_message(kept), urgent=urgent, menu="")
    draft, outside = placed(desk, draft, message, person)
    if not draft.kind_chosen:
        draft = replace(draft, kind=guess_kind(draft.opening))
    if draft.unit is None and draft.choices and not draft.menu:
        draft = replace(draft, menu="choices")
    draft = await keep_draft(desk, draft)
    await desk.work.attachments.add(kept.attachments, desk.now, person=person.id, draft=draft.id)
    await desk.work.drafts.add_parts(draft.id, kept.parts)
    return Written(draft, await _ask_place(desk, draft), outside, is_over=kept != message)


async def begin_draft(desk: Desk, person: Person, kind: Kind) -> Draft:
    """Take the kind that the person picked, for the draft at hand or for a new one."""
    draft = await _open_draft(desk, person, kind)
    draft = replace(draft, kind=kind, kind_chosen=True, unit=draft.unit or remembered(desk, person), menu="")
    return await keep_draft(desk, draft)


async def _open_draft(desk: Desk, person: Person, kind: Kind) -> Draft:
    """Return the draft at hand, or a new one that is not kept yet."""
    return await desk.work.drafts.open_of(person.id) or Draft(DraftId(0), person.id, kind, desk.now)


async def edit_draft(desk: Desk, person: Person, message: Message) -> bool:
    """Take over an edited message into the draft that it belongs to, words and files; False if it belongs to none.

    Raises:
        DraftFull: there is no room for so many words, or for another file.
    """
    draft = await desk.work.drafts.open_of(person.id)
    if draft is None or not await desk.work.drafts.edit_part(draft.id, message.chat, message.id, message.text):
        return False
    before = draft
    draft, _ = placed(desk, draft.retold(await desk.work.drafts.parts_of(draft.id)), message, person)
    draft = await _with_files_edited(desk, draft, message)
    over = draft.attachments > max(before.attachments, FILES_LIMIT)
    if over or draft.characters > max(before.characters, CHARACTERS_LIMIT):
        raise DraftFull(draft.id, characters=CHARACTERS_LIMIT, messages=MESSAGES_LIMIT, files=FILES_LIMIT)
    if not draft.kind_chosen:
        draft = replace(draft, kind=guess_kind(draft.opening))
    await keep_draft(desk, replace(draft, urgent=draft.urgent or speaks_of_danger(message.text)))
    return True


async def _with_files_edited(desk: Desk, draft: Draft, message: Message) -> Draft:
    """Put the files of an edited message in the place of those that it had."""
    held = await desk.work.attachments.of_draft(draft.id)
    files = await files_replaced(desk, draft.person, message, held)
    if not files:
        return draft
    before = [attachment.id for attachment in held if attachment.id and attachment.message == message.id]
    await desk.work.attachments.let_go(before)
    await desk.work.attachments.add(files, desk.now, person=draft.person, draft=draft.id)
    return replace(draft, attachments=draft.attachments - len(before) + len(files))


async def answer_place(desk: Desk, person: Person, draft: Draft, message: Message) -> Written:
    """Take a message as the answer to the question for the place: a location, a name, or more of the story.

    What cannot be read as a place is kept as part of the story, so that nothing is lost.
    """
    tells_more = len(message.text) > PLACE_ANSWER_LIMIT or message.attachments or speaks_of_danger(message.text)
    finding = None if tells_more or draft.unit else read_answer(desk, draft, message.text)
    if finding is None:
        return await write_draft(desk, person, message)
    noted = replace(message, parts=(Part(message.chat, message.id),))  # so that an edit of it finds the draft
    await desk.work.drafts.add_parts(draft.id, noted.parts)
    located = with_finding(desk, replace(draft.with_message(noted), unit=None, unit_given=False), finding, person)
    located = replace(located, address=finding.words, menu="choices" if located.choices else "")
    await keep_draft(desk, located)
    return Written(located)


async def own_draft(desk: Desk, actor: Actor, draft_id: DraftId) -> Draft:
    """Return the actor's open draft.

    Raises:
        DraftGone: it was cancelled, or is not theirs.
        DraftSubmitted: it has become a case, or part of one.
        DraftPutAway: it waits to be taken up again.
    """
    draft = await desk.work.drafts.get(draft_id)
    if draft is None or draft.person != actor.id or draft.state is DraftState.CANCELLED:
        raise DraftGone(draft_id)
    if draft.case is not None:
        raise DraftSubmitted(draft_id, number=(await desk.find.case(draft.case)).number)
    if draft.state is not DraftState.OPEN:
        raise DraftPutAway(draft_id)
    return draft


async def choose_kind(desk: Desk, actor: Actor, draft_id: DraftId, kind: Kind) -> None:
    """Set the kind by hand."""
    draft = await own_draft(desk, actor, draft_id)
    await keep_draft(desk, replace(draft, kind=kind, kind_chosen=True, menu=""))


async def choose_unit(desk: Desk, actor: Actor, draft_id: DraftId, unit: UnitCode) -> None:
    """Set the unit by hand, picked down the tree or among the places in question.

    Raises:
        PlaceGone: the unit has been retired since its button was shown.
    """
    draft = await own_draft(desk, actor, draft_id)
    if unit not in desk.org:
        raise PlaceGone(unit)
    places, code = gazetteer_of(desk.org), desk.org[unit].code
    address = draft.address
    if not places.words_about(code, address):
        address = places.words_about(code, text_of(await desk.work.drafts.parts_of(draft.id)))
    draft = replace(draft, unit=unit, unit_given=True, unit_chosen=True, choices=(), address=address, menu="")
    await keep_draft(desk, draft)


async def skip_place(desk: Desk, person: Person) -> Draft | None:
    """Let somebody who cannot tell the place submit: the case goes to the root, which finds out (docs/adr/0009).

    None if no draft lacks its place alone.
    """
    draft = await desk.work.drafts.open_of(person.id)
    if draft is None or draft.unit is not None or not draft.has_words:
        return None
    await desk.work.questions.drop(person.id, draft=draft.id)
    roots = [unit.code for unit in desk.org.children(None) if unit.is_geographic]
    shared = desk.org.common_ancestor(draft.choices) if draft.choices else None
    if shared is None and roots:
        shared = desk.org[roots[0]]
    draft = replace(draft, unit=shared.code if shared else None, unit_given=True, choices=(), menu="")
    await keep_draft(desk, draft)
    return draft


async def open_menu(desk: Desk, actor: Actor, draft_id: DraftId, menu: str) -> None:
    """Show other buttons on the card: the kinds, a branch of the tree, or the first ones again."""
    await keep_draft(desk, replace(await own_draft(desk, actor, draft_id), menu=menu))


async def toggle_anonymous(desk: Desk, actor: Actor, draft_id: DraftId) -> None:
    """Hide the resident's name from everyone but the record, or show it again."""
    draft = await own_draft(desk, actor, draft_id)
    await keep_draft(desk, replace(draft, anonymous=not draft.anonymous))


async def cancel_draft(desk: Desk, actor: Actor, draft_id: DraftId) -> None:
    """Throw the draft away."""
    await _close(desk, replace(await own_draft(desk, actor, draft_id), state=DraftState.CANCELLED))


async def put_draft_away(desk: Desk, draft: Draft) -> None:
    """Put an unfinished draft away after the policy's time."""
    await _close(desk, replace(draft, state=DraftState.PUT_AWAY))


async def take_up_draft(desk: Desk, actor: Actor, draft_id: DraftId) -> None:
    """Go on with a draft that was put away, unless another was begun since; its card comes anew, below the talk.

    The place is read anew: the remembered grid may be another by now. One that is open already stays as it is.

    Raises:
        DraftGone: it was cancelled, or is not theirs.
        DraftSubmitted: it has become a case, or part of one.
        AnotherDraft: another one is open.
    """
    draft = await desk.work.drafts.get(draft_id)
    if draft is None or draft.person != actor.id or draft.state is not DraftState.PUT_AWAY:
        await own_draft(desk, actor, draft_id)
        return
    if await desk.work.drafts.open_of(actor.id):
        raise AnotherDraft(draft_id)
    await desk.work.cards.forget_draft(draft.id)
    person = await desk.work.people.look_at(actor.id)
    if person and (draft.unit not in desk.org or not draft.unit_given):
        draft = reread(desk, draft, person)
    await keep_draft(desk, replace(draft, state=DraftState.OPEN))


async def close_draft(desk: Desk, draft: Draft) -> None:
    """Keep a draft that became a case, or part of one, which has its words now; nothing falls due for it any more."""
    await desk.work.drafts.forget_parts(draft.id)
    await _close(desk, replace(draft, opening=""))


async def keep_draft(desk: Desk, draft: Draft) -> Draft:
    """Keep a draft, new or still open: its card is brought up to date and its time starts anew."""
    draft = replace(draft, touched_at=desk.now)
    if draft.id:
        await desk.work.drafts.save(draft)
        await _stop_asking(desk, draft)
        await desk.work.followups.cancel_draft(draft.id)
    else:
        draft = await desk.work.drafts.add(draft)
    expires = desk.now + desk.policy.draft_expires.always
    await desk.work.followups.plan([FollowUp(Due.DRAFT_EXPIRES, expires, draft=draft.id)])
    await desk.cards.post_draft(draft)
    return draft


async def _close(desk: Desk, draft: Draft) -> None:
    await desk.work.drafts.save(replace(draft, menu=""))
    await desk.work.followups.cancel_draft(draft.id)
    await desk.work.questions.drop(draft.person, draft=draft.id)
    await desk.cards.post_draft(draft)


async def _stop_asking(desk: Desk, draft: Draft) -> None:
    """Drop the question for the place once it is known."""
    if draft.unit:
        await desk.work.questions.drop(draft.person, draft=draft.id)


async def _ask_place(desk: Desk, draft: Draft) -> bool:
    """Whether to ask for the place now: it is missing, and not asked for within the last ten minutes."""
    if draft.unit is not None or not draft.has_words:
        return False
    asked = await desk.work.questions.open_to(draft.person)
    if asked and asked.asked is Asked.PLACE and asked.draft == draft.id and asked.awaits(desk.now):
        return False
    await desk.work.questions.ask(Question(draft.person, Asked.PLACE, desk.now, draft=draft.id))
    return True
