"""同意 and 不同意: those above rule on a later deadline, once; whoever comes too late reads what became of it."""

from datetime import timedelta

import pytest

from domain.rights.rulings import Outcome
from tests.assists import calls
from tests.organisations import WITH_LAMPS
from tests.stories.test_extending import DEADLINE, LAMP, asks, has_one, opens, outcomes, resolve_by, rulings
from tests.town import Town

pytestmark = pytest.mark.town(organisation=WITH_LAMPS, known=("wang", "chen", "zhou", "he"))


async def test_a_refused_extension_leaves_the_deadline_and_all_read_why(town: Town) -> None:
    number = await has_one(town)
    request = await asks(town, number)
    assert "写明不同意的原因" in await town.presses(town.zhou, request, "不同意")
    prompt = town.last(town.community, "不同意延期的原因")
    assert prompt.text.startswith(f"周主任，请回复本条消息，写明 {number} ")
    await town.replies(town.zhou, prompt, "材料库里有，明天就能换")

    assert await resolve_by(town, number) == DEADLINE
    assert await outcomes(town, number) == [Outcome.DENIED]
    assert request.buttons() == []
    assert "仍然最晚 11月25日 10:00 办完。上级的答复：材料库里有，明天就能换" in town.last(town.li, number).text
    for place in (town.grid, town.wang):
        assert "周主任 不同意延期，仍请在 11月25日 10:00 前办结。\n材料库里有，明天就能换" in town.texts(place)
    assert "延期" in town.card(town.grid, number).buttons()
    assert "已申请延期" not in town.card(town.grid, number).text

    await town.replies(town.zhou, prompt, "再说一遍，不同意")
    assert f"{number} 的延期 周主任 已经回复不同意了。" in town.texts(town.community)


async def test_who_says_nothing_in_time_says_no(town: Town) -> None:
    number = await has_one(town)
    request = await asks(town, number)
    await town.passes(days=1, minutes=1)

    assert await resolve_by(town, number) == DEADLINE
    assert await outcomes(town, number) == [Outcome.DENIED]
    assert request.buttons() == []
    assert "申请延期没有通过（上级没有按时答复），仍然最晚 11月25日 10:00 办完" in town.last(town.li, number).text
    assert "延期到时没有人审批，按不同意处理" in town.texts(town.grid)
    late = await town.forges(town.zhou, request, f"xg:1:{(await rulings(town, number))[0].asked_in}")
    assert late == f"{number} 的延期到时没有人审批，已经按不同意处理。"
    assert await resolve_by(town, number) == DEADLINE


async def test_what_nobody_ruled_on_ends_with_the_deadline_itself(town: Town) -> None:
    number = await has_one(town)
    await town.passes(hours=40)
    await asks(town, number)
    await town.passes(hours=8)

    assert await outcomes(town, number) == [Outcome.DENIED]
    assert (await town.case(number)).unit == "ZN"


@pytest.mark.both_databases
async def test_of_two_who_rule_at_once_the_first_counts_and_the_other_reads_who(town: Town) -> None:
    number = await has_one(town)
    request = await asks(town, number)
    town.community.add(town.sun)
    first, second = town.zhou.presses(request, "同意"), town.sun.presses(request, "同意")
    await town.settle()

    answers = {press.answer.text for press in (first, second) if press.answer}
    assert any("已同意" in answer for answer in answers)
    assert any(answer.endswith("已经同意了。") for answer in answers)
    case = await town.case(number)
    assert (case.responsible.resolve.due_at, case.extensions) == (DEADLINE + timedelta(days=3), 1)
    assert (await town.events(number)).count("extension_granted") == 1


async def test_a_unit_above_that_works_beside_as_well_denies_with_its_words(town: Town) -> None:
    number = await has_one(town)
    await calls(town, number, "遵南社区")
    await town.presses(town.zhou, await asks(town, number), "不同意")
    await town.replies(town.zhou, town.last(town.community, "不同意延期的原因"), "我们一起就来得及")

    assert await outcomes(town, number) == [Outcome.DENIED]
    assert "上级的答复：我们一起就来得及" in town.texts(town.li)


