"""Proxy (代报): a worker raises a case for a neighbour who has no account, or for what they found on a round (巡查)."""

from domain.cases.drafts import Draft, DraftId
from domain.cases.kinds import kind_of
from domain.cases.messages import MessageId
from domain.cases.questions import Asked, Question
from domain.desk import Desk
from domain.desk.intake.keep_draft import keep_draft
from domain.errors import DeskError, NotAnyMember
from domain.people.neighbours import Neighbour
from domain.people.person import Actor


class AnotherDraftFirst(DeskError):
    """Another draft is open; nobody writes two at once."""

    key = "error.another_draft_first"


async def ask_name(desk: Desk, actor: Actor) -> None:
    """Let the worker's next message in private be the name of the neighbour.

    Raises:
        NotAnyMember: they work for no unit.
        AnotherDraftFirst: they are writing something else.
    """
    await _require_free(desk, actor)
    await desk.questions.ask(Question(actor.id, Asked.NEIGHBOUR_NAME, desk.now))


async def ask_phone(desk: Desk, actor: Actor, name: str) -> None:
    """Let the worker's next message in private be the neighbour's telephone number.

    Raises:
        NotAnyMember, AnotherDraftFirst: see `ask_name`.
    """
    await _require_free(desk, actor)
    await desk.questions.ask(Question(actor.id, Asked.NEIGHBOUR_PHONE, desk.now, task=name))


async def begin_proxy(desk: Desk, actor: Actor, neighbour: Neighbour, message: MessageId) -> Draft:
    """Begin a draft for a neighbour, which goes on as any other; its place is not that of the worker.

    Raises:
        NotAnyMember, AnotherDraftFirst: see `ask_name`.
    """
    await _require_free(desk, actor)
    await desk.questions.drop(actor.id)
    draft = Draft(DraftId(0), actor.id, kind_of(""), desk.now, below=message, neighbour=neighbour)
    return await keep_draft(desk, draft)


async def _require_free(desk: Desk, actor: Actor) -> None:
    if not desk.org.units_of(actor.id):
        raise NotAnyMember(actor.id)
    if draft := await desk.work.drafts.open_of(actor.id):
        raise AnotherDraftFirst(draft.id)
