"""The outbox: one letter a key however often it is posted, and what becomes of each."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.clock import MovableClock
from domain.cases.messages import MessageId
from domain.letters.contents import CaseCard, Media, Prompt, Reminder
from domain.letters.letter import Addressee, Letter, Priority, SoFar, to_chat, to_person
from domain.letters.posts import Purpose
from domain.organisation.units import Chat, ChatId, TopicId
from domain.people.person import PersonId
from domain.record.history import EventId
from storage.unit_of_work import Storage
from tests.domain.ground import LI, MONDAY_TEN
from tests.storage.letters import CARD, GRID, NEWS, end, keep_cases, may_go, number_of, only, post, said, sendable

pytestmark = pytest.mark.both_databases


@pytest.mark.parametrize("to", [GRID, to_person(LI), to_chat(Chat(ChatId(-1), TopicId(7))), Addressee(aside="q:1")])
async def test_a_letter_is_read_back_as_it_was_posted(storage: Storage, to: Addressee) -> None:
    letter = Letter(
        to,
        Prompt(LI, "好 🏠 \\ \"'\u0001", Purpose.RESULT_PROMPT),
        Priority.ANSWER,
        key="key",
        scheduled=True,
        so_far=SoFar(part=2),
    )

    await post(storage, letter)

    kept = await only(storage)
    assert replace(kept, id=None) == letter
    assert kept.id


async def test_of_five_edits_of_a_card_one_is_sent_and_it_is_the_last(storage: Storage) -> None:
    await post(storage, *(replace(CARD, reply_to=MessageId(number)) for number in range(1, 6)))

    assert (await only(storage)).reply_to == 5


async def test_letters_without_a_key_are_all_sent(storage: Storage) -> None:
    await post(storage, NEWS, NEWS, NEWS)

    async with storage.reading() as work:
        assert await work.outbox.counts() == {Priority.NEWS: 3}


async def test_what_is_taken_back_about_a_row_of_history_never_goes_and_everything_else_does(storage: Storage) -> None:
    await post(storage, NEWS, replace(NEWS, to=GRID), replace(NEWS, content=Media(EventId(1))), CARD)
    async with storage.writing() as work:
        await work.outbox.take_back(EventId(1))

    assert (await only(storage)).content == CARD.content
    async with storage.reading() as work:
        assert await work.outbox.counts() == {Priority.CARD: 1}


async def test_a_letter_that_has_gone_does_not_swallow_the_next_with_its_key(storage: Storage) -> None:
    await post(storage, CARD)
    await end(storage, await only(storage))

    await post(storage, replace(CARD, reply_to=MessageId(2)))

    assert (await only(storage)).reply_to == 2


async def test_a_letter_posted_anew_while_it_is_being_sent_is_sent_again(storage: Storage) -> None:
    await post(storage, CARD)
    being_sent = await only(storage)

    await post(storage, replace(CARD, reply_to=MessageId(2)))
    await end(storage, being_sent)

    waiting = await only(storage)
    assert (waiting.id, waiting.reply_to) == (being_sent.id, 2)
    await end(storage, waiting)
    assert await sendable(storage) == []


async def test_a_letter_posted_anew_keeps_the_higher_priority(storage: Storage) -> None:
    await post(storage, replace(CARD, priority=Priority.CARD), replace(CARD, priority=Priority.BROADCAST))
    assert (await only(storage)).priority is Priority.CARD

    await post(storage, replace(CARD, priority=Priority.ANSWER))
    assert (await only(storage)).priority is Priority.ANSWER


async def test_the_most_urgent_goes_first_and_each_addressee_gets_one_at_a_time(storage: Storage) -> None:
    li, zhao = to_person(LI), to_person(PersonId(3002))
    await post(
        storage,
        said(1, GRID, Priority.REMINDER),
        said(2, GRID, Priority.NEWS),
        said(3, GRID, Priority.NEWS),
        said(4, li, Priority.BROADCAST),
        said(5, zhao, Priority.ANSWER),
        said(6, li, Priority.BROADCAST),
    )

    assert [number_of(letter) for letter in await sendable(storage)] == [5, 2, 4]
    assert [number_of(letter) for letter in await sendable(storage, zhao, GRID)] == [4]
    assert [number_of(letter) for letter in await sendable(storage, limit=2)] == [5, 2]


async def put_off(storage: Storage, letter: Letter, until: datetime) -> None:
    async with storage.writing() as work:
        await work.outbox.put_off(letter, until)


async def test_a_letter_that_is_put_off_holds_up_no_other(storage: Storage, clock: MovableClock) -> None:
    morning = MONDAY_TEN + timedelta(hours=22)
    await post(storage, said(1, priority=Priority.ANSWER))
    await put_off(storage, await only(storage), morning)
    await post(storage, said(2))

    assert number_of(await only(storage)) == 2
    async with storage.reading() as work:
        assert await work.outbox.next_at() == morning
    await end(storage, await only(storage))
    assert not await may_go(storage)
    clock.advance(timedelta(hours=22))
    assert await may_go(storage)
    async with storage.writing() as work:
        await work.outbox.release()
    assert number_of(await only(storage)) == 1


async def test_a_letter_that_is_written_anew_is_put_off_no_more(storage: Storage) -> None:
    await post(storage, CARD)
    old = await only(storage)
    await put_off(storage, old, MONDAY_TEN + timedelta(hours=1))
    await post(storage, replace(CARD, reply_to=MessageId(2)))
    await put_off(storage, old, MONDAY_TEN + timedelta(hours=1))

    assert (await only(storage)).reply_to == 2


async def test_a_clock_that_is_put_back_keeps_no_letter_for_longer_than_a_night(
    storage: Storage, clock: MovableClock
) -> None:
    await post(storage, NEWS)
    await put_off(storage, await only(storage), MONDAY_TEN + timedelta(hours=10))
    for span, goes in ((timedelta(hours=-14), False), (timedelta(days=-2), True)):
        clock.advance(span)
        assert await may_go(storage) is goes
        async with storage.writing() as work:
            await work.outbox.release()
        assert bool(await sendable(storage)) is goes


async def test_an_attempt_that_failed_is_counted_and_the_letter_stays(storage: Storage) -> None:
    await post(storage, CARD)
    letter = await only(storage)

    async with storage.writing() as work:
        attempts = [await work.outbox.try_again(letter, ambiguous=ambiguous) for ambiguous in (False, True, True)]

    assert attempts == [1, 2, 3]
    assert await only(storage) == letter


async def test_a_letter_in_parts_goes_on_where_it_was(storage: Storage) -> None:
    await post(storage, NEWS)
    letter = await only(storage)

    async with storage.writing() as work:
        await work.outbox.go_on(replace(letter, so_far=SoFar(part=1)))

    assert (await only(storage)).so_far == SoFar(part=1)


async def test_letters_of_one_sort_to_one_chat_are_found_together(storage: Storage) -> None:
    reminders = [Letter(GRID, Reminder(EventId(number)), Priority.REMINDER) for number in range(3)]
    await post(storage, replace(reminders[0], content=Reminder(EventId(7))))
    await put_off(storage, await only(storage), MONDAY_TEN + timedelta(hours=1))
    await post(storage, *reminders, said(9), replace(reminders[0], to=to_person(LI)))

    async with storage.reading() as work:
        found = await work.outbox.waiting_like(reminders[0], 100)

    assert [number_of(letter) for letter in found] == [0, 1, 2]


async def test_what_went_lately_is_known_after_a_restart(storage: Storage, clock: MovableClock) -> None:
    for chat in (-1001, 3001):
        await post(storage, said(1))
        await end(storage, await only(storage), chat=chat)
        clock.advance(timedelta(seconds=40))
    await post(storage, said(1))
    await end(storage, await only(storage), outcome="superseded")

    async with storage.reading() as work:
        assert await work.outbox.sent_within(60) == [(3001, MONDAY_TEN + timedelta(seconds=40))]


async def test_letters_that_ended_are_forgotten_after_three_days_and_those_that_wait_never(
    storage: Storage, clock: MovableClock
) -> None:
    await post(storage, said(1))
    await end(storage, await only(storage), outcome="rejected")
    await post(storage, said(2))

    async def purge(days: int) -> int:
        clock.advance(timedelta(days=days))
        async with storage.writing() as work:
            await work.outbox.purge(work.now)
            return await work.outbox.failed()

    assert [await purge(days) for days in (2, 2, 30)] == [1, 0, 0]
    assert number_of(await only(storage)) == 2


async def test_new_cards_are_named_once(storage: Storage) -> None:
    cases = await keep_cases(storage, 5)
    new_cards = [Letter(GRID, CaseCard(), Priority.NEW, case, key=f"card:{case}") for case in cases]
    await post(storage, *new_cards[:4], CARD, replace(NEWS, to=GRID))

    async with storage.writing() as work:
        first = await work.outbox.unannounced([GRID, to_person(LI)], 3)
        assert [card.case for card in first] == cases[:3]
        digest = first[0].id
        assert digest
        await work.outbox.name_in(digest, digest, first)
        assert [card.case for card in await work.outbox.unannounced([GRID], 100)] == [cases[3]]
        assert await work.outbox.unannounced([to_person(LI)], 100) == []
        assert await work.outbox.has_waiting(digest)
    await post(storage, new_cards[4], new_cards[0])
    for card in first:
        await end(storage, replace(card, stamp=1) if card.id == digest else card)
    async with storage.reading() as work:
        assert [card.case for card in await work.outbox.unannounced([GRID], 100)] == cases[3:]
        assert await work.outbox.named_in(digest) == cases[:3]
        assert not await work.outbox.has_waiting(digest)
