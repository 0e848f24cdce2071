"""How a bot presents itself: its texts by language, its command menus by scope, its menu button by chat."""

from dataclasses import dataclass, field

from sandbox.jsons import Json

Scope = tuple[str, int, int]  # kind, chat, user; 0 where the kind has none
Commands = list[Json]

DEFAULT_SCOPE: Scope = ("default", 0, 0)
COMMANDS_BUTTON: Json = {"type": "commands"}


@dataclass
class Profile:
    """Everything that setMy… and setChatMenuButton change."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    commands: dict[tuple[Scope, str], Commands] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)

    def text(self, name: str, language: str = "") -> str:
        """Return a text in a language, else in the default one."""
        return self.texts.get((name, language)) or self.texts.get((name, ""), "")

    def write(self, name: str, language: str, text: str) -> None:
        """Set a text; an empty one removes it."""
        if text:
            self.texts[name, language] = text
        else:
            self.texts.pop((name, language), None)

    def menu_button(self, chat_id: int = 0) -> Json:
        """Return the button beside the field where people write; chat 0 is the default."""
        return self.menu_buttons.get(chat_id) or self.menu_buttons.get(0, COMMANDS_BUTTON)

    def commands_shown(self, scopes: list[Scope], language: str = "") -> Commands:
        """Return the menu of the first of these scopes that has one, the person's language before the default."""
        candidates = ((scope, spoken) for scope in scopes for spoken in (language, ""))
        return next((self.commands[key] for key in candidates if key in self.commands), [])
