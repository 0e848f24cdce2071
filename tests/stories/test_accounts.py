"""A person is not an account: they may have two, or none, and history names them by a number of our own."""

import re

import pytest
from sqlalchemy import text

from domain.people.accounts import Account, TelegramId, in_telegram
from domain.people.person import UnitCode
from sandbox.people import Person
from tests.organisations import imports
from tests.town import ORGANISATION, Town


async def gets_another(town: Town, person: Person, user: int) -> Person:
    """Let somebody have a second account, of which the desk knows that it is theirs."""
    other = town.world.add_person(user, person.first_name)
    holder = await town.id_of(person)
    assert holder
    async with town.desks.writing() as (_, work):
        await work.accounts.save(holder, Account(in_telegram(TelegramId(user))))
    return other


async def loses_all_accounts(town: Town, person: Person) -> None:
    """Let somebody have no account any more, as a neighbour has none for whom somebody else writes."""
    await town.alters(f"DELETE FROM accounts WHERE address = '{person.id}'")


async def test_two_accounts_are_one_person(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    phone = await gets_another(town, town.li, 3901)

    before = town.texts(town.li)

    await town.says(phone, "/my")
    assert number in town.texts(phone)
    assert town.texts(town.li) == before
    await town.accepts(town.wang, town.grid, number)
    assert "接单，正在办理" in town.last(phone).text
    assert "接单，正在办理" not in town.texts(town.li)

    await town.finishes(town.wang, town.grid, number, "换好了")
    await town.presses(phone, town.last(phone, "说已经办好了"), "已解决")

    assert await town.id_of(phone) == await town.id_of(town.li)
    assert {row.actor for row in await town.file(number)} == {await town.id_of(town.li), await town.id_of(town.wang)}
    assert (await town.events(number))[-1] == "case_confirmed"


async def test_an_answer_goes_to_the_account_that_asked_and_news_to_the_one_used_last(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    phone = await gets_another(town, town.li, 3901)
    phone.starts(town.bot)
    town.li.writes(town.bot, "/language")
    await town.says(phone, "/help")

    assert "language" in town.last(town.li).text
    assert "3901" in town.last(phone).text
    await town.says(phone, "/my")
    await town.accepts(town.wang, town.grid, number)
    assert "接单，正在办理" in town.last(phone).text

    await town.says(town.li, "/help")
    await town.replies(town.wang, town.card(town.grid, number), "明天来修")
    assert "明天来修" in town.last(town.li).text


async def test_a_draft_may_be_written_from_both(town: Town) -> None:
    await town.says(town.li, "煤炭小区路灯坏了")
    phone = await gets_another(town, town.li, 3901)
    more = await town.says(phone, "在三号楼前面")
    await town.presses(phone, town.draft_card(phone), "提交")
    number = town.number_told(phone)

    assert (await town.case(number)).text == "煤炭小区路灯坏了\n在三号楼前面"
    await town.replies(phone, more, "很黑")
    assert "很黑" in town.texts(town.grid)


@pytest.mark.both_databases
async def test_who_is_blocked_at_one_account_is_reached_at_the_other(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    phone = await gets_another(town, town.li, 3901)
    await town.says(phone, "/my")

    phone.blocks(town.bot)
    await town.settle()
    await town.accepts(town.wang, town.grid, number)

    assert "接单，正在办理" in town.last(town.li).text
    assert "联系不上居民" not in town.texts(town.grid)
    town.li.blocks(town.bot)
    await town.settle()
    assert town.texts(town.grid).count("联系不上居民") == 1


@pytest.mark.both_databases
async def test_of_somebody_without_an_account_those_who_can_act_are_told(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await loses_all_accounts(town, town.li)

    await town.accepts(town.wang, town.grid, number)
    await town.finishes(town.wang, town.grid, number, "换好了")

    assert "接单，正在办理" not in town.texts(town.li)
    assert (await town.events(number)).count("resident_unreachable") == 1
    assert town.texts(town.grid).count("联系不上居民") >= 1
    await town.passes(days=3)
    assert (await town.events(number)).count("revisit_due") > 1
    assert (await town.case(number)).state == "resolved"


async def test_an_admin_who_never_wrote_is_one_from_the_first_word(town: Town) -> None:
    known = await town.id_of(town.he)
    assert known

    await town.says(town.he, "/units")

    assert await town.id_of(town.he) == known
    assert "播州区" in town.texts(town.he)


@pytest.mark.both_databases
async def test_a_member_who_was_imported_and_writes_later_is_the_same_person(town: Town) -> None:
    known = await town.id_of(town.wang)
    assert known
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.accepts(town.wang, town.grid, number)

    town.wang.starts(town.bot)
    await town.settle()

    assert "第1网格" in town.texts(town.wang)
    assert await town.id_of(town.wang) == known
    owner = (await town.case(number)).owner
    assert owner
    assert (owner.person, owner.name) == (known, "王建国")


async def test_two_accounts_of_one_member_are_listed_and_stay_one_member(town: Town) -> None:
    await gets_another(town, town.wang, 2901)
    await imports(
        town,
        ORGANISATION.replace(
            "- {id: 2001, name: 王建国, role: worker}",
            "- {id: 2001, name: 王建国, role: worker}\n                  - {id: 2901, name: 王建国, role: worker}",
        ),
    )

    async with town.desks.reading() as (desk, _):
        names = [member.name for member in desk.org[UnitCode("ZN-01")].members]
    assert names == ["王建国", "陈静"]


@pytest.mark.both_databases
async def test_the_chain_holds_no_outside_identity(town: Town) -> None:
    number = await town.raises(town.li, "煤炭小区路灯坏了")
    await town.says(town.wang, "/start")
    await town.accepts(town.wang, town.grid, number)
    await town.replies(town.wang, town.card(town.grid, number), "哪一盏？")
    await town.replies(town.li, town.last(town.li, number), "门口那盏")
    await town.finishes(town.wang, town.grid, number, "换好了")
    await town.presses(town.li, town.last(town.li, "说已经办好了"), "未解决")
    await town.says(town.li, "还是不亮")
    await town.presses_twice(town.wang, town.card(town.grid, number), "上报")
    await town.says(town.he, f"/assign {number} ZN-02")
    await town.says(town.he, f"/case {number}")
    town.liu.writes(town.grid2, "/bind ZN-02")
    town.li.blocks(town.bot)
    await town.settle()
    town.li.unblocks(town.bot)
    await town.settle()
    town.grid.remove(town.bot)
    await town.settle()
    town.may_fail = True
    town.world.faults.refuse("sendMessage", 400, "Bad Request: message is too strange", chat=town.grid2)
    await town.replies(town.li, town.last(town.li, number), "有人吗")
    await town.passes(days=2)

    async with town.desks.storage.engine.connect() as connection:
        rows = list(await connection.execute(text("SELECT actor, payload FROM history ORDER BY id")))
    outside = {abs(number) for number in (*town.world.people, *town.world.groups)}
    for actor, payload in rows:
        assert actor not in outside
        assert not outside & {int(digits) for digits in re.findall(r"\d+", payload or "")}, payload
    assert len(rows) > 15
