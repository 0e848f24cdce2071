"""Forum topics: opening, renaming, closing, deleting."""

from sandbox.calls import Call
from sandbox.errors import bad_request
from sandbox.forums import ICON_COLORS
from sandbox.groups import Group
from sandbox.jsons import Json
from sandbox.messages import Topic
from sandbox.methods.registry import method

NAME_LIMIT = 128


@method("createForumTopic")
def create_forum_topic(call: Call) -> Json:
    """Open a topic; a name that is too long is cut."""
    group = _forum(call)
    name = call.params.text("name").strip()[:NAME_LIMIT]
    if not name:
        raise bad_request("title must be non-empty")
    topic = group.add_topic(name, by=call.bot, icon_color=call.params.integer("icon_color", ICON_COLORS[0]))
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.icon_color}


@method("editForumTopic")
def edit_forum_topic(call: Call) -> bool:
    """Give a topic another name."""
    group, topic = _topic(call)
    name = call.params.text("name").strip()[:NAME_LIMIT]
    if name in {"", topic.name}:
        raise bad_request("TOPIC_NOT_MODIFIED")
    group.rename_topic(topic, name, by=call.bot)
    return True


@method("closeForumTopic")
def close_forum_topic(call: Call) -> bool:
    """Close a topic."""
    group, topic = _topic(call)
    if topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    group.close_topic(topic, by=call.bot)
    return True


@method("reopenForumTopic")
def reopen_forum_topic(call: Call) -> bool:
    """Open a closed topic again."""
    group, topic = _topic(call)
    if not topic.closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    group.reopen_topic(topic, by=call.bot)
    return True


@method("deleteForumTopic")
def delete_forum_topic(call: Call) -> bool:
    """Delete a topic with its messages."""
    group, topic = _topic(call)
    group.delete_topic(topic)
    return True


@method("unpinAllForumTopicMessages")
def unpin_all_forum_topic_messages(call: Call) -> bool:
    """Unpin the messages of a topic."""
    group, topic = _topic(call)
    group.pinned = [message for message in group.pinned if message.topic is not topic]
    return True


def _forum(call: Call) -> Group:
    chat = call.chat()
    if not isinstance(chat, Group) or not chat.is_forum:
        raise bad_request("the chat is not a forum")
    if not chat.member(call.bot).may("can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    return chat


def _topic(call: Call) -> tuple[Group, Topic]:
    group = _forum(call)
    topic = group.topic(call.params.integer("message_thread_id"))
    if topic is None or topic.deleted:
        raise bad_request("TOPIC_ID_INVALID")
    return group, topic
