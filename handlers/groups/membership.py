"""Where the bot may write: it was blocked or let in again, a group threw it out, or became a supergroup."""

import telegram

from domain.desk.office.reach import lose_account, lose_chat, move_chat, regain_account, regain_chat
from domain.organisation.marks import admin_mark
from domain.organisation.units import ChatId
from handlers.updates.context import UpdateContext


async def on_membership_changed(context: UpdateContext) -> None:
    """Take note of a change of the bot's own membership."""
    changed = context.update.my_chat_member
    if changed is None:
        return
    may_write, might_write = _may_write(changed.new_chat_member), _may_write(changed.old_chat_member)
    if context.private:
        await (regain_account if may_write else lose_account)(context.desk, context.account)
        return
    if changed.chat.type == telegram.Chat.CHANNEL:
        # Subscribers read there: nothing is said, and no unit works there.
        await lose_chat(context.desk, context.chat.id)
        return
    is_admin = changed.new_chat_member.status == telegram.ChatMember.ADMINISTRATOR
    await context.desk.work.marks.set(admin_mark(context.chat.id), "yes" if is_admin else "")
    if not may_write:
        await lose_chat(context.desk, context.chat.id)
    else:
        await regain_chat(context.desk, context.chat.id)
        if not might_write and not context.desk.org.in_group(context.chat.id):
            await context.say("answer.joined_group")


async def on_migrated(context: UpdateContext) -> None:
    """Follow a group that became a supergroup; both of them say so, in either order."""
    here, new, old = context.sent.chat.id, context.sent.migrate_to_chat_id, context.sent.migrate_from_chat_id
    await move_chat(context.desk, ChatId(old or here), ChatId(new or here))


def _may_write(member: telegram.ChatMember) -> bool:
    if isinstance(member, telegram.ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return member.status not in (telegram.ChatMember.LEFT, telegram.ChatMember.BANNED)
