"""Identity: who an update comes from, what is known of them, and in which language they are spoken to."""

from dataclasses import replace

import telegram

from domain.desk import Desk
from domain.desk.office.reach import hear_from
from domain.organisation.units import Chat
from domain.people.accounts import TelegramId, in_telegram
from domain.people.person import STRANGER, Actor, Person, tidy_name
from domain.rights.permissions import Rights
from handlers.updates.commands import Standing
from handlers.words import DEFAULT, Words, language_of


async def recognise(desk: Desk, user: telegram.User, *, private: bool) -> Person:
    """Return the person, with name and language as Telegram has them now; who writes in private is reachable.

    Of those who only speak in a group and never wrote to us nothing is kept.
    """
    address = in_telegram(TelegramId(user.id))
    person = await desk.work.people.at(address)
    language = person.language if person and person.language_chosen else language_of(user.language_code)
    name = tidy_name(user.first_name, user.last_name) or Words(language or DEFAULT)("who.nameless").unescape()
    if person is None and not private:
        return Person(STRANGER, name, language)
    person = person or await desk.work.people.add(name, address, language)
    current = replace(person, name=name, language=language)
    if current != person:
        await desk.work.people.save(current)
    return await hear_from(desk, current, address) if private else current


def as_actor(desk: Desk, person: Person) -> Actor:
    """Return the person as somebody who acts now; members act under the name that the organisation gives them."""
    return Actor(person.id, desk.org.name_of(person.id, person.name), person.id in desk.rules.admins)


def standings(rights: Rights, actor: Actor, chat: Chat, *, private: bool) -> frozenset[Standing]:
    """Return what somebody is to the desk in this chat; in private, a member of whatever unit they work for."""
    held = {
        Standing.ANYBODY: True,
        Standing.MEMBER: rights.may_work_in(actor, chat) or (private and bool(rights.org.units_of(actor.id))),
        Standing.LEAD: rights.is_lead(actor),
        Standing.ADMIN: rights.may_administer(actor),
    }
    return frozenset(standing for standing, holds in held.items() if holds)


def chat_language(mark: str | None) -> str:
    """Return a group's language: the one chosen there, else Chinese."""
    return mark or DEFAULT
