"""One update as a handler meets it, with the desk at hand and the ways to answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import telegram
from markupsafe import Markup

from domain.cases.case import Case, CaseId, Rating, State
from domain.cases.messages import Message, MessageId
from domain.cases.revisits import Answer
from domain.cases.shown import ByRevisit
from domain.desk import Desk
from domain.errors import NotAMember, NotAnAdmin
from domain.letters.contents import Button, Content, FillIn, Keyboard, Page, PressAnswer, Reaction, Said
from domain.letters.letter import Addressee, Letter, Priority, spent, to_chat, to_person
from domain.organisation.units import Chat
from domain.people.accounts import AccountAddress
from domain.people.person import Actor, Person, UnitCode
from handlers.rendering.buttons import encode
from handlers.rendering.labels import case_label, numbered
from handlers.rendering.sending import BotProfile
from handlers.updates.commands import Command
from handlers.updates.reading import read_message
from handlers.words import DEFAULT, Words

Row = Sequence[tuple[str, object]]
Sayable = FillIn | datetime
"""What a sentence may be filled with; what is no text is written out in the words of its reader."""


@dataclass(slots=True)
class UpdateContext:
    """Who came, where, with what; every answer is a letter, so that it goes out only if the work was kept.

    `commands`: all that there are, in the order of the menu.
    """

    desk: Desk
    person: Person
    account: AccountAddress
    actor: Actor
    words: Words
    chat: Chat
    private: bool
    bot: BotProfile
    update: telegram.Update
    album: tuple[telegram.Message, ...] = ()
    commands: tuple[Command, ...] = ()
    answered: bool = False

    @property
    def sent(self) -> telegram.Message:
        """The message that came, new or edited; of an album, its first part."""
        message = self.update.effective_message
        assert message is not None
        return message

    @property
    def pressed_on(self) -> MessageId | None:
        """The message under which a button was pressed, whether or not Telegram still shows it to us."""
        query = self.update.callback_query
        return MessageId(query.message.message_id) if query and query.message else None

    @property
    def message(self) -> Message:
        """What came, in the desk's own words; an album whole."""
        return read_message(self.album or [self.sent])

    @property
    def arguments(self) -> list[str]:
        """The words behind a command."""
        return (self.sent.text or "").split()[1:]

    def unit_named(self, place: int = 0) -> UnitCode:
        """Return the code of a unit as it was written behind a command, in capitals."""
        return UnitCode(self.arguments[place].upper())

    @property
    def here(self) -> Addressee:
        """Where answers go."""
        return to_person(self.person.id) if self.private else to_chat(self.chat)

    @property
    def _reply_to(self) -> MessageId | None:
        """In a group an answer stands under what it answers; to a press it needs no such place."""
        message = self.update.message or self.update.edited_message
        return MessageId(message.message_id) if message and not self.private else None

    def require_member(self) -> None:
        """Let only members of the units that work in this chat go on, and admins.

        Raises:
            NotAMember: the person is neither.
            NotAnAdmin: nor is it one where no unit works here.
        """
        if self.desk.rights.may_work_in(self.actor, self.chat):
            return
        units = self.desk.org.in_chat(self.chat)
        if not units:
            raise NotAnAdmin(self.actor.id)
        raise NotAMember(self.actor.id, units=[unit.code for unit in units])

    async def say(
        self,
        key: str,
        *,
        buttons: Sequence[Row] = (),
        keyboard: Keyboard | None = None,
        keys: Mapping[str, str] | None = None,
        about: Case | None = None,
        edits: MessageId | None = None,
        **values: Sayable,
    ) -> None:
        """Answer with a text of the catalogue; `keys` are values that are keys of the catalogue themselves.

        `about`: the case that a reply to the answer belongs to; the text may name its number and first words.
        `edits`: a message of ours that says this from now on.
        """
        if about is not None:
            values |= {"number": numbered(about), "case": case_label(about, self.words)}
        rows = tuple(tuple(Button(label, encode(action)) for label, action in row) for row in buttons)
        filled = _plain(values, self.words, own=self._reads_own(about))
        said, case = Said(key, filled, keys or {}, keyboard, rows), about.id if about else None
        await self._answer(said, case, None if edits else self._reply_to, edits)

    async def show(self, page: Page, *, case: CaseId | None = None, edits: MessageId | None = None) -> None:
        """Answer with a page; one about a case is remembered as belonging to it."""
        await self._answer(page, case, edits=edits)

    async def toast(self, key: str = "", *, alert: bool = False, **values: Sayable) -> None:
        """Answer a pressed button with a short text, or with nothing but the end of its waiting."""
        query = self.update.callback_query
        if query is None or self.answered:
            return
        self.answered = True
        filled = _plain(values, Words(self.person.language or DEFAULT), own=self._reads_own())
        answer = PressAnswer(query.id, key, filled, alert, self.person.language)
        await self._post(Letter(Addressee(aside=query.id), answer, Priority.ANSWER))

    def _reads_own(self, about: Case | None = None) -> bool:
        """Whether they read of a case of theirs, and not of one that they work on; of which is not always known."""
        if about is not None:
            return self.private and about.resident == self.person.id
        return self.private and not self.actor.is_admin and not self.desk.org.units_of(self.actor.id)

    async def open_private(self, parameter: str) -> None:
        """Answer a pressed button by opening the private chat with the bot, as its link with this parameter does."""
        query = self.update.callback_query
        if query is not None and not self.answered:
            self.answered = True
            answer = PressAnswer(query.id, url=f"https://t.me/{self.bot.username}?start={parameter}")
            await self._post(Letter(Addressee(aside=query.id), answer, Priority.ANSWER))

    async def nod(self, emoji: str) -> None:
        """Put an emoji on the message that came, instead of one more message in a group."""
        chat, message = self.chat.id, MessageId(self.sent.message_id)
        await self._post(Letter(Addressee(aside=f"{chat}:{message}"), Reaction(chat, message, emoji), Priority.NEWS))

    async def take_buttons_away(self) -> None:
        """Take the buttons from the message that was pressed on: it has its answer."""
        if self.pressed_on is not None:
            await self._post(spent(self.chat.id, self.pressed_on))

    async def page_pressed_on(self) -> MessageId | None:
        """Return the page in private under which a button was pressed; none where that tells of something."""
        if not self.private or self.pressed_on is None:
            return None
        post = await self.desk.work.posts.find(self.chat.id, self.pressed_on)
        return self.pressed_on if post is not None and post.event is None else None

    async def _answer(
        self, content: Content, case: CaseId | None, reply_to: MessageId | None = None, edits: MessageId | None = None
    ) -> None:
        await self._post(Letter(self.here, content, Priority.ANSWER, case, reply_to=reply_to, edits=edits))

    async def _post(self, letter: Letter) -> None:
        """Send an answer, in private to the account that it answers."""
        await self.desk.work.outbox.post(replace(letter, account=self.account) if self.private else letter)


def _plain(values: Mapping[str, Sayable], words: Words, *, own: bool) -> dict[str, FillIn]:
    """Return values as the outbox can keep them: moments and states written out, escaped text as it was."""
    return {name: _written(value, words, own=own) for name, value in values.items()}


def _written(value: Sayable, words: Words, *, own: bool) -> FillIn:
    match value:
        case datetime():
            return words.moment(value).unescape()
        case State() | ByRevisit():
            return words(f"state{'_short' if own else ''}.{value}").unescape()
        case Answer():
            return words(f"how_asked.{value}").unescape()
        case Rating():
            return words(f"rating.{value}").unescape()
        case Markup():
            return value.unescape()
    return value
