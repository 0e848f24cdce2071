"""Deleting messages, and pinning them."""

from datetime import timedelta

from sandbox.calls import Call
from sandbox.chats import Chat
from sandbox.errors import bad_request
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.methods.registry import method

DELETABLE = timedelta(hours=48)


@method("deleteMessage")
def delete_message(call: Call) -> bool:
    """Delete a message for everybody."""
    chat = call.chat()
    message = call.message(chat, "message to delete")
    if not _own(call, chat, message):
        raise bad_request("message can't be deleted")
    if not _recent(call, chat, message):
        raise bad_request("message can't be deleted for everyone")
    chat.erase(message)
    return True


@method("deleteMessages")
def delete_messages(call: Call) -> bool:
    """Delete several messages; those that cannot be are passed over."""
    chat = call.chat()
    for number in call.params.json_array("message_ids"):
        message = chat.find(int(number))
        if message and _own(call, chat, message) and _recent(call, chat, message):
            chat.erase(message)
    return True


@method("pinChatMessage")
def pin_chat_message(call: Call) -> bool:
    """Pin a message on top of the chat."""
    chat = _pinning(call)
    chat.pin(call.message(chat, "message to pin"), call.bot)
    return True


@method("unpinChatMessage")
def unpin_chat_message(call: Call) -> bool:
    """Unpin a message, by default the one pinned last."""
    chat = _pinning(call)
    if "message_id" in call.params:
        chat.unpin(call.message(chat, "message to unpin"))
    elif chat.pinned:
        chat.unpin(chat.pinned[-1])
    return True


@method("unpinAllChatMessages")
def unpin_all_chat_messages(call: Call) -> bool:
    """Unpin all messages."""
    _pinning(call).pinned.clear()
    return True


def _pinning(call: Call) -> Chat:
    chat = call.chat()
    if isinstance(chat, Group) and not chat.member(call.bot).may("can_pin_messages"):
        raise bad_request("not enough rights to manage pinned messages in the chat")
    return chat


def _own(call: Call, chat: Chat, message: Message) -> bool:
    if message.kind == "forum_topic_created":
        return False
    return message.sender is call.bot or not isinstance(chat, Group) or _rules(call, chat)


def _recent(call: Call, chat: Chat, message: Message) -> bool:
    return _rules(call, chat) or call.stage.ground.now() - message.date < DELETABLE


def _rules(call: Call, chat: Chat) -> bool:
    return isinstance(chat, Group) and chat.member(call.bot).may("can_delete_messages")
