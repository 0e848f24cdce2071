"""What people do with a finger: press buttons, tap keyboards, vote, react."""

from sandbox.bots import Bot
from sandbox.content import Contact, Location, Text
from sandbox.entities import Words, polished
from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.keyboards import Shown
from sandbox.messages import Message
from sandbox.people.actor import Actor, Place
from sandbox.polls import Poll
from sandbox.presses import Press


class Pressing(Actor):
    """A person before buttons."""

    def presses(self, message: Message, label: str = "", *, data: str | None = None) -> Press:
        """Press a button under a message, by its label.

        With `data` the press is sent whether or not such a button is there: from an old screen, or a forged one.
        """
        bot = message.sender
        if not isinstance(bot, Bot):
            raise ImpossibleError(f"no bot answers for {message}")
        chat = self._chat(message)
        self._check_access(chat)
        press = Press(
            id=self.ground.serial("press"),
            presser=self,
            message=message,
            data=self._data(message, label) if data is None else data,
            at=self.ground.now(),
        )
        bot.presses[press.id] = press
        if bot in chat.bots():
            bot.updates.put("callback_query", press.card(bot.id))
        return press

    def keyboard_in(self, place: Place) -> Shown | None:
        """Return the keyboard shown instead of letters, if any."""
        return self._chat(place).keyboards.get(self.id)

    def asked_in(self, place: Place) -> Message | None:
        """Return the message to which the app offers an answer (force_reply), if any."""
        return self._chat(place).asked.get(self.id)

    def taps_keyboard(self, place: Place, label: str) -> Message:
        """Tap a key of the keyboard shown: its label is sent, in groups as an answer to what brought it."""
        shown = self._shown(place)
        button = shown.button(label)
        if button is None:
            raise ImpossibleError(f"{self} sees no key {label!r}, but {shown.labels()}", "no_key")
        if button.get("request_location") or button.get("request_contact"):
            raise ImpossibleError(f"{label!r} shares something: use shares_location or shares_contact")
        return self._tapped(place, shown, Text(polished(Words(label))))

    def shares_location(self, place: Place, latitude: float = 27.5356, longitude: float = 106.8297) -> Message:
        """Tap the key that asks for the location."""
        return self._tapped(place, self._requesting(place, "request_location"), Location(latitude, longitude))

    def shares_contact(self, place: Place, phone_number: str = "+8613900000000") -> Message:
        """Tap the key that asks for the telephone number."""
        card = Contact(phone_number, self.first_name, self.last_name, self.id)
        return self._tapped(place, self._requesting(place, "request_contact"), card)

    def votes(self, message: Message, *chosen: str) -> None:
        """Vote in a poll; for nothing, to take the vote back."""
        poll = message.content
        if not isinstance(poll, Poll) or poll.closed:
            raise ImpossibleError(f"nobody can vote in {message}")
        if poll.chosen_by(self) and not poll.revoting:
            raise ImpossibleError(f"{self} has voted, and that is final")
        labels = [option.words.text for option in poll.options]
        poll.vote(self, [labels.index(label) for label in chosen])
        if isinstance(message.sender, Bot):
            message.sender.updates.put("poll", poll.card())
            if not poll.anonymous:
                message.sender.updates.put("poll_answer", poll.answer_card(self))
        self._chat(message).changed("poll")

    def reacts(self, message: Message, *emojis: str) -> None:
        """React to a message; with nothing, to take the reaction back."""
        chat = self._chat(message)
        self._check_access(chat)
        chat.react(self, message, list(emojis))

    def _data(self, message: Message, label: str) -> str:
        button = message.button(label)
        if message.deleted or button is None:
            raise ImpossibleError(f"{self} sees no button {label!r}, but {message.buttons()}", "no_button")
        if "callback_data" not in button:
            raise ImpossibleError(f"{label!r} does not tell the bot anything")
        return str(button["callback_data"])

    def _shown(self, place: Place) -> Shown:
        shown = self.keyboard_in(place)
        if shown is None:
            raise ImpossibleError(f"{self} sees no keyboard there", "no_key")
        return shown

    def _requesting(self, place: Place, what: str) -> Shown:
        shown = self._shown(place)
        if not shown.requesting(what):
            raise ImpossibleError(f"no key with {what}, but {shown.labels()}", "no_key")
        return shown

    def _tapped(self, place: Place, shown: Shown, content: Text | Location | Contact) -> Message:
        chat = self._chat(place)
        shown.hidden = shown.one_time
        return self._send(
            place, content, {"reply_to": chat.find(shown.message_id) if isinstance(chat, Group) else None}
        )
