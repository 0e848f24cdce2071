"""People and units: an import can be repeated, nothing is deleted, and `/bind` is not undone by the file."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest
from sqlalchemy import text

from domain.cases.drafts import Draft, DraftId, DraftState
from domain.cases.kinds import Kind
from domain.organisation.units import Chat, ChatId, Organisation, TopicId, Unit
from domain.people.accounts import Account, TelegramId, in_telegram
from domain.people.person import PersonId, UnitCode
from storage.unit_of_work import Storage
from tests.domain.ground import MONDAY_TEN, WANG, chat, town

pytestmark = pytest.mark.both_databases

UNITS = tuple(town().units.values())
GRID, OTHER = UnitCode("ZN-01"), UnitCode("ZN-02")
LI = in_telegram(TelegramId(3001))


@pytest.fixture(autouse=True)
async def imported(storage: Storage) -> None:
    await replace_all(storage, UNITS)


async def replace_all(storage: Storage, units: Sequence[Unit]) -> Organisation:
    async with storage.writing() as work:
        return await work.units.replace_all(units, work.now)


async def organisation(storage: Storage) -> Organisation:
    async with storage.reading() as work:
        return await work.units.organisation()


async def bind(storage: Storage, unit: UnitCode, to: Chat | None) -> None:
    async with storage.writing() as work:
        await work.units.set_chat(unit, to)


def changed(code: UnitCode, **changes: object) -> tuple[Unit, ...]:
    return tuple(replace(unit, **changes) if unit.code == code else unit for unit in UNITS)  # type: ignore[arg-type]


async def test_the_tree_is_read_back_as_it_was_imported_in_the_files_order(storage: Storage) -> None:
    org = await organisation(storage)

    assert tuple(org.units.values()) == UNITS
    assert list(org.units) == [unit.code for unit in UNITS]


async def test_an_import_can_be_repeated(storage: Storage) -> None:
    for _ in range(2):
        assert tuple((await replace_all(storage, UNITS)).units.values()) == UNITS


async def test_a_unit_left_out_is_retired_and_its_name_is_kept(storage: Storage) -> None:
    org = await replace_all(storage, [unit for unit in UNITS if unit.code != GRID])

    assert GRID not in org
    assert org.retired == {GRID: "第1网格"}
    assert org.units_of(WANG) == ()
    back = await replace_all(storage, UNITS)
    assert tuple(back.units.values()) == UNITS
    assert back.retired == {}


async def test_a_unit_may_change_its_place_in_the_tree(storage: Storage) -> None:
    moved = replace(town()[GRID], parent=UnitCode("NB"))

    org = await replace_all(storage, [*(unit for unit in UNITS if unit.code != GRID), moved])

    assert [unit.code for unit in org.path(GRID)] == ["BZ", "GHQ", "NB", "ZN-01"]


async def test_binding_is_not_undone_by_the_next_import(storage: Storage) -> None:
    await bind(storage, GRID, chat(9, TopicId(7)))
    await bind(storage, UnitCode("NB"), chat(8))

    org = await replace_all(storage, UNITS)

    assert org[GRID].chat == chat(9, TopicId(7))
    assert org[UnitCode("NB")].chat == chat(8)


@pytest.mark.parametrize("new", [chat(5), chat(1, TopicId(3)), None])
async def test_a_chat_that_the_file_has_changed_counts_again(storage: Storage, new: Chat | None) -> None:
    await bind(storage, GRID, chat(9))

    org = await replace_all(storage, changed(GRID, chat=new))

    assert org[GRID].chat == new
    assert org[OTHER].chat == chat(2)


async def test_a_group_that_became_a_supergroup_stays_followed_after_the_next_import(storage: Storage) -> None:
    async with storage.writing() as work:
        assert await work.units.move_chat(chat(1).id, ChatId(-1009)) == [GRID]

    assert (await replace_all(storage, UNITS))[GRID].chat == Chat(ChatId(-1009))


async def test_a_lost_chat_is_lost_once_and_regained_once(storage: Storage) -> None:
    lost = chat(1).id
    async with storage.writing() as work:
        assert await work.units.lose_chat(lost, MONDAY_TEN) == [GRID]
        assert await work.units.lose_chat(lost, MONDAY_TEN) == []
        assert (await work.units.organisation())[GRID].chat_lost_at == MONDAY_TEN

    async with storage.writing() as work:
        assert await work.units.regain_chat(lost) == [GRID]
        assert await work.units.regain_chat(lost) == []
    assert (await organisation(storage))[GRID].has_chat


async def test_a_lost_chat_is_whole_again_once_the_unit_is_bound_anew(storage: Storage) -> None:
    async with storage.writing() as work:
        await work.units.lose_chat(chat(1).id, MONDAY_TEN)
    assert not (await replace_all(storage, UNITS))[GRID].has_chat

    await bind(storage, GRID, chat(1))

    assert (await organisation(storage))[GRID].has_chat


async def test_what_one_process_changes_another_reads_soon_after(storage: Storage) -> None:
    other = Storage(storage.engine.url.render_as_string(hide_password=False), lambda: MONDAY_TEN)
    before = await organisation(other)

    await bind(storage, GRID, chat(9))

    async with asyncio.timeout(30):
        while (after := await organisation(other)).version == before.version:  # noqa: ASYNC110 - nobody rings
            await asyncio.sleep(0.05)
    await other.close()
    assert (before[GRID].chat, after[GRID].chat) == (chat(1), chat(9))


async def test_an_organisation_that_was_not_kept_is_not_remembered(storage: Storage) -> None:
    async def change_and_fail() -> None:
        async with storage.writing() as work:
            await work.units.set_chat(GRID, chat(9))
            assert (await work.units.organisation())[GRID].chat == chat(9)
            await work.units.organisation()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await change_and_fail()

    assert (await organisation(storage))[GRID].chat == chat(1)


async def test_a_person_is_kept_and_brought_up_to_date(storage: Storage) -> None:
    async with storage.writing() as work:
        new = await work.people.add("李秀英")
    known = replace(new, language="en", language_chosen=True, unit=GRID)

    for person in (new, known):
        async with storage.writing() as work:
            await work.people.save(person)
        async with storage.reading() as work:
            assert await work.people.get(new.id) == await work.people.look_at(new.id) == person
            assert await work.people.get(PersonId(new.id + 1)) is None


async def test_who_can_be_reached_is_known_anew_once_it_changes_in_a_unit_of_work(storage: Storage) -> None:
    async with storage.writing() as work:
        account = Account(in_telegram(TelegramId(3001)), started_at=MONDAY_TEN)
        li = await work.people.add("李秀英", account.address)
        assert await work.accounts.reachable([li.id]) == set()
        await work.accounts.save(li.id, account)
        assert await work.accounts.reachable([li.id]) == {li.id}
        await work.accounts.save(li.id, replace(account, unreachable_since=MONDAY_TEN))
        assert await work.accounts.reachable([li.id]) == set()


async def test_a_look_tells_whether_somebody_has_a_draft(storage: Storage) -> None:
    async with storage.writing() as work:
        li = await work.people.add("李秀英")
        draft = await work.drafts.add(Draft(DraftId(0), li.id, Kind.COMPLAINT, work.now))
    async with storage.reading() as work:
        assert [person.has_draft for person in await work.people.look_at_all([li.id])] == [True]
    async with storage.writing() as work:
        await work.drafts.save(replace(draft, state=DraftState.SUBMITTED))
    async with storage.reading() as work:
        assert (await work.people.look_at(li.id)) == li


async def test_a_person_has_accounts_and_is_found_by_each(storage: Storage) -> None:
    old, new = Account(in_telegram(TelegramId(3001)), MONDAY_TEN), Account(in_telegram(TelegramId(3009)))
    async with storage.writing() as work:
        li = await work.people.add("李秀英", old.address)
        zhao = await work.people.add("赵大爷", in_telegram(TelegramId(3002)))
        for account in (old, new, replace(new, started_at=MONDAY_TEN), replace(old, unreachable_since=MONDAY_TEN)):
            await work.accounts.save(li.id, account)

    async with storage.reading() as work:
        both = (replace(old, unreachable_since=MONDAY_TEN), replace(new, started_at=MONDAY_TEN))
        assert [await work.people.at(account.address) for account in both] == [replace(li, accounts=both)] * 2
        assert await work.people.look_at(li.id) == replace(li, accounts=both)
        assert (await work.accounts.of([li.id, zhao.id]))[li.id] == [*both]
        assert await work.accounts.holders([new.address]) == {new.address: li.id}
        assert await work.accounts.reachable([li.id, zhao.id]) == {li.id}
        assert await work.people.at(in_telegram(TelegramId(3003))) is None


async def test_what_is_held_for_change_is_known_as_it_was_kept(storage: Storage) -> None:
    async with storage.writing() as work:
        await work.people.add("李秀英", LI)
    async with storage.writing() as work:
        li = await work.people.at(LI)
        assert li
        lost = replace(li.at(LI), unreachable_since=work.now)
        renamed = replace(li, name="李大妈", accounts=(lost,))
        await work.accounts.save(li.id, lost)
        assert await work.people.get(li.id) == replace(li, accounts=(lost,))
        await work.people.save(replace(li, name="李大妈"))

        assert await work.people.get(li.id) == await work.people.look_at(li.id) == await work.people.at(LI) == renamed


async def test_an_account_is_never_taken_from_its_holder(storage: Storage) -> None:
    address = in_telegram(TelegramId(3001))
    async with storage.writing() as work:
        li, zhao = await work.people.add("李秀英", address), await work.people.add("赵大爷")
        await work.accounts.save(zhao.id, Account(address, MONDAY_TEN))

        assert await work.people.at(address) == li
        assert await work.people.add("李秀英", address) == li


async def test_no_number_is_given_twice(storage: Storage) -> None:
    async with storage.writing() as work:
        first = await work.people.add("李秀英")
    async with storage.engine.execution_options(writes=True).begin() as connection:
        await connection.execute(text("DELETE FROM people"))
    async with storage.writing() as work:
        assert (await work.people.add("赵大爷")).id != first.id


async def test_two_who_meet_somebody_at_once_meet_the_same_person(storage: Storage) -> None:
    address = in_telegram(TelegramId(3001))

    async def meet(name: str) -> PersonId:
        async with storage.writing() as work:
            met = await work.people.at(address) or await work.people.add(name, address)
            await asyncio.sleep(0)
            return met.id

    assert len(set(await asyncio.gather(*(meet(f"李秀英{n}") for n in range(4))))) == 1

    async with storage.reading() as work:
        found = await work.people.at(address)
        assert found
        assert found.name in {f"李秀英{n}" for n in range(4)}
