"""附议: a resident is shown open cases of neighbours that may be the same, and may say that theirs is one of them."""

from sandbox.people import Person
from tests.town import Town


async def joins(town: Town, person: Person, words: str, number: str) -> str:
    """Let a resident write a draft and say that it is the same as an open case; return the number that they got."""
    await town.says(person, words)
    await town.presses(person, town.draft_card(person), f"就是 {number}")
    return town.last(person, "已提交").text.split()[2]


async def test_who_joins_has_a_number_of_their_own_and_one_card_speaks_for_both(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区3栋2单元501停水了，我是李秀英")
    await town.passes(minutes=20)
    await town.says(town.zhao, "煤炭小区5栋也停水了")

    card = town.draft_card(town.zhao)
    assert card.buttons() == ["提交", f"就是 {main}", "类别", "地点", "匿名", "取消"]
    assert f"{main} 供水，煤炭小区3栋，20分钟前" in card.text
    assert "李秀英" not in card.text
    assert "单元" not in card.text
    assert "501" not in card.text

    assert await town.presses(town.zhao, card, f"就是 {main}") == "已提交"
    receipt = town.last(town.zhao, "已提交").text
    own = "#MH2611_00002"
    assert receipt.startswith(f"✅ 已提交 {own}\n")
    assert f"和 {main} 是同一件事" in receipt
    assert "最晚 11月25日 10:20 办完" in receipt
    assert (await town.case(own)).main == (await town.case(main)).id
    assert "2 位居民" in town.card(town.grid, main).text
    assert len(town.cards(town.grid)) == 1

    assert await town.forges(town.zhao, card, "dj:2:1") == "已提交"
    assert await town.count("cases") == 2
    await town.has_handled_everything()


async def test_who_joins_what_somebody_is_at_already_reads_that_and_is_asked_for_themselves(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区停水了")
    await town.accepts(town.wang, town.grid, main)
    own = await joins(town, town.zhao, "煤炭小区又停水了", main)
    assert "已经有人接单" in town.last(town.zhao, "已提交").text

    await town.finishes(town.wang, town.grid, main, "水来了")
    asked = town.last(town.zhao, "水来了")
    assert own in asked.text
    assert asked.buttons() == ["已解决", "未解决"]
    await town.presses(town.zhao, asked, "未解决")
    assert (await town.case(own)).state == "accepted"
    assert (await town.case(own)).main is None
    assert (await town.case(main)).state == "resolved"


async def test_what_was_reported_done_in_that_second_is_not_joined_and_the_draft_stays(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区停水了")
    await town.says(town.zhao, "煤炭小区停水了")
    card = town.draft_card(town.zhao)
    await town.accepts(town.wang, town.grid, main)
    await town.finishes(town.wang, town.grid, main, "水来了")

    assert "已经不能一起办了" in await town.presses(town.zhao, card, f"就是 {main}")
    assert f"就是 {main}" not in town.draft_card(town.zhao).buttons()
    await town.presses(town.zhao, town.draft_card(town.zhao), "提交")
    assert (await town.case(town.number_told(town.zhao))).main is None


async def test_what_was_withdrawn_or_passed_on_meanwhile_is_not_joined(town: Town) -> None:
    withdrawn = await town.raises(town.li, "煤炭小区停水了")
    await town.says(town.zhao, "煤炭小区停水了")
    card = town.draft_card(town.zhao)
    await town.says(town.li, f"/case {withdrawn}")
    await town.presses_twice(town.li, town.last(town.li, withdrawn), "撤回")
    assert "已经不能一起办了" in await town.presses(town.zhao, card, f"就是 {withdrawn}")

    passed_on = await town.raises(town.li, "煤炭小区停水了")
    await town.says(town.zhao, "从早上停到现在")
    card = town.draft_card(town.zhao)
    await town.says(town.he, f"/assign {passed_on} zn-02")
    assert "已经不能一起办了" in await town.presses(town.zhao, card, f"就是 {passed_on}")


async def test_when_the_main_case_is_withdrawn_who_joined_it_goes_on_alone(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区停水了")
    own = await joins(town, town.zhao, "煤炭小区又停水了", main)
    await town.says(town.li, f"/case {main}")
    await town.presses_twice(town.li, town.last(town.li, main), "撤回")

    case = await town.case(own)
    assert case.main is None
    assert case.is_open
    assert f"{main} 不再办理" in town.texts(town.zhao) or "那一件不再办理" in town.texts(town.zhao)
    assert town.card(town.grid, own).buttons()[0] == "接单"


async def test_an_anonymous_neighbour_stays_so_among_the_named(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区停水了")
    await town.says(town.zhao, "煤炭小区又停水了")
    await town.presses(town.zhao, town.draft_card(town.zhao), "匿名")
    await town.presses(town.zhao, town.draft_card(town.zhao), f"就是 {main}")

    assert (await town.case("#MH2611_00002")).anonymous
    assert "赵大爷" not in town.texts(town.grid)
    assert "赵大爷" not in town.texts(town.li)


async def test_nothing_is_offered_for_what_is_ones_own_or_elsewhere_or_danger_and_what_was_not_cannot_be_joined(
    town: Town,
) -> None:
    lamp = await town.raises(town.li, "红星苑3栋楼道灯坏了")
    await town.says(town.li, "红星苑3栋楼道灯又坏了")
    assert f"就是 {lamp}" not in town.draft_card(town.li).buttons()
    assert f"补充到 {lamp}" in town.draft_card(town.li).buttons()

    await town.says(town.zhao, "红星苑5栋楼道灯坏了")
    card, case = town.draft_card(town.zhao), await town.case(lamp)
    assert f"就是 {lamp}" not in card.buttons()
    assert "已经不能一起办了" in await town.forges(town.zhao, card, f"dj:3:{case.id}")
    assert await town.count("cases") == 1
    await town.says(town.zhao, "有人触电了")
    assert not [label for label in town.draft_card(town.zhao).buttons() if label.startswith("就是")]


async def test_at_most_two_are_offered_the_most_alike_first_and_none_beside_another_choice(town: Town) -> None:
    await town.raises(town.li, "煤炭小区停水了，洗菜做饭都不行")
    second = await town.raises(town.liu, "煤炭小区停水了，很着急")
    third = await town.raises(town.stranger, "煤炭小区停水了")
    await town.says(town.zhao, "煤炭小区停水了")
    assert [label for label in town.draft_card(town.zhao).buttons() if "就是" in label] == [
        f"就是 {third}",
        f"就是 {second}",
    ]

    await town.presses(town.zhao, town.draft_card(town.zhao), "类别")
    assert "就是" not in "".join(town.draft_card(town.zhao).buttons())
    assert third not in town.draft_card(town.zhao).text


async def test_a_worker_who_raises_a_case_for_a_neighbour_is_offered_none(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区停水了")
    town.wang.starts(town.bot)
    await town.says(town.wang, "/proxy")
    await town.says(town.wang, "跳过")
    await town.says(town.wang, "煤炭小区停水了")
    assert f"就是 {main}" not in town.draft_card(town.wang).buttons()


async def test_a_worker_is_shown_what_may_be_the_same_and_merges_it(town: Town) -> None:
    town.wang.starts(town.bot)
    first = await town.raises(town.li, "煤炭小区停水了")
    await town.raises(town.li, "煤炭小区楼下广场舞太吵")
    second = await town.raises(town.zhao, "煤炭小区停水了，什么时候来水")

    await town.says(town.wang, f"/case {second}")
    page = town.last(town.wang, second)
    assert f"可能是同一件： {first} ，" in page.text
    await town.presses(town.wang, page, "归并")
    assert town.last(town.wang, "哪一件").buttons()[0] == first.removeprefix("#")


async def test_those_who_join_or_withdraw_at_once_stand_in_one_message_each_with_their_number(town: Town) -> None:
    main = await town.raises(town.li, "煤炭小区停水了")
    people = [town.zhao, town.liu, town.stranger, town.zhou]
    for n, person in enumerate(people):
        await town.says(person, f"煤炭小区{n + 2}栋也停水了，电话13800001111")
    gate = town.world.faults.hold("sendMessage")
    for person in people:
        person.presses(town.draft_card(person), f"就是 {main}")
    await town.has(5, "cases")
    gate.open()
    await town.settle()

    numbers = [town.last(person, "已提交").text.split()[2] for person in people]
    joined = [message.text for message in town.posted(town.grid) if "👥" in message.text and "📍" not in message.text]
    assert len(joined) <= 2
    assert all(f"{number} " in "\n".join(joined) for number in numbers)
    assert all(f"煤炭小区{n + 2}栋也停水了" in "\n".join(joined) for n in range(4))
    assert "13800001111" not in "\n".join(joined)

    files = [await town.opens(person, number) for person, number in zip(people, numbers, strict=True)]
    for person, file in zip(people, files, strict=True):
        await town.presses(person, file, "撤回")
    gate = town.world.faults.hold("sendMessage")
    rows = await town.count("history")
    for person, file in zip(people, files, strict=True):
        person.presses(file, "撤回")
    await town.has(rows + 4, "history")
    gate.open()
    await town.settle()
    withdrawn = [message.text for message in town.posted(town.grid) if "🗑" in message.text]
    assert len(withdrawn) <= 2
    assert all(number in "\n".join(withdrawn) for number in numbers)
