"""What followers have said, as a unit reads it in one message that has just got their main case."""

from collections.abc import Iterator

from markupsafe import Markup

from domain.cases.case import Case
from domain.desk.merging.said import SaidByFollower, SaidByFollowers, said_by_followers
from domain.letters.contents import FollowersSaid
from domain.people.person import UnitCode
from domain.text.phones import hide_phones
from handlers.rendering.labels import case_label, first_words, numbered, one_line
from handlers.rendering.sending import Scene, Sending, Text, Written
from handlers.rendering.split import fits

WORDS_LIMIT = 80


async def write_said_by_followers(sending: Sending, content: FollowersSaid) -> Written:
    """Write what followers have said, for the unit that has their main case now; nothing once it has gone on."""
    case, letter, rights = await sending.case(), sending.letter, sending.desk.rights
    if case is None or not case.is_open or letter.unit not in (None, case.unit):
        return Written()
    if sending.reader and not rights.may_be_told(sending.reader, letter.unit or UnitCode(""), case):
        return Written()
    said = await said_by_followers(sending.desk, case, content.cases)
    if not said.named:
        return Written()
    card = await sending.card_of(case.id, letter.to.unit)
    return Written(Text(render_said(case, said, sending.scene), None, card.message if card else None), case.id)


def render_said(case: Case, said: SaidByFollowers, scene: Scene) -> Markup:
    """Return one message that names as many as fit into it, and says how many there are besides."""
    shown = range(len(said.named), 0, -1)
    texts = (Markup("\n").join(_lines(case, said, count, scene)) for count in shown)
    return next(text for text in texts if fits(text))


def _lines(case: Case, said: SaidByFollowers, shown: int, scene: Scene) -> Iterator[Markup]:
    words = scene.words
    yield words("said_by_followers.title", case=case_label(case, words), count=said.count)
    for one in said.named[:shown]:
        yield _line(one, scene)
    if said.count > shown:
        yield words("said_by_followers.more", count=said.count - shown, bare=case.number)
    yield words("said_by_followers.whole", bare=said.named[0].case.number)


def _line(said: SaidByFollower, scene: Scene) -> Markup:
    words = scene.words
    text = first_words(said.case, words, WORDS_LIMIT)
    line = words("said_by_followers.line", number=numbered(said.case), text=text)
    line += Markup("").join(
        words("said_by_followers.added", text=one_line(hide_phones(text), WORDS_LIMIT)) for text in said.added
    )
    return line + words("said_by_followers.files", count=said.files) if said.files else line
