"""A member of a group: their status, and the rights that go with it."""

from dataclasses import dataclass

from sandbox.jsons import Json, present
from sandbox.users import User

IN_CHAT = {"creator", "administrator", "member"}

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_send_welcome_messages",
)
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(frozen=True)
class Member:
    """Somebody who is, or was, in a group."""

    user: User
    status: str = "left"
    anonymous: bool = False
    without: frozenset[str] = frozenset()
    title: str | None = None

    @property
    def in_chat(self) -> bool:
        """Whether they are in the group now."""
        return self.status in IN_CHAT

    @property
    def is_admin(self) -> bool:
        """Whether they administer it."""
        return self.status in {"creator", "administrator"}

    def may(self, right: str) -> bool:
        """Whether they hold one of the administrators' rights."""
        return self.is_admin and right not in self.without

    def card(self) -> Json:
        """Return the ChatMember object of this status."""
        card: Json = {"status": self.status, "user": self.user.card()} | present(custom_title=self.title)
        if self.status == "kicked":
            return card | {"until_date": 0}
        if self.is_admin:
            card["is_anonymous"] = self.anonymous
        if self.status == "administrator":
            card |= {"can_be_edited": False} | {right: self.may(right) for right in ADMIN_RIGHTS}
        return card
