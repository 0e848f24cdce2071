"""Groups: who is in them, who runs them, and how a small group becomes a supergroup."""

from collections.abc import Iterable
from typing import Unpack

from sandbox.bots import Bot
from sandbox.content import Content, Service
from sandbox.errors import ImpossibleError
from sandbox.forums import Forum
from sandbox.ground import Ground
from sandbox.jsons import Json, present, when_true
from sandbox.members import Member
from sandbox.messages import How, Message
from sandbox.users import User

SUPERGROUPS_BELOW = -1_000_000_000_000


class Group(Forum):
    """A group or supergroup with its members."""

    def __init__(
        self,
        ground: Ground,
        chat_id: int,
        title: str,
        *,
        groups: "dict[int, Group]",
        owner: User,
        is_forum: bool = False,
        username: str | None = None,
    ) -> None:
        super().__init__(ground, chat_id, is_forum=is_forum)
        self.type = "supergroup" if chat_id < SUPERGROUPS_BELOW else "group"
        self.title = title
        self.username = username
        self.members = {owner.id: Member(owner, "creator")}
        self.migrated_to: Group | None = None
        self._owner = owner
        self._groups = groups
        self._spoke_last: User | None = None
        self._next_id = 2  # in a forum, 1 is the thread of the general topic
        groups[chat_id] = self

    def __str__(self) -> str:
        return self.title

    @property
    def owner(self) -> User:
        """Who founded it, and acts where nobody is named."""
        return self._owner

    def card(self) -> Json:
        """Return the Chat object."""
        card = {"id": self.id, "type": self.type, "title": self.title}
        return card | present(username=self.username) | when_true(is_forum=self.is_forum)

    def member(self, user: User) -> Member:
        """Return somebody's position here; "left" for who never was."""
        return self.members.get(user.id, Member(user))

    def present_members(self) -> list[Member]:
        """Return who is in the group now, in the order of joining."""
        return [member for member in self.members.values() if member.in_chat]

    def bots(self) -> list[Bot]:
        """Return the bots that are in the group."""
        return [member.user for member in self.present_members() if isinstance(member.user, Bot)]

    def people(self) -> list[User]:
        """Return the people who are in the group."""
        return [member.user for member in self.present_members() if not member.user.is_bot]

    def trusts(self, bot: Bot, /) -> bool:
        """Whether the bot is an administrator: those hear everything."""
        return self.member(bot).is_admin

    def spoke_last(self, bot: Bot, /) -> bool:
        """Whether no other bot has written here since this one did."""
        return self._spoke_last is bot

    def next_id(self) -> int:
        """Return the number of the next message: a supergroup counts by itself."""
        if self.type == "group":
            return super().next_id()
        self._next_id += 1
        return self._next_id - 1

    def post(self, sender: User, content: Content, *, message_id: int | None = None, **how: Unpack[How]) -> Message:
        """Let somebody send a message; an anonymous administrator's does not say whose it is."""
        how["anonymous"] = self.member(sender).anonymous
        message = super().post(sender, content, message_id=message_id, **how)
        if sender.is_bot and not message.is_service:
            self._spoke_last = sender
        return message

    def add(self, user: User, *, admin: bool = False, anonymous: bool = False, by: User | None = None) -> None:
        """Let somebody join, or be added by a member."""
        self._place(Member(user, "member"), by or user)
        self.post(by or user, Service("new_chat_members", [user.card()]))
        if admin:
            self.promote(user, anonymous=anonymous)

    def add_bot(self, bot: Bot, *, admin: bool = False, by: User | None = None) -> None:
        """Let a member, by default the owner, add a bot."""
        if not bot.can_join_groups:
            raise ImpossibleError(f"{bot} cannot be added to groups")
        self.add(bot, admin=admin, by=by or self.owner)

    def promote(
        self,
        user: User,
        *,
        by: User | None = None,
        anonymous: bool = False,
        without: Iterable[str] = ("can_promote_members",),
    ) -> None:
        """Make a member an administrator, without some of the rights."""
        position = Member(user, "administrator", anonymous, frozenset(without))
        self._place(position, by or self.owner)

    def demote(self, user: User, *, by: User | None = None) -> None:
        """Make an administrator an ordinary member."""
        self._place(Member(user, "member"), by or self.owner)

    def remove(self, user: User, *, by: User | None = None) -> None:
        """Remove and ban somebody, bot or person; without `by` it is the owner who does it."""
        self._depart(user, "kicked", by or self.owner)

    def let_go(self, user: User) -> None:
        """Let a member leave by their own will."""
        self._depart(user, "left", user)

    def unban(self, user: User) -> None:
        """Let somebody who was removed come back if they like."""
        self._place(Member(user, "left"), self.owner)

    def rename(self, title: str, *, by: User | None = None) -> None:
        """Give the group another title."""
        self.title = title
        self.post(by or self.owner, Service("new_chat_title", title))

    def migrate(self, new_id: int | None = None) -> "Group":
        """Turn a small group into a supergroup, and return that: it has another identifier, and its own messages."""
        if self.type != "group" or self.migrated_to:
            raise ImpossibleError(f"{self} cannot become a supergroup")
        supergroup = Group(
            self.ground,
            new_id or SUPERGROUPS_BELOW - 5_000_000_000 + self.id,
            self.title,
            groups=self._groups,
            owner=self.owner,
        )
        supergroup.members = dict(self.members)
        self.post(self.owner, Service("migrate_to_chat_id", supergroup.id))
        self.migrated_to = supergroup
        supergroup.post(self.owner, Service("migrate_from_chat_id", self.id))
        return supergroup

    def _depart(self, user: User, status: str, by: User) -> None:
        self.post(by, Service("left_chat_member", user.card()))  # first: who goes still hears of it
        self._place(Member(user, status), by)

    def _place(self, position: Member, by: User) -> None:
        """Put somebody into a position, and tell the bots whom that concerns."""
        old = self.member(position.user)
        self.members[position.user.id] = position
        told = self.happening(by) | {"old_chat_member": old.card(), "new_chat_member": position.card()}
        for bot in self.bots():
            if bot is not position.user and self.trusts(bot):
                bot.updates.put("chat_member", told)
        if isinstance(position.user, Bot):
            position.user.updates.put("my_chat_member", told)
        self.changed("member")
