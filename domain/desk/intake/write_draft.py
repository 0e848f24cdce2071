"""Write a draft: what a resident sends becomes one draft, whose kind and place are read from the words."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.cases.drafts import CHARACTERS_LIMIT, FILES_LIMIT, MESSAGES_LIMIT, WHICH, Draft, DraftFull, DraftId
from domain.cases.kinds import Kind, kind_of, speaks_of_danger
from domain.cases.messages import Message, MessageId, Part
from domain.cases.questions import Asked, Question
from domain.desk import Desk
from domain.desk.intake.keep_draft import keep_draft
from domain.desk.intake.limit_files import files_replaced
from domain.desk.intake.locate import placed, read_answer, remembered, with_finding, writer_of
from domain.people.person import Person

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


async def write_draft(desk: Desk, person: Person, message: Message, menu: str = "") -> Written:
    """Add a message to the person's draft, beginning one if there is none.

    What it has no room for is left out, and nothing else is lost. Kind and place are guessed from the words as long as
    the person has chosen none. Where the place stays unknown
    the person is asked, once in ten minutes; not while the card asks which case it is about (`menu`).
    """
    draft = await _open_draft(desk, person, kind_of(message.text))
    person = writer_of(draft, person)
    asks_which = draft.menu
    kept = draft.fitting(message)
    if speaks_of_danger(message.text):
        draft = draft.alarmed
    draft = replace(draft.with_message(kept).put_below(message.last), menu="")
    draft, outside = placed(desk, draft, message, person)
    if not draft.kind_chosen and not draft.urgent:
        draft = replace(draft, kind=kind_of(draft.opening))
    if draft.unit is None and draft.choices and not draft.menu:
        draft = replace(draft, menu="choices")
    draft = await keep_draft(desk, replace(draft, menu=WHICH) if WHICH in (menu, asks_which) else draft)
    new = [attachment for attachment in kept.attachments if attachment.id is None]
    await desk.work.attachments.add(new, desk.now, person=person.id, draft=draft.id)
    await desk.work.drafts.add_parts(draft.id, kept.parts)
    return Written(draft, await _ask_place(desk, draft), outside, is_over=kept != message)


async def begin_draft(desk: Desk, person: Person, kind: Kind, message: MessageId) -> Draft:
    """Take the kind that the person picked by a message, for the draft at hand or for a new one."""
    draft = (await _open_draft(desk, person, kind)).put_below(message)
    known = draft.unit or remembered(desk, writer_of(draft, person))
    draft = replace(draft, kind=kind, kind_chosen=True, unit=known, menu="")
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
    told = await desk.work.drafts.parts_of(draft.id) if draft and draft.urgent else ()
    if draft is None or not await desk.work.drafts.edit_part(draft.id, message.chat, message.id, message.text):
        return False
    person = writer_of(draft, person)
    before, parts = draft, await desk.work.drafts.parts_of(draft.id)
    if _speak_of_danger(told) and not _speak_of_danger(parts):
        draft = replace(draft, urgent=False)
    draft, _ = placed(desk, draft.retold(parts), message, person)
    draft = await _with_files_edited(desk, draft, message)
    over = draft.attachments > max(before.attachments, FILES_LIMIT)
    if over or draft.characters > max(before.characters, CHARACTERS_LIMIT):
        raise DraftFull(draft.id, characters=CHARACTERS_LIMIT, messages=MESSAGES_LIMIT, files=FILES_LIMIT)
    if speaks_of_danger(message.text):
        draft = draft.alarmed
    if not draft.kind_chosen and not draft.urgent:
        draft = replace(draft, kind=kind_of(draft.opening))
    await keep_draft(desk, draft)
    return True


def _speak_of_danger(parts: Iterable[Part]) -> bool:
    return any(speaks_of_danger(part.text) for part in parts)


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
    person = writer_of(draft, person)
    finding = None if tells_more or draft.unit else read_answer(desk, draft, message.text)
    if finding is None:
        return await write_draft(desk, person, message)
    noted = replace(message, parts=(Part(message.chat, message.id),))  # so that an edit of it finds the draft
    await desk.work.drafts.add_parts(draft.id, noted.parts)
    unplaced = replace(draft.with_message(noted).put_below(message.last), unit=None, unit_given=False)
    located = with_finding(desk, unplaced, finding, person)
    located = replace(located, address=finding.words, menu="choices" if located.choices else "")
    await keep_draft(desk, located)
    return Written(located)


async def _ask_place(desk: Desk, draft: Draft) -> bool:
    """Whether to ask for the place now: it is missing, and not asked for within the last ten minutes."""
    if draft.unit is not None or not draft.has_words or draft.menu == WHICH:
        return False
    asked = await desk.work.questions.open_to(draft.person)
    if asked and asked.asked is Asked.PLACE and asked.draft == draft.id and asked.awaits(desk.now):
        return False
    await desk.questions.ask(Question(draft.person, Asked.PLACE, desk.now, draft=draft.id))
    return True
