"""A unit's room: its commands, and the replies in it."""

from domain.desk.casework.amend import amend
from domain.desk.casework.view import view_case
from domain.desk.office.bind import bind
from domain.errors import NotAMember, NotAnAdmin
from domain.letters.contents import FilePage, TodoPage
from domain.organisation.marks import admin_mark
from domain.people.person import UnitCode
from handlers.buttons import ListTodo
from handlers.cards import unit_label
from handlers.reading import hides_sender
from handlers.replied import find_replied, is_about_many, parse_number
from handlers.taking import take_message
from handlers.update_context import UpdateContext
from handlers.worker.replies import on_reply_of_staff


async def on_group_message(context: UpdateContext) -> None:
    """Take a reply to one of our messages about a case; what people say among themselves is not ours to hear."""
    post = await find_replied(context)
    if post is None and is_about_many(context):
        require_member(context)
        await context.say("answer.which_case")
    elif post is not None and hides_sender(context.sent):
        await context.say("answer.hidden_identity")
    elif post is not None and (message := await take_message(context)):
        await on_reply_of_staff(context, post, message)


async def on_group_edit(context: UpdateContext) -> None:
    """Take over an edited reply into the file."""
    if await amend(context.desk, context.actor, context.message):
        await context.nod("👌")


async def on_bind(context: UpdateContext) -> None:
    """Bind a unit to this group or topic, and say what the bot can see here."""
    if not context.arguments:
        await context.say("answer.usage_bind")
        return
    unit = await bind(context.desk, context.actor, UnitCode(context.arguments[0].upper()), context.room)
    await context.say("answer.bound", unit=unit_label(context.desk.org, unit.code, context.words))
    sees_all = context.bot.reads_all or await context.desk.work.marks.get(admin_mark(context.room.chat))
    await context.say("answer.bound_open" if sees_all else "answer.bound_private")


async def on_todo(context: UpdateContext) -> None:
    """List the open cases of the units that work here."""
    if not context.desk.org.in_room(context.room):
        await context.say("answer.not_bound")
        return
    require_member(context)
    await context.show(TodoPage())


async def on_todo_turned(context: UpdateContext, action: ListTodo) -> None:
    """Show another page, in the same message."""
    require_member(context)
    await context.show(TodoPage(action.page), edits=context.pressed_on)


async def on_case(context: UpdateContext) -> None:
    """Open the file of a case."""
    number = parse_number(" ".join(context.arguments))
    if number is None:
        await context.say("answer.usage_case")
        return
    case = await view_case(context.desk, context.actor, number, None if context.private else context.room)
    own = context.private and context.desk.rights.may_speak_for(context.actor, case)
    await context.show(FilePage(own), case=case.id)


def require_member(context: UpdateContext) -> None:
    """Let only members of the units that work in this room go on, and admins.

    Raises:
        NotAMember: the person is neither.
        NotAnAdmin: nor is it one where no unit works here.
    """
    if context.desk.rights.may_work_in(context.actor, context.room):
        return
    units = context.desk.org.in_room(context.room)
    if not units:
        raise NotAnAdmin(context.actor.id)
    raise NotAMember(context.actor.id, units=[unit.code for unit in units])
