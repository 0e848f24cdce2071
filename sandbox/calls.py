"""One call of a method: who calls, with what, and what they may reach."""

from dataclasses import dataclass
from enum import IntEnum

from sandbox.bots import Bot
from sandbox.chats import Chat, PrivateChat
from sandbox.entities import CAPTION_LIMIT, Entity, Words, given_entities, polished
from sandbox.errors import bad_request, forbidden
from sandbox.groups import Group
from sandbox.jsons import Json
from sandbox.keyboards import checked, inline_only
from sandbox.markup import parse_html
from sandbox.messages import Message
from sandbox.params import Params
from sandbox.stage import Stage
from sandbox.users import User

LONGEST_SOURCE = 32768  # bytes, before tags are taken out


class Access(IntEnum):
    """How much a method needs of a chat."""

    READ = 1
    EDIT = 2
    WRITE = 3


@dataclass(frozen=True)
class Call:
    """What a method gets to do its work."""

    stage: Stage
    bot: Bot
    params: Params

    def chat(self, name: str = "chat_id", access: Access = Access.WRITE) -> Chat:
        """Return the chat that a parameter names.

        Raises ApiError (400, 403) where the bot cannot reach it that far.
        """
        named = self.params.text(name)
        if not named:
            raise bad_request(f"{name} is empty")
        if named.startswith("@"):
            group = self.stage.group_named(named.removeprefix("@"))
            return self._reachable_group(group, access)
        chat_id = self.params.integer(name)
        if chat_id < 0:
            return self._reachable_group(self.stage.groups.get(chat_id), access)
        return self._reachable_dialog(chat_id, access)

    def group(self, refusal: str) -> Group:
        """Return the group that the request is about; where it is a private chat, refuse in these words."""
        chat = self.chat()
        if not isinstance(chat, Group):
            raise bad_request(refusal)
        return chat

    def message(self, chat: Chat, what: str, name: str = "message_id") -> Message:
        """Return the message of a chat that a parameter names; `what` says in the error which one is missing."""
        number = self.params.integer(name)
        if not number:
            raise bad_request("message identifier is not specified")
        message = chat.find(number)
        if message is None:
            raise bad_request(f"{what} not found")
        return message

    def user(self, name: str = "user_id") -> User:
        """Return the account that a parameter names."""
        user = self.stage.ground.find_user(self.params.integer(name))
        if user is None:
            raise bad_request("user not found")
        return user

    def words(self, name: str, entities: str = "entities", mode: str = "parse_mode") -> Words:
        """Return a text, parsed as the request asks."""
        return self.parsed(self.params.text(name), self.params.text(mode), self.params.json_array(entities))

    def caption(self) -> Words:
        """Return the caption of the request."""
        return fitting_caption(self.words("caption", "caption_entities"))

    def parsed(self, text: str, mode: str, entities: list[Json]) -> Words:
        """Return a text as Telegram stores it.

        Raises ApiError (400) for tags that do not fit, and for other parse modes than HTML.
        """
        if len(text.encode("utf-8", "surrogatepass")) > LONGEST_SOURCE:
            raise bad_request("text is too long")
        if mode.lower() in {"", "none"}:
            return polished(Words(text, self._given(entities)))
        if mode.lower() != "html":
            raise bad_request("unsupported parse_mode")
        return polished(parse_html(text, self.stage.ground.find_user))

    def markup(self) -> Json | None:
        """Return the keyboard that comes with a new message."""
        return checked(self.params.json_object("reply_markup"))

    def inline_markup(self) -> Json | None:
        """Return the keyboard that a message gets by an edit."""
        markup = self.markup()
        if markup and not inline_only(markup):
            raise bad_request("inline keyboard expected")
        return markup

    def shown(self, message: Message) -> Json:
        """Return a message as the calling bot sees it."""
        return message.card(self.bot.id)

    def _given(self, entities: list[Json]) -> tuple[Entity, ...]:
        return given_entities(entities, self.stage.ground.find_user)

    def _reachable_dialog(self, user_id: int, access: Access) -> PrivateChat:
        person = self.stage.people.get(user_id)
        if any(bot.id == user_id for bot in self.stage.bots.values()):
            raise forbidden("bot can't send messages to bots")
        chat = self.stage.dialog(person, self.bot) if person else None
        if person and not chat and self.stage.have_met(person, self.bot):
            if access is Access.READ:
                return person.chat_with(self.bot)
            raise forbidden("bot can't initiate conversation with a user")
        if not person or not chat:
            raise bad_request("chat not found")
        if person.deactivated and access >= Access.EDIT:
            raise forbidden("user is deactivated")
        if chat.blocked and access >= Access.EDIT:
            raise forbidden("bot was blocked by the user")
        return chat

    def _reachable_group(self, group: Group | None, access: Access) -> Group:
        if group is None or (self.bot.id not in group.members and not group.username):
            raise bad_request("chat not found")
        if group.migrated_to and access >= Access.EDIT:
            raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=group.migrated_to.id)
        status = group.member(self.bot).status
        readable = access is Access.READ and (group.type == "group" or group.username)
        if status == "kicked" and not (access is Access.READ and group.type == "group"):
            raise forbidden(f"bot was kicked from the {group.type} chat")
        if status == "left" and not readable:
            raise forbidden(f"bot is not a member of the {group.type} chat")
        return group


def fitting_caption(words: Words) -> Words:
    """Return a caption that is short enough."""
    if len(words) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return words
