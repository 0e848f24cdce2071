"""延期: the owner asks for a later deadline in private, those above rule on it, and all concerned read the outcome."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from domain.rights.rulings import Matter, Outcome, Ruling
from sandbox.groups import Group
from sandbox.messages import Message
from sandbox.people import Person
from tests.organisations import WITH_LAMPS
from tests.town import MONDAY_TEN, ORGANISATION, POLICY, Town, open_town

LAMP = "煤炭小区路灯坏了"
DEADLINE = MONDAY_TEN + timedelta(days=2)

pytestmark = pytest.mark.town(organisation=WITH_LAMPS, known=("wang", "chen", "zhou", "he"))


async def has_one(town: Town) -> str:
    """Let 王建国 have a case; return its number."""
    number = await town.raises(town.li, LAMP)
    await town.accepts(town.wang, town.grid, number)
    return number


async def opens(town: Town, number: str, worker: Person | None = None, group: Group | None = None) -> Message:
    """Let the owner press 延期, and return the question that they then find in private."""
    worker = worker or town.wang
    await town.presses(worker, town.card(group or town.grid, number), "延期")
    return town.last(worker, "要延到什么时候")


async def asks(town: Town, number: str, days: str = "+3天", reason: str = "灯杆要订货") -> Message:
    """Let 王建国 ask for a later deadline, and return what the community reads."""
    await town.presses(town.wang, await opens(town, number), days)
    await town.says(town.wang, reason)
    return town.last(town.community, "申请延期")


async def resolve_by(town: Town, number: str) -> datetime:
    """Return until when a case is to be reported done."""
    return (await town.case(number)).responsible.resolve.due_at


async def rulings(town: Town, number: str) -> list[Ruling]:
    """Return what was asked about the deadline of a case, as another connection sees it."""
    async with town.desks.reading() as (_, work):
        asked = await work.rulings.about((await town.case(number)).id)
    return [ruling for ruling in asked if ruling.matter is Matter.EXTENSION]


async def outcomes(town: Town, number: str) -> list[Outcome | None]:
    """Return what became of what was asked about the deadline of a case."""
    return [ruling.outcome for ruling in await rulings(town, number)]


async def test_a_granted_extension_moves_the_deadline_and_all_read_why(town: Town) -> None:
    number = await has_one(town)
    assert town.card(town.grid, number).buttons() == ["办结", "协办", "延期", "转派", "上报"]
    await town.passes(hours=30)
    request = await asks(town, number)

    assert request.text.startswith(f"📅 {number} 王建国（遵南社区 · 第1网格）申请延期")
    assert "11月25日 10:00" in request.text
    assert "想延到：11月28日 10:00\n原因：灯杆要订货" in request.text
    assert "已申请延到 11月28日 10:00，请 遵南社区 在 11月25日 10:00 前审批" in town.texts(town.wang)
    assert "已申请延期" in town.card(town.grid, number).text
    assert "灯杆要订货" not in town.texts(town.li) + town.texts(town.grid)
    assert await resolve_by(town, number) == DEADLINE

    assert "已同意" in await town.presses(town.zhou, request, "同意")

    case = await town.case(number)
    assert (case.responsible.resolve.due_at, case.extensions) == (DEADLINE + timedelta(days=3), 1)
    assert case.responsible.rule_by is None
    assert request.buttons() == []
    assert "改为最晚 11月28日 10:00 办完。原因：灯杆要订货" in town.last(town.li, number).text
    for place in (town.grid, town.community, town.wang):
        assert "周主任 同意延期，请在 11月28日 10:00 前办结。\n申请的原因：灯杆要订货" in town.texts(place)
    card = town.card(town.grid, number).text
    assert "📅 已延期 1 次" in card
    assert "11月28日 10:00 前办结" in card
    file, own = (await town.opens(town.wang, number)).text, (await town.opens(town.li, number)).text
    assert "王建国 申请延期到 11月28日 10:00（灯杆要订货）" in file
    assert "周主任 同意延期到 11月28日 10:00" in file
    assert "申请延期" not in own
    assert "延期到 11月28日 10:00（灯杆要订货）" in own

    await town.passes(days=2)
    case = await town.case(number)
    assert (case.unit, case.state) == ("ZN-01", "accepted")
    assert "🔴" not in town.card(town.grid, number).text
    await town.passes(days=2)
    assert (await town.case(number)).unit == "ZN"


async def test_one_is_asked_at_a_time_and_no_more_are_granted_than_the_policy_allows(town: Town) -> None:
    number = await has_one(town)
    request = await asks(town, number)
    assert "已经申请过延期" in await town.presses(town.wang, town.card(town.grid, number), "延期")
    await town.presses(town.zhou, request, "不同意")
    await town.replies(town.zhou, town.last(town.community, "不同意延期的原因"), "先去看看")
    for _ in range(2):
        await town.presses(town.zhou, await asks(town, number), "同意")

    assert await resolve_by(town, number) == DEADLINE + timedelta(days=6)
    assert "已经延期 2 次，不能再延了" in await town.presses(town.wang, town.card(town.grid, number), "延期")


async def test_after_the_deadline_it_is_too_late(town: Town) -> None:
    number = await has_one(town)
    question = await opens(town, number)
    await town.says(town.he, f"/assign {number} BZ")
    await town.accepts(town.ma, town.district, number)
    await town.passes(days=2, minutes=1)
    late = await town.presses(town.ma, town.card(town.district, number), "延期")
    assert late == f"{number} 的时限 11月25日 10:00 已经过了，延期要在到期之前申请。"

    assert "延期由 播州区 的接单人或代办的人申请" in await town.presses(town.wang, question, "+3天")


async def test_a_date_that_will_not_do_gets_one_sentence_and_a_reason_in_words_is_needed_with_which_a_photo_goes(
    town: Town,
) -> None:
    number = await has_one(town)
    await opens(town, number)
    for typed, said in (
        ("2026-11-01", "这个时间已经过去了"),
        ("11-24", "现在就是最晚 11月25日 10:00 办完"),
        ("2099-01-01", "太远了"),
        ("下周吧", "没看懂这个日子"),
        ("月" * 3000, "没看懂这个日子"),
    ):
        await town.says(town.wang, typed)
        assert said in town.private(town.wang)[-1].text

    await town.says(town.wang, "12-05 17:00")
    page = town.last(town.wang, "请发来原因")
    assert "延到 12月5日 17:00" in page.text
    assert page.buttons() == ["换个日子", "取消"]
    await town.says(town.wang, "2026-12-06")
    town.wang.sends_photo(town.bot)
    await town.settle()
    assert "请用文字写明原因" in town.private(town.wang)[-1].text
    town.wang.sends_photo(town.bot, "订货单在这里，电话13800138000")
    await town.settle()
    request = town.last(town.community, "想延到：12月6日 23:59")
    assert "订货单在这里" in request.text
    assert "13800138000" not in town.texts(town.community)
    assert "photo" in [message.kind for message in town.posted(town.community)]
    await town.presses(town.zhou, request, "同意")
    assert (await town.case(number)).extensions == 1


async def test_it_stands_in_the_file_of_the_owner_alone_and_the_link_to_it_carries_no_right(town: Town) -> None:
    number = await has_one(town)
    for person in (town.chen, town.zhou):
        assert "延期" not in (await town.opens(person, number)).buttons()
    await town.presses(town.wang, await town.opens(town.wang, number), "延期")
    question = town.last(town.wang, "要延到什么时候")
    assert question.buttons() == ["+1天", "+3天", "+7天", "+15天", "取消"]
    await town.presses(town.wang, question, "取消")
    assert town.private(town.wang)[-1].text == f"好的， {number} 不延期。"

    press = town.wang.presses(town.card(town.grid, number), "延期")
    await town.settle()
    assert press.answer
    assert press.answer.url == f"https://t.me/minhu_bot?start=x_{number.removeprefix('#')}"
    for person in (town.chen, town.zhao):
        person.starts(town.bot, f"x_{number.removeprefix('#')}")
        await town.settle()
        assert town.private(person)[-1].text == "延期由 遵南社区 · 第1网格 的接单人或代办的人申请。"
    refused = town.chen.presses(town.card(town.grid, number), "延期")
    await town.settle()
    assert refused.answer
    assert (refused.answer.text, refused.answer.url) == ("延期由 遵南社区 · 第1网格 的接单人或代办的人申请。", "")


async def test_the_case_is_reported_done_while_its_owner_is_asked_why(town: Town) -> None:
    number = await has_one(town)
    question = await opens(town, number)
    await town.presses(town.wang, question, "+3天")
    await town.finishes(town.chen, town.grid, number, "灯换好了")
    await town.says(town.wang, "灯杆要订货")

    assert f"{number} 现在不能申请延期了：已办结，待居民确认，最晚" in town.private(town.wang)[-1].text
    assert await rulings(town, number) == []
    assert "已办结" in await town.forges(town.wang, question, "xo:1")


async def test_on_the_working_clock_days_are_working_days(database_url: str, tmp_path: Path) -> None:
    policy = POLICY.replace("clock: calendar", "clock: working")
    async with open_town(database_url, tmp_path, policy=policy, organisation=ORGANISATION) as town:
        town.wang.starts(town.bot)
        number = await has_one(town)
        await asks(town, number)
        assert "想延到：11月30日 10:00" in town.last(town.community, "申请延期").text
