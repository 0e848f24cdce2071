"""换人: a lead gives a case to another member of its unit."""

from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from domain.cases.case import Case, CaseId
from domain.cases.messages import Message
from domain.cases.questions import Asked, Question
from domain.desk.casework.hand_over import (
    ask_to_whom,
    can_be_handed_over,
    hand_over,
    is_past,
    members_named,
    members_offered,
)
from domain.letters.asking_pages import HandOverPage
from domain.people.absences import is_away
from domain.people.person import Member, PersonId
from domain.rights.permissions import Rights
from handlers.feature import Feature
from handlers.rendering.buttons import button, tagged
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.labels import first_words, numbered
from handlers.rendering.questions import on_page, question
from handlers.rendering.sending import Scene, Sending, Written
from handlers.updates.asking import call_off, end_question
from handlers.updates.context import UpdateContext

MEMBERS_A_PAGE = 8


@tagged("ho")
@dataclass(frozen=True, slots=True)
class HandOver:
    """换人."""

    case: CaseId


@tagged("hp")
@dataclass(frozen=True, slots=True)
class TurnMembers:
    """A page of the members to whom a case may go."""

    case: CaseId
    page: int


@tagged("hm")
@dataclass(frozen=True, slots=True)
class ChooseMember:
    """A member to whom a case is to go."""

    case: CaseId
    person: PersonId


@tagged("hc")
@dataclass(frozen=True, slots=True)
class CancelHandOver:
    """取消 under the question to whom."""

    case: CaseId


async def on_hand_over_pressed(context: UpdateContext, action: HandOver) -> None:
    """Ask to whom it is to go."""
    case = await ask_to_whom(context.desk, context.actor, action.case)
    await context.show(HandOverPage(), case=case.id)


async def on_members_turned(context: UpdateContext, action: TurnMembers) -> None:
    """Show another page of members, in the same message."""
    case = await ask_to_whom(context.desk, context.actor, action.case)
    await context.show(HandOverPage(action.page), case=case.id, edits=context.pressed_on)


async def on_member_chosen(context: UpdateContext, action: ChooseMember) -> None:
    """Give it to them."""
    await _hand_over(context, action.case, action.person)


async def on_hand_over_cancelled(context: UpdateContext, action: CancelHandOver) -> None:
    """Leave it with who has it."""
    await call_off(context, action.case, (Asked.NEW_OWNER,), "hand_over.cancelled")


async def on_member_named(context: UpdateContext, _question: Question, case_id: CaseId, message: Message) -> None:
    """Take a message as the name of who is to have it; where several fit, ask which."""
    case = await context.desk.find.case(case_id)
    if is_past(context.desk, context.actor, case):
        await end_question(context, case, "hand_over.past", state=case.shown_as)
        return
    meant = members_named(context.desk, case, message.text)
    if len(meant) == 1:
        await _hand_over(context, case_id, meant[0].person)
    elif meant:
        fitting = tuple(member.person for member in meant[:MEMBERS_A_PAGE])
        await context.show(HandOverPage(fitting=fitting), case=case_id)
    else:
        await context.say("hand_over.unknown", buttons=[[("button.cancel", CancelHandOver(case_id))]])


async def _hand_over(context: UpdateContext, case_id: CaseId, person: PersonId) -> None:
    case = await hand_over(context.desk, context.actor, case_id, person)
    name, org, now = case.owner.name if case.owner else "", context.desk.org, context.desk.now
    if not is_away(org.absences, person, now):
        await end_question(context, case, "hand_over.done", name=name)
        return
    until, deputy = org.absences[person].ends, org.deputy_of(person, now)
    key = "hand_over.done_away" if deputy else "hand_over.done_away_alone"
    await end_question(context, case, key, name=name, until=until, deputy=org.name_of(deputy, "") if deputy else "")


async def write_hand_over_page(sending: Sending, content: HandOverPage) -> Written:
    """Write the question to whom a case is to go; none once there is nothing to hand over."""
    case, reader, words = await sending.case(), sending.reader, sending.words
    if case is None or reader is None or is_past(sending.desk, reader, case):
        return Written()
    members = members_offered(sending.desk, case)
    if content.fitting:
        members = [member for member in members if member.person in content.fitting]
    shown, _, ways = on_page(members, content.page, MEMBERS_A_PAGE, partial(TurnMembers, case.id), words)
    names = [[button(_member_label(one, sending.scene), ChooseMember(case.id, one.person))] for one in shown]
    cancel = button(words("button.cancel"), CancelHandOver(case.id))
    key = "hand_over.several" if content.fitting else "hand_over.whom" if members else "hand_over.nobody"
    text = words(key, number=numbered(case), about=first_words(case, words))
    return question(sending, case, text, *names, [*ways, cancel])


def _member_label(member: Member, scene: Scene) -> Markup:
    """Return a member's name and role, and that they are away."""
    away = is_away(scene.org.absences, member.person, scene.now)
    key = "hand_over.member_away" if away else "hand_over.member"
    return scene.words(key, name=member.name, role=scene.words(f"role.{member.role}"))


def _can_go(case: Case, _scene: Scene) -> bool:
    return can_be_handed_over(case)


FEATURE = Feature(
    pressed_in_private={
        HandOver: on_hand_over_pressed,
        TurnMembers: on_members_turned,
        ChooseMember: on_member_chosen,
        CancelHandOver: on_hand_over_cancelled,
    },
    answers={Asked.NEW_OWNER: on_member_named},
    on_file=[CaseButton("button.hand_over", HandOver, _can_go, row=3, may=Rights.may_hand_over)],
)
