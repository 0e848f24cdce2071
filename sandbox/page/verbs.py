"""The verbs of the page and of tests outside: a JSON request becomes what a person does."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from inspect import isawaitable

from sandbox.errors import ImpossibleError
from sandbox.groups import SUPERGROUPS_BELOW
from sandbox.jsons import Json, present
from sandbox.messages import Message
from sandbox.page.asking import Asked, RefusedError, malformed
from sandbox.page.hands import turn, turn_to_next
from sandbox.scene import APP_LANGUAGES, Scene

Verb = Callable[[Asked], Json | Awaitable[Json]]

ANSWER_WITHIN = 8.0
NAME_LIMIT = 64
HOURS_AT_ONCE = 24 * 366
VERBS: dict[str, Verb] = {}


def verb(function: Verb) -> Verb:
    """Register a verb under its function's name."""
    VERBS[function.__name__] = function
    return function


async def carry_out(scene: Scene, name: str, body: Json) -> Json:
    """Do what is asked for and return what came of it.

    Raises RefusedError where it cannot be done.
    """
    known = VERBS.get(name)
    if known is None:
        raise RefusedError("no_verb", 404)
    try:
        done = known(Asked(scene, body))
        return await done if isawaitable(done) else done
    except ImpossibleError as error:
        raise RefusedError(error.why) from error


def _sent(*messages: Message) -> Json:
    return {"message": messages[0].id, "messages": [message.id for message in messages]}


@verb
def write(asked: Asked) -> Json:
    """Send words: who, chat, text; reply_to, thread."""
    who = asked.person()
    chat = asked.chat(who)
    return _sent(who.writes(chat, asked.text("text"), **asked.where(chat)))


@verb
def edit(asked: Asked) -> Json:
    """Put other words into a message of one's own: who, chat, message, text."""
    who = asked.person()
    message = asked.message(asked.chat(who))
    who.edits(message, asked.text("text"))
    return _sent(message)


@verb
def delete(asked: Asked) -> Json:
    """Delete a message: who, chat, message."""
    who = asked.person()
    who.deletes(asked.message(asked.chat(who)))
    return {}


@verb
def photos(asked: Asked) -> Json:
    """Send a photo or an album: who, chat, photos: [{"sample": name} or {"data": base64}]; caption, reply_to."""
    who = asked.person()
    chat = asked.chat(who)
    caption, where = asked.text("caption", ""), asked.where(chat)
    pictures = [asked.bytes_of(item) for item in asked.items("photos")]
    if len(pictures) == 1:
        return _sent(who.sends_photo(chat, caption, data=pictures[0], **where))
    return _sent(*who.sends_album(chat, [picture or "photo" for picture in pictures], caption, **where))


@verb
def voice(asked: Asked) -> Json:
    """Send a voice message: who, chat; seconds, data, reply_to."""
    who = asked.person()
    chat = asked.chat(who)
    data = asked.bytes_of(asked.body) if asked.has("data") else None
    return _sent(who.sends_voice(chat, data=data, seconds=asked.integer("seconds", 5), **asked.where(chat)))


@verb
def document(asked: Asked) -> Json:
    """Send a file: who, chat, name, data; mime, caption, reply_to."""
    who = asked.person()
    chat = asked.chat(who)
    sent = who.sends_document(
        chat,
        asked.text("caption", ""),
        data=asked.bytes_of(asked.body),
        name=asked.text("name"),
        mime=asked.text("mime", ""),
        **asked.where(chat),
    )
    return _sent(sent)


@verb
def location(asked: Asked) -> Json:
    """Share a point: who, chat, latitude, longitude; by the key that asks for it where one is shown."""
    who = asked.person()
    chat = asked.chat(who)
    shown = who.keyboard_in(chat)
    share = who.shares_location if shown and shown.requesting("request_location") else who.sends_location
    return _sent(share(chat, asked.number("latitude"), asked.number("longitude")))


@verb
def tap(asked: Asked) -> Json:
    """Tap a key of the keyboard shown instead of letters: who, chat, label."""
    who = asked.person()
    return _sent(who.taps_keyboard(asked.chat(who), asked.text("label")))


