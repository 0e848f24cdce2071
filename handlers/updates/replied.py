"""Which case a reply is about, and how people write a case's number."""

import re
from collections.abc import Iterator, Sequence

import telegram

from domain.cases.case import Case
from domain.cases.messages import MessageId
from domain.desk.casework.reply import stays_inside
from domain.desk.casework.view import find_ending, find_own
from domain.letters.posts import Post, Purpose
from domain.organisation.units import ChatId
from domain.record.history import ABOUT_ASSISTS
from domain.text.folding import folded
from handlers.updates.context import UpdateContext
from handlers.updates.reading import hides_sender, replied_to
from handlers.words import LANGUAGES, catalogue

NUMBER = re.compile(r"#?(MH\d{4}_\d{5,})(?!\d)", re.IGNORECASE)
BARE_NUMBER = re.compile(r"#?(MH\d{4}_\d{5,12})", re.IGNORECASE)
BARE_COUNT = re.compile(r"#(\d{1,12})|(0\d{4}|\d{5})")
"""The end of a number by itself: behind a `#`, or written as long as it stands in the number."""
ENDING = re.compile(r"#?(\d{1,12})")
GAP = re.compile(r"\{\w+\}")
TOLD_NUMBER = re.compile(r"#(MH\d{4}_\d{5,})(?!\d)")
"""The number of a case that a message of ours is about; one without the # is an example, or part of a command."""


def numbers_in(written: str) -> frozenset[str]:
    """Return the case numbers in a text, with or without `#`, in capitals or not."""
    return frozenset(number.upper() for number in NUMBER.findall(written))


def parse_number(written: str) -> str | None:
    """Return the one case number in a text; None if there is none, or more than one."""
    numbers = numbers_in(written)
    return next(iter(numbers)) if len(numbers) == 1 else None


def parse_ending(written: str) -> str | None:
    """Return the last digits of a case number, if a text consists of them."""
    found = ENDING.fullmatch("".join(folded(written).split()))
    return found[1] if found else None


async def number_alone(context: UpdateContext, written: str, *, may_be_short: bool) -> str | None:
    """Return the case number of which a message consists; the end of one alone if it is clearly one of theirs."""
    bare = "".join(folded(written).split())
    if found := BARE_NUMBER.fullmatch(bare):
        return found[1].upper()
    if not may_be_short or (found := BARE_COUNT.fullmatch(bare)) is None:
        return None
    case = await find_own(context.desk, context.actor, int(found[1] or found[2]))
    return case.number if case else None


async def find_meant(context: UpdateContext, written: str) -> tuple[str | None, Sequence[Case]]:
    """Return the case number that a command names, whole or by its end; or the cases among which it is unclear.

    Neither where no number is written. An end that fits none is returned as it is, and is none of their business.
    """
    number, ending = parse_number(written), parse_ending(written)
    if number is not None or ending is None:
        return number, ()
    meant = await find_ending(context.desk, context.actor, ending, None if context.private else context.chat)
    if len(meant) > 1:
        return None, meant
    return (meant[0].number if meant else written), ()


async def find_replied(context: UpdateContext) -> Post | None:
    """Return what the replied-to message belongs to; what is late for its album belongs where that went.

    In a group just replies to what we posted count: what people answer each other is theirs, unless it answers a note.

    A message that we have not noted is known by the one number in its words: people may answer before Telegram has
    told us the number of what we sent, and a process may die in between. The words may quote the person's own, so
    that only those whom the case concerns reach it in this way.
    """
    if album := await _album_before(context):
        return album
    reply = replied_to(context.sent)
    if reply is None:
        return None
    chat, message = ChatId(reply.chat.id), MessageId(reply.message_id)
    post = await context.desk.work.posts.find(chat, message)
    if post is not None:
        is_ours = context.private or post.purpose is not Purpose.SENT
        return post if is_ours or await _answers_note(context, post) else None
    numbers = _numbers_told(context, reply)
    case = await context.desk.work.cases.numbered(numbers.pop()) if len(numbers) == 1 else None
    if case is None or not context.desk.rights.is_concerned(context.actor, case):
        return None
    return Post(chat, message, case.id, _purpose_of(_words_of(reply)))


async def _album_before(context: UpdateContext) -> Post | None:
    message = context.message
    post = await context.desk.work.posts.of_album(message.chat, message.album) if message.album else None
    return post if post is not None and post.person == context.actor.id else None


async def _answers_note(context: UpdateContext, post: Post) -> bool:
    """Whether somebody who works on the case answers a note; a sticker, or a hidden name, is none of our business."""
    if context.message.is_empty or hides_sender(context.sent):
        return False
    case = await context.desk.find.case(post.case)
    return context.desk.rights.may_speak(context.actor, case) and await stays_inside(context.desk, post)


def is_about_many(context: UpdateContext) -> bool:
    """Whether the message answers one of ours that names several cases, so that nobody can tell which is meant."""
    reply = replied_to(context.sent)
    return reply is not None and len(_numbers_told(context, reply)) > 1


def _numbers_told(context: UpdateContext, message: telegram.Message) -> set[str]:
    """Return the numbers of the cases that a message of ours is about; of others' messages none."""
    is_ours = message.from_user is not None and message.from_user.id == context.bot.id
    return set(TOLD_NUMBER.findall(_words_of(message))) if is_ours else set()


def _words_of(message: telegram.Message) -> str:
    return message.text or message.caption or ""


def _purpose_of(words: str) -> Purpose:
    """Return what a message is to its case that is known by its words alone."""
    if words.startswith(BESIDE_CARDS) or any(_is_filled(words, pieces) for pieces in BESIDE):
        return Purpose.BESIDE
    return next((purpose for purpose, pieces in PROMPTS if _is_filled(words, pieces)), Purpose.POSTED)


def _is_filled(words: str, pieces: Sequence[str]) -> bool:
    """Whether words are a text of the catalogue with something in each of its gaps."""
    first, *between, last = pieces
    place = len(first)
    for piece in between:
        found = words.find(piece, place + 1)
        if found < 0:
            return False
        place = found + len(piece)
    return words.startswith(first) and words.endswith(last) and place < len(words) - len(last)


def _pieces_of(*keys: str) -> Iterator[Sequence[str]]:
    """Yield what stands around the gaps of these texts, in each language."""
    for language in LANGUAGES:
        for key in keys:
            yield GAP.split(catalogue(language)[key].unescape())


WANTING_A_REPLY = (
    Purpose.RESULT_PROMPT,
    Purpose.REFUSAL_PROMPT,
    Purpose.GIVE_BACK_PROMPT,
    Purpose.REPORT_PROMPT,
    Purpose.ASSIST_BACK_PROMPT,
    Purpose.SPLIT_PROMPT,
    Purpose.DENIAL_PROMPT,
)
PROMPTS = [
    (purpose, pieces)
    for purpose in WANTING_A_REPLY
    for pieces in _pieces_of(f"prompt.{purpose}", f"prompt.{purpose}_again")
]
ABOUT_BESIDE = ("assist.over", "assist.open_at_result", "error.assist_past", "error.assist_taken")
BESIDE = [
    *_pieces_of(*ABOUT_BESIDE),
    *(pieces for event in sorted(ABOUT_ASSISTS) for pieces in _pieces_of(f"news.chat.{event}")),
]
"""What is said of units that were called; nothing that answers it reaches the resident."""
BESIDE_CARDS = tuple(first for first, *_ in _pieces_of("assist.title"))
"""How the card of a unit that was called begins."""
