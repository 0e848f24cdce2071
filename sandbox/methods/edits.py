"""Changing what a message says, shows, or offers to press."""

from sandbox.calls import Access, Call
from sandbox.chats import Chat
from sandbox.content import Attachment, Content, Text
from sandbox.errors import bad_request
from sandbox.jsons import Json
from sandbox.keyboards import inline_only
from sandbox.messages import Message
from sandbox.methods.albums import attachment
from sandbox.methods.registry import method
from sandbox.methods.texts import written

UNCHANGED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


@method("editMessageText", paced=True)
def edit_message_text(call: Call) -> Json:
    """Put other words into a message of words."""
    text = written(call)
    chat, message = _editable(call)
    if not isinstance(message.content, Text):
        raise bad_request("there is no text in the message to edit")
    return _edited(call, chat, message, text)


@method("editMessageCaption", paced=True)
def edit_message_caption(call: Call) -> Json:
    """Put other words under a file."""
    caption = call.caption()
    chat, message = _editable(call)
    if not isinstance(message.content, Attachment):
        raise bad_request("there is no caption in the message to edit")
    return _edited(call, chat, message, message.content.captioned(caption))


@method("editMessageMedia", paced=True)
def edit_message_media(call: Call) -> Json:
    """Put another file into a message, or a file in the place of words."""
    content = attachment(call, call.params.json_object("media"))
    chat, message = _editable(call)
    if not isinstance(message.content, Attachment | Text):
        raise bad_request("there is no media in the message to edit")
    return _edited(call, chat, message, content)


@method("editMessageReplyMarkup", paced=True)
def edit_message_reply_markup(call: Call) -> Json:
    """Put other buttons under a message."""
    chat, message = _editable(call)
    return _edited(call, chat, message, message.content)


def _editable(call: Call) -> tuple[Chat, Message]:
    chat = call.chat(access=Access.EDIT)
    message = call.message(chat, "message to edit")
    typed = message.reply_markup and not inline_only(message.reply_markup)
    if message.sender is not call.bot or message.is_service or message.origin or typed:
        raise bad_request("message can't be edited")
    return chat, message


def _edited(call: Call, chat: Chat, message: Message, content: Content) -> Json:
    markup = call.inline_markup()
    if (content, markup) == (message.content, message.reply_markup):
        raise bad_request(UNCHANGED)
    chat.amend(message, content, markup)
    return call.shown(message)
