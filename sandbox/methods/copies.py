"""Forwarding and copying messages."""

from sandbox.calls import Access, Call
from sandbox.chats import Chat
from sandbox.content import Attachment, Content
from sandbox.errors import bad_request
from sandbox.jsons import Json
from sandbox.messages import How, Message, forward_origin
from sandbox.methods.registry import method
from sandbox.methods.sending import addressed


@method("forwardMessage", paced=True)
def forward_message(call: Call) -> Json:
    """Forward a message, with the name of who wrote it."""
    source = _source(call, "forward")
    chat, how = addressed(call)
    return call.shown(_forward(call, source, chat, how))


@method("forwardMessages", paced=True)
def forward_messages(call: Call) -> list[Json]:
    """Forward several messages; those that cannot be are passed over, and albums stay together."""
    sources = _sources(call)
    chat, how = addressed(call)
    albums = _albums(call, sources)
    sent = [_forward(call, source, chat, how | _together(source, albums)) for source in sources]
    return [{"message_id": message.id} for message in sent]


@method("copyMessage", paced=True)
def copy_message(call: Call) -> Json:
    """Send a message's content anew, under another caption if one is given."""
    source = _source(call, "copy")
    content = source.content
    if "caption" in call.params and isinstance(content, Attachment):
        content = content.captioned(call.caption())
    chat, how = addressed(call)
    return {"message_id": chat.post(call.bot, content, **how).id}


@method("copyMessages", paced=True)
def copy_messages(call: Call) -> list[Json]:
    """Send the content of several messages anew."""
    sources = _sources(call)
    chat, how = addressed(call)
    albums = _albums(call, sources)
    bare = call.params.flag("remove_caption")
    sent = [chat.post(call.bot, _bare(s) if bare else s.content, **(how | _together(s, albums))) for s in sources]
    return [{"message_id": message.id} for message in sent]


def _source(call: Call, verb: str) -> Message:
    message = call.message(call.chat("from_chat_id", Access.READ), f"message to {verb}")
    if message.is_service or message.protected:
        raise bad_request(f"message can't be {'forwarded' if verb == 'forward' else 'copied'}")
    return message


def _sources(call: Call) -> list[Message]:
    chat = call.chat("from_chat_id", Access.READ)
    found = [chat.find(int(number)) for number in call.params.json_array("message_ids")]
    sources = [message for message in found if message and not message.is_service and not message.protected]
    if not sources:
        raise bad_request("there are no messages to forward")
    return sources


def _forward(call: Call, source: Message, chat: Chat, how: How) -> Message:
    return chat.post(call.bot, source.content, **(how | How(origin=forward_origin(source))))


def _albums(call: Call, sources: list[Message]) -> dict[str, str]:
    """Return a new album for each old one of which more than one message comes along."""
    old = [source.album for source in sources if source.album]
    return {album: call.stage.ground.serial("album") for album in dict.fromkeys(old) if old.count(album) > 1}


def _together(source: Message, albums: dict[str, str]) -> How:
    return How(album=albums.get(source.album or ""))


def _bare(source: Message) -> Content:
    content = source.content
    return Attachment(content.file) if isinstance(content, Attachment) else content
