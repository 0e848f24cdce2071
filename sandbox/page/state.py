"""The world as the page shows it: who has a phone, and what stands in each chat. Pure: a scene → JSON."""

from collections.abc import Iterable, Iterator
from typing import Any

from sandbox.chats import Chat, PrivateChat
from sandbox.content import Attachment, Contact, Location, Service, Venue
from sandbox.groups import Group
from sandbox.jsons import Json, present, when_true
from sandbox.keyboards import Shown, inline_rows
from sandbox.messages import Message, Pinned
from sandbox.people import Person
from sandbox.polls import Poll
from sandbox.scene import Scene
from sandbox.users import User

AT_ONCE = 150
QUOTED = 80


def show_world(scene: Scene) -> Json:
    """Return everything: what the page needs when it opens."""
    return {
        "run": scene.run,
        "language": scene.language,
        "now": scene.world.now().timestamp(),
        "bot": {"id": scene.bot.id, "name": str(scene.bot), "username": scene.bot.username},
        "has_clock": scene.clock is not None,
        "has_cases": scene.clock is not None,
        "spots": [present(**vars(spot)) for spot in scene.spots],
        "chats": [show_chat(scene, chat) for chat in chats_of(scene)],
    }


def chats_of(scene: Scene) -> Iterator[Chat]:
    """Yield every chat that has a phone: residents, groups, admins, and those who work."""
    people = [person for person in scene.world.people.values() if not person.deactivated]
    yield from (person.chat_with(scene.bot) for person in people if person.id not in scene.cast)
    yield from (group for group in scene.world.groups.values() if group.migrated_to is None)
    staff = [person for person in people if person.id in scene.cast]
    for person in sorted(staff, key=lambda person: scene.cast[person.id].role != "admin"):
        yield person.chat_with(scene.bot)


def show_chat(scene: Scene, chat: Chat) -> Json:
    """Return one chat with its latest messages, and what each who speaks there sees below them."""
    known = scene.world.people
    people = [person for user in chat.people() if (person := known.get(user.id)) and not person.deactivated]
    return _face(scene, chat) | {
        "id": chat.id,
        "people": [_show_speaker(scene, chat, person) for person in people],
        "messages": [show_message(message) for message in chat.messages[-AT_ONCE:]],
        "pinned": [message.id for message in chat.pinned],
    }


def _face(scene: Scene, chat: Chat) -> Json:
    if isinstance(chat, PrivateChat):
        part = scene.cast.get(chat.person.id)
        kind = "resident" if part is None else "admin" if part.role == "admin" else "staff"
        return {"kind": kind, "title": str(chat.person), "unit": part.unit if part else "", "blocked": chat.blocked}
    assert isinstance(chat, Group)
    return {"kind": "group", "title": chat.title, "count": len(chat.present_members()), "forum": chat.is_forum}


def _show_speaker(scene: Scene, chat: Chat, person: Person) -> Json:
    group = chat if isinstance(chat, Group) else None
    part = scene.cast.get(person.id)
    asked = chat.asked.get(person.id)
    keyboard = chat.keyboards.get(person.id)
    return {
        "id": person.id,
        "name": str(person),
        "role": part.role if part else "resident",
        "commands": [
            {"command": shown["command"], "description": shown["description"]}
            for shown in scene.world.commands_shown(scene.bot, person, group)
        ],
    } | present(
        keyboard=_show_keyboard(keyboard) if keyboard else None,
        asked=asked.id if asked and not asked.deleted else None,
        placeholder=(asked.reply_markup or {}).get("input_field_placeholder") if asked else None,
    )


def _show_keyboard(shown: Shown) -> Json:
    rows = [[{"text": key["text"]} | when_true(asks=_asks(key)) for key in row] for row in shown.rows]
    return {"rows": rows, "hidden": shown.hidden, "placeholder": shown.placeholder}


def _asks(key: Json) -> str:
    return next((what for what in ("location", "contact") if key.get(f"request_{what}")), "")


def show_message(message: Message) -> Json:
    """Return one message."""
    replied = message.reply_to
    return (
        {"id": message.id, "at": message.date.timestamp(), "kind": message.kind, "from": _sender(message)}
        | {"text": message.words.text, "entities": [entity.card() for entity in message.entities]}
        | when_true(
            rows=[[_button(button) for button in row] for row in inline_rows(message.reply_markup)],
            edited=message.edited is not None,
            album=message.album,
            reply=_quote(replied) if replied and not replied.deleted else None,
            topic=message.topic.name if message.topic else None,
            forwarded=message.origin is not None,
            reactions=_reactions(message),
            service=_service(message) if message.is_service else None,
        )
        | _extra(message)
    )


def _sender(message: Message) -> Json:
    sender: User = message.sender
    if message.anonymous:
        return {"id": 0, "name": str(message.chat.card().get("title", "")), "bot": False}
    return {"id": sender.id, "name": str(sender), "bot": sender.is_bot}


def _button(button: Json) -> Json:
    shown = {"text": button["text"]}
    return shown | present(url=button.get("url"), copy=(button.get("copy_text") or {}).get("text"))


def _quote(message: Message) -> Json:
    text = " ".join(message.words.text.split())
    return {"id": message.id, "name": _sender(message)["name"], "text": text[:QUOTED], "kind": message.kind}


def _reactions(message: Message) -> Json:
    given = [emoji for emojis in message.reactions.values() for emoji in emojis]
    return {emoji: given.count(emoji) for emoji in given}


def _service(message: Message) -> Json:
    content = message.content
    if isinstance(content, Pinned):
        return {"who": str(message.sender), "what": " ".join(content.message.words.text.split())[:QUOTED]}
    assert isinstance(content, Service)
    return {"who": str(message.sender), "what": _named(content.value)}


def _named(value: object) -> str:
    """Return who or what a service message is about."""
    if isinstance(value, dict):
        return " ".join(str(value[part]) for part in ("first_name", "last_name", "name") if value.get(part))
    if isinstance(value, list):
        return _joined(_named(item) for item in value)
    return str(value)


def _joined(names: Iterable[str]) -> str:
    return "、".join(names)


def _extra(message: Message) -> Json:
    content: Any = message.content
    if isinstance(content, Attachment):
        file = content.file
        shown = {"serial": file.serial, "size": file.size, "mime": file.mime} | when_true(name=file.name)
        measured = {name: file.traits[name] for name in ("width", "height", "duration", "emoji") if name in file.traits}
        return {"file": shown | measured | when_true(playable=len(file.data) > QUOTED)}
    if isinstance(content, Location):
        return {"point": {"latitude": content.latitude, "longitude": content.longitude}}
    if isinstance(content, Venue):
        return {"point": content.location.card(), "venue": [content.title, content.address]}
    if isinstance(content, Contact):
        return {"contact": {"name": content.first_name, "phone": content.phone_number}}
    return {"poll": _poll(content)} if isinstance(content, Poll) else {}


def _poll(poll: Poll) -> Json:
    options = [
        {"text": option.words.text, "count": len(option.voters), "by": [voter.id for voter in option.voters]}
        for option in poll.options
    ]
    return {"question": poll.question.text, "options": options, "closed": poll.closed}
