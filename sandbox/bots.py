"""A bot's account: its token, its queue of updates, its profile, and the presses that it may still answer."""

from dataclasses import dataclass, field

from sandbox.jsons import Json
from sandbox.presses import Press
from sandbox.profile import Profile
from sandbox.updates import UpdateQueue
from sandbox.users import User
from sandbox.webhook import Webhook


@dataclass(eq=False, kw_only=True)
class Bot(User):
    """A bot. `privacy` is BotFather's /setprivacy: whether it is deaf to ordinary talk in groups."""

    token: str
    updates: UpdateQueue
    privacy: bool = True
    can_join_groups: bool = True
    is_bot: bool = True
    logged_out: bool = False
    webhook: Webhook | None = None
    profile: Profile = field(default_factory=Profile)
    presses: dict[str, Press] = field(default_factory=dict)

    def full_card(self) -> Json:
        """Return the User object that only getMe returns."""
        return self.card() | {
            "can_join_groups": self.can_join_groups,
            "can_read_all_group_messages": not self.privacy,
            "supports_guest_queries": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
            "can_manage_bots": False,
            "supports_join_request_queries": False,
        }