async def test_who_stands_in_for_the_owner_asks_and_never_rules_on_it_themselves(town: Town) -> None:
    number = await has_one(town)
    town.grid.add(town.zhou)
    await town.says(town.wang, "/away 11-23 11-24 周主任")
    await town.presses(town.zhou, await opens(town, number, town.zhou), "+3天")
    await town.says(town.zhou, "等他回来量尺寸")
    request = town.last(town.community, "申请延期")

    assert "是您自己申请的，要由别人审批" in await town.presses(town.zhou, request, "同意")
    town.community.add(town.sun)
    await town.presses(town.sun, request, "同意")
    assert await resolve_by(town, number) == DEADLINE + timedelta(days=3)
    assert "孙科长 同意延期" in town.texts(town.zhou)
    assert "孙科长 同意延期" not in town.texts(town.wang)


async def test_only_those_above_rule_and_the_reason_comes_too_late_once_one_has_granted_it(town: Town) -> None:
    number = await has_one(town)
    request = await asks(town, number)
    for person in (town.chen, town.li, town.he):
        town.community.add(person)
    for person, label in ((town.chen, "同意"), (town.chen, "不同意"), (town.li, "同意")):
        assert "仅管理员、 遵南社区 或其上级的负责人可用" in await town.presses(person, request, label)
    assert await outcomes(town, number) == [None]

    await town.presses(town.zhou, request, "不同意")
    assert "已同意" in await town.presses(town.he, request, "同意")
    await town.replies(town.zhou, town.last(town.community, "不同意延期的原因"), "不必")
    assert f"{number} 的延期 何管理 已经同意了。" in town.texts(town.community)
    assert await resolve_by(town, number) == DEADLINE + timedelta(days=3)


async def test_once_the_case_has_moved_on_nobody_rules_any_more(town: Town) -> None:
    moved_on = {"上报": "待接单", "转派": "待接单", "撤回": "已撤回", "办结": "已办结，待居民确认"}
    numbers = [await has_one(town) for _ in moved_on]
    for number, (verb, state) in zip(numbers, moved_on.items(), strict=True):
        request = await asks(town, number)
        await town.presses(town.zhou, request, "不同意")
        prompt = town.last(town.community, "不同意延期的原因")
        asked_in = (await rulings(town, number))[0].asked_in
        match verb:
            case "上报":
                await town.presses_twice(town.wang, town.card(town.grid, number), "上报")
            case "转派":
                await town.presses(town.wang, town.card(town.grid, number), "转派")
                await town.says(town.wang, "路灯所")
                await town.says(town.wang, "灯杆归他们管")
            case "撤回":
                await town.presses_twice(town.li, await town.opens(town.li, number), "撤回")
            case "办结":
                await town.finishes(town.wang, town.grid, number, "灯换好了")

        assert await outcomes(town, number) == [Outcome.LAPSED]
        assert request.buttons() == []
        past = f"{number} 的延期不用审批了：这件{state}。"
        case = await town.case(number)
        assert await town.forges(town.zhou, request, f"xg:{case.id}:{asked_in}") == past
        await town.replies(town.zhou, prompt, "不同意")
        assert town.texts(town.community).count(past) == 1
        assert case.responsible.resolve.due_at == DEADLINE
    await town.passes(days=1, minutes=1)
    for number in numbers:
        assert "extension_unruled" not in await town.events(number)


@pytest.mark.both_databases
async def test_the_case_climbs_in_the_moment_in_which_somebody_grants_it(town: Town) -> None:
    number = await has_one(town)
    request = await asks(town, number)
    await town.presses(town.wang, town.card(town.grid, number), "上报")
    town.wang.presses(town.card(town.grid, number), "上报")
    granted = town.zhou.presses(request, "同意")
    await town.settle()

    assert granted.answer
    is_granted = "已同意" in granted.answer.text
    assert await outcomes(town, number) == [Outcome.GRANTED if is_granted else Outcome.LAPSED]
    assert (await town.case(number)).unit == "ZN"
    assert await resolve_by(town, number) == DEADLINE + timedelta(days=3 * is_granted)


