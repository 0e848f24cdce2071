"""Forums: groups whose messages stand in topics."""

from abc import abstractmethod

from sandbox.chats import Chat
from sandbox.content import Service
from sandbox.ground import Ground
from sandbox.messages import Message, Topic
from sandbox.users import User

ICON_COLORS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)


class Forum(Chat):
    """The topics of a group; a group that is no forum has none."""

    def __init__(self, ground: Ground, chat_id: int, *, is_forum: bool) -> None:
        super().__init__(ground, chat_id)
        self.is_forum = is_forum
        self.topics: dict[int, Topic] = {}

    @property
    @abstractmethod
    def owner(self) -> User:
        """Who acts where nobody is named."""

    def topic(self, thread_id: int | None, /) -> Topic | None:
        """Return the topic, standing or deleted, with a thread id."""
        return self.topics.get(thread_id or 0)

    def add_topic(self, name: str, *, by: User | None = None, icon_color: int = ICON_COLORS[0]) -> Topic:
        """Open a topic; its id is the number of the service message that says so."""
        topic = Topic(chat=self, id=self.next_id(), name=name, icon_color=icon_color)
        self.topics[topic.id] = topic
        opening = Service("forum_topic_created", {"name": name, "icon_color": icon_color})
        self.post(by or self.owner, opening, message_id=topic.id, thread_id=topic.id)
        return topic

    def rename_topic(self, topic: Topic, name: str, *, by: User | None = None) -> None:
        """Give a topic another name."""
        topic.name = name
        self._say(topic, "forum_topic_edited", by, name=name)

    def close_topic(self, topic: Topic, *, by: User | None = None) -> None:
        """Close a topic: only administrators write there now."""
        topic.closed = True
        self._say(topic, "forum_topic_closed", by)

    def reopen_topic(self, topic: Topic, *, by: User | None = None) -> None:
        """Open a closed topic again."""
        topic.closed = False
        self._say(topic, "forum_topic_reopened", by)

    def delete_topic(self, topic: Topic) -> None:
        """Delete a topic with all that stands in it; bots are not told."""
        topic.deleted = True
        for message in self.messages:
            if message.thread_id == topic.id:
                self.erase(message)

    def is_thread(self, thread_id: int) -> bool:
        """Whether a bot may send into this thread: a standing topic, or a chain of answers."""
        if topic := self.topic(thread_id):
            return not topic.deleted
        return any(message.thread_id == thread_id for message in self.messages)

    def thread_of(self, reply_to: Message | None, /) -> int | None:
        """Return the thread of an answer: that of the message, or the one that the message begins."""
        return (reply_to.thread_id or reply_to.id) if reply_to and self.type == "supergroup" else None

    def _say(self, topic: Topic, what: str, by: User | None, **value: str) -> None:
        self.post(by or self.owner, Service(what, value), thread_id=topic.id)
