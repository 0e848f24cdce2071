"""Many cases in one message: the reminders that wait for a chat, and the digest of new cards."""

from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from domain.cases.case import Case
from domain.cases.merging import about_one_matter
from domain.letters.contents import Digest
from domain.letters.posts import card_of_digest
from domain.text.phones import hide_phones
from handlers.merge.buttons import MergeFlood
from handlers.rendering.buttons import button, keyboard
from handlers.rendering.labels import case_label, gist, numbered, one_line, sign
from handlers.rendering.sending import Scene, Sending, Text, Written
from handlers.rendering.split import fits

LOOKED_AT = 200
REMINDER_LINES = 30
ABOUT_LIMIT = 20
DIGEST_TEXTS = (40, 20, 10, 5, 0)
"""How much of each case's words a digest shows; the first that fits into one message is taken."""


async def write_reminder(sending: Sending) -> Written:
    """Write one message for all reminders that wait for a reader; cases that need none any more are not in it.

    Each of those that are told to somebody in private is looked at by itself, whether they may read of it still.
    """
    letters = await sending.desk.work.outbox.waiting_like(sending.letter, LOOKED_AT)
    cases = await sending.cases(letter.case for letter in letters)
    if reader := sending.reader:
        cases = tuple(case for case in cases if sending.desk.rights.may_view(reader, case))
        letters = [letter for letter in letters if letter.case in {case.id for case in cases}]
    of = {letter.case: letter.unit for letter in letters}
    waiting = [case for case in cases if case.promise is not None and of[case.id] in (None, case.unit)]
    waiting.sort(key=lambda case: not case.urgent)
    beside = tuple(letters)
    if len(waiting) != 1:
        return Written(render_reminders(waiting, sending.scene) if waiting else None, beside=beside)
    card = await sending.card_of(waiting[0].id, sending.letter.to.unit)
    text = Text(_reminder("reminder", waiting[0], sending.scene), reply_to=card.message if card else None)
    return Written(text, waiting[0].id, beside=beside)


def render_reminders(cases: Sequence[Case], scene: Scene) -> Text:
    """Return one message for several cases, a line each; of more than fit into it, how many there are besides."""
    texts = (_reminders(cases, scene, shown) for shown in range(min(len(cases), REMINDER_LINES), 0, -1))
    return Text(next(text for text in texts if fits(text)))


def _reminders(cases: Sequence[Case], scene: Scene, shown: int) -> Markup:
    lines = [scene.words("reminder.many", count=len(cases))]
    lines += [_reminder("reminder.line", case, scene) for case in cases[:shown]]
    if len(cases) > shown:
        lines.append(scene.words("digest.more", count=len(cases) - shown))
    return Markup("\n").join(lines)


def _reminder(key: str, case: Case, scene: Scene) -> Markup:
    joint = "_" if key.endswith("line") else "."
    due_at = (case.pressing or case.responsible.resolve).due_at
    return scene.words(
        f"{key}{joint}{case.state}",
        colour=sign(case, scene),
        number=numbered(case),
        case=case_label(case, scene.words),
        owner=case.owner.name if case.owner else "",
        accept_by=due_at,
        resolve_by=due_at,
        left=scene.words.left(due_at, scene.now),
        gist=gist(scene, case, ABOUT_LIMIT),
    )


async def write_digest(sending: Sending, content: Digest) -> Written:
    """Write the message that names many new cases at once and grows with them; their cards follow one by one."""
    subject = card_of_digest(content.digest)
    card = await sending.card(subject)
    cases = await sending.cases(await sending.desk.work.outbox.named_in(content.digest))
    if not any(case.is_open for case in cases):
        return Written()
    told = render_digest(cases, sending.scene, urgent=content.urgent)
    merges = content.flood is None and about_one_matter(cases)
    buttons = keyboard([button(sending.words("button.merge_flood"), MergeFlood(content.digest))]) if merges else None
    return Written(replace(told, keyboard=buttons), None, subject, card)


def render_digest(cases: Sequence[Case], scene: Scene, *, urgent: bool) -> Text:
    """Return the number of every case, however many they are, and of their words as much as there is room for."""
    texts = (_digest(cases, scene, limit, urgent=urgent) for limit in DIGEST_TEXTS)
    return Text(next(text for text in texts if fits(text)), live=True)


def _digest(cases: Sequence[Case], scene: Scene, limit: int, *, urgent: bool) -> Markup:
    words = scene.words
    lines = [words("digest.urgent" if urgent else "digest.title", count=len(cases))]
    for case in cases:
        text = one_line(hide_phones(case.text), limit) if limit else ""
        lines.append(words("digest.line", number=numbered(case), kind=words(f"kind.{case.kind}"), text=text))
    return Markup("\n").join(lines)
