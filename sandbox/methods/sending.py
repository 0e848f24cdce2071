"""What all methods that send have in common: the chat, the thread, the message answered, the keyboard."""

from sandbox.calls import Call
from sandbox.chats import Chat
from sandbox.content import Content
from sandbox.errors import bad_request
from sandbox.groups import Group
from sandbox.jsons import Json
from sandbox.messages import How, Message


def send(call: Call, content: Content) -> Json:
    """Send one message and return it."""
    chat, how = addressed(call)
    return call.shown(chat.post(call.bot, content, **how))


def addressed(call: Call) -> tuple[Chat, How]:
    """Return where a message goes, and under what circumstances.

    Raises ApiError for a chat, message or thread that is not there, and for a keyboard that is none.
    """
    markup = call.markup()
    chat = call.chat()
    reply_to = _replied(call, chat)
    thread_id = _thread(call, chat)
    _check_open(call, chat, thread_id or chat.thread_of(reply_to))
    return chat, How(
        reply_to=reply_to,
        thread_id=thread_id,
        reply_markup=markup,
        silent=call.params.flag("disable_notification"),
        protected=call.params.flag("protect_content"),
    )


def _replied(call: Call, chat: Chat) -> Message | None:
    reply = call.params.json_object("reply_parameters")
    number = int(reply.get("message_id", 0)) or call.params.integer("reply_to_message_id")
    if not number:
        return None
    optional = reply.get("allow_sending_without_reply") or call.params.flag("allow_sending_without_reply")
    elsewhere = str(reply.get("chat_id", chat.id)) != str(chat.id)
    message = None if elsewhere else chat.find(number)
    if message is None and not optional:
        raise bad_request("message to be replied not found")
    return message


def _thread(call: Call, chat: Chat) -> int | None:
    thread_id = call.params.integer("message_thread_id")
    if not thread_id:
        return None
    if not isinstance(chat, Group) or not chat.is_thread(thread_id):
        raise bad_request("message thread not found")
    return thread_id


def _check_open(call: Call, chat: Chat, thread_id: int | None) -> None:
    topic = chat.topic(thread_id)
    if topic and topic.closed and not chat.trusts(call.bot):
        raise bad_request("TOPIC_CLOSED")
