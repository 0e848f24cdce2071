"""A unit's room: its commands, and the replies in it."""

from domain.desk.amend import amend
from domain.desk.bind import bind
from domain.desk.view import view_case
from domain.errors import NotAMember, NotAnAdmin
from domain.letters.contents import FilePage, TodoPage
from domain.marks import admin_mark
from domain.people import UnitCode
from handlers.buttons import ListTodo
from handlers.cards import unit_label
from handlers.reading import hides_sender
from handlers.replied import find_replied, is_about_many, parse_number
from handlers.taking import take_message
from handlers.visit import Visit
from handlers.worker.replies import on_reply_of_staff


async def on_group_message(visit: Visit) -> None:
    """Take a reply to one of our messages about a case; what people say among themselves is not ours to hear."""
    post = await find_replied(visit)
    if post is None and is_about_many(visit):
        require_member(visit)
        await visit.say("answer.which_case")
    elif post is not None and hides_sender(visit.sent):
        await visit.say("answer.hidden_identity")
    elif post is not None and (message := await take_message(visit)):
        await on_reply_of_staff(visit, post, message)


async def on_group_edit(visit: Visit) -> None:
    """Take over an edited reply into the file."""
    if await amend(visit.desk, visit.actor, visit.message):
        await visit.nod("👌")


async def on_bind(visit: Visit) -> None:
    """Bind a unit to this group or topic, and say what the bot can see here."""
    if not visit.arguments:
        await visit.say("answer.usage_bind")
        return
    unit = await bind(visit.desk, visit.actor, UnitCode(visit.arguments[0].upper()), visit.room)
    await visit.say("answer.bound", unit=unit_label(visit.desk.org, unit.code, visit.words))
    sees_all = visit.bot.reads_all or await visit.desk.work.marks.get(admin_mark(visit.room.chat))
    await visit.say("answer.bound_open" if sees_all else "answer.bound_private")


async def on_todo(visit: Visit) -> None:
    """List the open cases of the units that work here."""
    if not visit.desk.org.in_room(visit.room):
        await visit.say("answer.not_bound")
        return
    require_member(visit)
    await visit.show(TodoPage())


async def on_todo_turned(visit: Visit, action: ListTodo) -> None:
    """Show another page, in the same message."""
    require_member(visit)
    await visit.show(TodoPage(action.page), edits=visit.pressed_on)


async def on_case(visit: Visit) -> None:
    """Open the file of a case."""
    number = parse_number(" ".join(visit.arguments))
    if number is None:
        await visit.say("answer.usage_case")
        return
    case = await view_case(visit.desk, visit.actor, number, None if visit.private else visit.room)
    own = visit.private and visit.desk.rights.may_speak_for(visit.actor, case)
    await visit.show(FilePage(own), case=case.id)


def require_member(visit: Visit) -> None:
    """Let only members of the units that work in this room go on, and admins.

    Raises:
        NotAMember: the person is neither.
        NotAnAdmin: nor is it one where no unit works here.
    """
    if visit.desk.rights.may_work_in(visit.actor, visit.room):
        return
    units = visit.desk.org.in_room(visit.room)
    if not units:
        raise NotAnAdmin(visit.actor.id)
    raise NotAMember(visit.actor.id, units=[unit.code for unit in units])