async def test_the_owner_is_dismissed_while_an_extension_is_open_and_so_is_the_unit(town: Town) -> None:
    number = await has_one(town)
    request = await asks(town, number)
    assert town.settings.org
    left = WITH_LAMPS.replace("- {id: 2001, name: 王建国, role: worker}", "- {id: 2009, name: 小赵, role: worker}")
    town.settings.org.write_text(left, "utf-8")
    await town.restart()

    assert await outcomes(town, number) == [Outcome.LAPSED]
    assert (await town.case(number)).responsible.rule_by is None
    assert request.buttons() == []
    await town.accepts(town.chen, town.grid, number)
    await town.presses(town.chen, await opens(town, number, town.chen), "+3天")
    await town.says(town.chen, "灯杆要订货")
    assert await outcomes(town, number) == [Outcome.LAPSED, None]

    head, _, tail = WITH_LAMPS.partition("              - code: ZN-01")
    town.settings.org.write_text(head + "              - code: ZN-02" + tail.partition("- code: ZN-02")[2], "utf-8")
    await town.restart()
    assert await outcomes(town, number) == [Outcome.LAPSED, Outcome.LAPSED]
    assert (await town.case(number)).unit == "ZN"


async def test_at_the_root_an_admin_rules_in_private(town: Town) -> None:
    town.ma.starts(town.bot)
    number = await town.raises(town.li, LAMP)
    await town.says(town.he, f"/assign {number} BZ")
    await town.accepts(town.ma, town.district, number)
    await town.presses(town.ma, await opens(town, number, town.ma, town.district), "+7天")
    await town.says(town.ma, "要等省里批")

    assert "请管理员在" in town.texts(town.ma)
    request = town.last(town.he, "申请延期")
    await town.presses(town.he, request, "不同意")
    question = town.last(town.he, "为什么不同意")
    await town.presses(town.he, question, "取消")
    assert await outcomes(town, number) == [None]
    await town.presses(town.he, request, "不同意")
    await town.says(town.he, "一周太久")

    assert await outcomes(town, number) == [Outcome.DENIED]
    assert request.buttons() == []
    assert "上级的答复：一周太久" in town.texts(town.li)
    assert "何管理 不同意延期" in town.texts(town.district)
    assert "不同意延期，居民和接单人都会收到您的答复" in town.private(town.he)[-1].text

    await town.presses(town.ma, await opens(town, number, town.ma, town.district), "+1天")
    await town.says(town.ma, "等批文")
    await town.presses(town.he, town.last(town.he, "申请延期"), "同意")
    assert await resolve_by(town, number) == DEADLINE + timedelta(days=1)


async def test_a_question_to_the_resident_keeps_what_is_being_ruled_on(town: Town) -> None:
    number = await has_one(town)
    request = await asks(town, number)
    await town.replies(town.wang, town.card(town.grid, number), "您家楼道灯也坏了吗？")
    await town.passes(hours=2)
    assert (await town.case(number)).state == "waiting"
    await town.says(town.li, "没有，就路灯")
    await town.passes(days=1)

    assert await outcomes(town, number) == [Outcome.DENIED]
    assert request.buttons() == []


async def test_the_group_above_is_lost_while_an_extension_is_open(town: Town) -> None:
    number = await has_one(town)
    town.community.remove(town.bot)
    await town.settle()
    await town.presses(town.wang, await opens(town, number), "+3天")
    await town.says(town.wang, "灯杆要订货")

    assert "申请延期" in town.texts(town.street)


async def test_who_may_rule_finds_it_under_the_file_in_private_too_and_who_has_asked_does_not(town: Town) -> None:
    number = await has_one(town)
    await asks(town, number)
    for person, finds in ((town.wang, False), (town.chen, False), (town.zhou, True)):
        assert ("同意延期" in (await town.opens(person, number)).buttons()) is finds
    file = town.last(town.zhou, "经过")
    await town.presses(town.zhou, file, "不同意延期")
    await town.says(town.zhou, "库里有灯杆")
    assert await outcomes(town, number) == [Outcome.DENIED]
    assert "库里有灯杆" in town.last(town.li, number).text
    assert "同意延期" not in file.buttons()

    await asks(town, number)
    file = await town.opens(town.he, number)
    await town.presses(town.he, file, "同意延期")
    assert await resolve_by(town, number) == DEADLINE + timedelta(days=3)
    assert "同意延期" not in file.buttons()
    assert "同意" in await town.forges(town.he, file, "wG:1")