@verb
async def press(asked: Asked) -> Json:
    """Press a button under a message, and wait for the bot's answer: who, chat, message, label (or data)."""
    who = asked.person()
    message = asked.message(asked.chat(who))
    data = asked.text("data") if asked.has("data") else None
    press = who.presses(message, asked.text("label", ""), data=data)
    try:
        answer = await asked.scene.world.until(lambda: press.answer, ANSWER_WITHIN)
    except TimeoutError:
        return {"answer": None}
    return {"answer": {"text": answer.text, "alert": answer.show_alert, "url": answer.url} if answer else None}


@verb
def start(asked: Asked) -> Json:
    """Press START, or follow a QR code: who; parameter."""
    return _sent(asked.person().starts(asked.scene.bot, asked.text("parameter", "")))


@verb
def block(asked: Asked) -> Json:
    """Block the bot: who."""
    asked.person().blocks(asked.scene.bot)
    return {}


@verb
def unblock(asked: Asked) -> Json:
    """Unblock the bot: who."""
    asked.person().unblocks(asked.scene.bot)
    return {}


@verb
def react(asked: Asked) -> Json:
    """React to a message: who, chat, message; emoji, none takes the reaction back."""
    who = asked.person()
    emoji = asked.text("emoji", "")
    who.reacts(asked.message(asked.chat(who)), *([emoji] if emoji else []))
    return {}


@verb
def vote(asked: Asked) -> Json:
    """Vote in a poll: who, chat, message, options (labels)."""
    who = asked.person()
    message = asked.message(asked.chat(who))
    try:
        who.votes(message, *asked.items("options"))
    except ValueError:
        raise malformed() from None
    return {}


@verb
async def speak(asked: Asked) -> Json:
    """Turn everybody's app to a language: language."""
    language = asked.text("language")
    if language not in APP_LANGUAGES:
        raise malformed()
    await asked.scene.speak(language)
    return {}


@verb
def add_person(asked: Asked) -> Json:
    """Let somebody come: name; id, username, language."""
    name = asked.text("name").strip()
    if not name or len(name) > NAME_LIMIT:
        raise RefusedError("no_name")
    try:
        person = asked.scene.world.add_person(
            asked.integer("id", 0) or None,
            name,
            username=asked.text("username", "") or None,
            language_code=asked.text("language", APP_LANGUAGES[asked.scene.language]),
        )
    except ValueError:
        raise RefusedError("id_taken") from None
    asked.scene.world.ground.changed("people")
    return {"id": person.id}


@verb
def remove_person(asked: Asked) -> Json:
    """Let somebody delete their account: who."""
    asked.person().deletes_account()
    asked.scene.world.ground.changed("people")
    return {}


@verb
def add_group(asked: Asked) -> Json:
    """Open a group with the bot in it: title; id, members (ids, the first is its owner), forum, admin."""
    world, members = asked.scene.world, asked.members()
    chat_id = asked.integer("id", 0)
    forum = asked.flag("forum")
    large = forum or not chat_id or chat_id < SUPERGROUPS_BELOW
    owner = members[0] if members else None
    try:
        group = world.add_group(chat_id or None, asked.text("title"), supergroup=large, forum=forum, owner=owner)
    except ValueError:
        raise RefusedError("id_taken") from None
    for person in members[1:]:
        group.add(person)
    group.add_bot(asked.scene.bot, admin=asked.flag("admin"))
    world.ground.changed("people")
    return {"id": group.id}


@verb
def join(asked: Asked) -> Json:
    """Join a group: who, chat."""
    asked.person().joins(asked.group())
    return {}


@verb
def leave(asked: Asked) -> Json:
    """Leave a group: who, chat."""
    asked.person().leaves(asked.group())
    return {}


@verb
async def move_clock(asked: Asked) -> Json:
    """Let time pass: hours, or nothing to go to where the desk will act next by itself."""
    if asked.scene.app is None:
        raise RefusedError("no_clock")
    if not asked.has("hours"):
        step, turned = await turn_to_next(asked.scene, asked.scene.app)
        return present(due=step.what, number=step.number) | vars(turned)
    hours = asked.number("hours")
    if not 0 < hours <= HOURS_AT_ONCE:
        raise malformed()
    return vars(await turn(asked.scene, asked.scene.app, timedelta(hours=hours)))
