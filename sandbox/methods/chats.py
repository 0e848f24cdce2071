"""What a bot learns of chats and their members, and what it does with them."""

from typing import Any

from sandbox.calls import Access, Call
from sandbox.errors import bad_request
from sandbox.groups import Group
from sandbox.jsons import Json, present
from sandbox.members import PERMISSIONS, Member
from sandbox.methods.registry import method
from sandbox.users import User

GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
    "cancel",
}


@method("getChat")
def get_chat(call: Call) -> Json:
    """Return a chat in full."""
    chat = call.chat(access=Access.READ)
    full: dict[str, Any] = {
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(GIFTS, False),
    }
    if isinstance(chat, Group):
        full["permissions"] = dict.fromkeys(PERMISSIONS, True)
    pinned = call.shown(chat.pinned[-1]) if chat.pinned else None
    return chat.card() | full | present(pinned_message=pinned)


@method("getChatMember")
def get_chat_member(call: Call) -> Json:
    """Return somebody's position in a chat."""
    chat, user = call.chat(access=Access.READ), call.user()
    if isinstance(chat, Group):
        return chat.member(user).card()
    return Member(user, "member" if user in {*chat.people(), *chat.bots()} else "left").card()


@method("getChatAdministrators")
def get_chat_administrators(call: Call) -> list[Json]:
    """Return who runs a group: people, and the bot itself, but no other bots unless asked for."""
    group = call.group("there are no administrators in the private chat")
    others = call.params.flag("return_bots")
    admins = [member for member in group.present_members() if member.is_admin]
    return [admin.card() for admin in admins if others or not admin.user.is_bot or admin.user is call.bot]


@method("getChatMemberCount")
def get_chat_member_count(call: Call) -> int:
    """Return how many are in a chat."""
    chat = call.chat(access=Access.READ)
    return len(chat.people()) + len(chat.bots())


@method("leaveChat")
def leave_chat(call: Call) -> bool:
    """Leave a group."""
    call.group("chat member status can't be changed in private chats").let_go(call.bot)
    return True


@method("sendChatAction")
def send_chat_action(call: Call) -> bool:
    """Show for a moment that the bot is about to send something."""
    if call.params.text("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    call.chat().changed(call.params.text("action"))
    return True


@method("setChatTitle")
def set_chat_title(call: Call) -> bool:
    """Give a group another title."""
    group = call.group("can't change private chat title")
    _check_right(call, group, "can_change_info", "not enough rights to change chat title")
    group.rename(call.params.text("title"), by=call.bot)
    return True


@method("banChatMember")
def ban_chat_member(call: Call) -> bool:
    """Remove somebody from a group."""
    group, user = _restricting(call)
    group.remove(user, by=call.bot)
    return True


@method("unbanChatMember")
def unban_chat_member(call: Call) -> bool:
    """Let somebody who was removed come back; who is still in is removed, unless `only_if_banned`."""
    group, user = _restricting(call)
    banned = group.member(user).status == "kicked"
    if banned or not call.params.flag("only_if_banned"):
        group.unban(user)
    return True


def _restricting(call: Call) -> tuple[Group, User]:
    group, user = call.group("can't restrict members of private chats"), call.user()
    _check_right(call, group, "can_restrict_members", "not enough rights to restrict/unrestrict chat member")
    if group.member(user).status == "creator":
        raise bad_request("can't remove chat owner")
    if group.member(user).is_admin:
        raise bad_request("user is an administrator of the chat")
    return group, user


def _check_right(call: Call, group: Group, right: str, refusal: str) -> None:
    if not group.member(call.bot).may(right):
        raise bad_request(refusal)
