"""Many cards for one chat at once: danger goes first, and a wave that climbs is announced above."""

import pytest

from bot.floods import CROWD
from domain.desk.merging import flood
from sandbox.messages import Message
from tests.town import NUMBER, Town

pytestmark = pytest.mark.paced
MANY = CROWD + 1
"""One card may be on its way before the others are there."""
NUMBERS = [f"#MH2611_{n:05d}" for n in range(1, MANY + 3)]
LATER = (
    "UPDATE followups SET due_at = (SELECT min(due_at) FROM followups WHERE what = 'accept_warning')"
    " WHERE what = 'flood'"
)


async def test_an_urgent_case_does_not_wait_behind_the_flood(town: Town) -> None:
    people = [town.world.add_person(50_000 + n, f"居民{n}") for n in range(MANY)]
    for person in people:
        person.writes(town.bot, "煤炭小区水管爆了")
    await town.says(town.li, "煤炭小区电梯里有人被困")
    gate = town.world.faults.hold("sendMessage")
    for person in people:
        person.presses(town.draft_card(person), "提交")
    await town.has(MANY, "cases")
    town.li.presses(town.draft_card(town.li), "提交")
    await town.has(MANY + 1, "cases")
    gate.open()
    await town.settle()

    places = [card.text.startswith("🆘") for card in town.cards(town.grid)]
    assert places.index(True) <= 1


async def test_a_wave_of_cases_that_climb_is_announced_above(town: Town) -> None:
    numbers = {await town.raises(town.li, f"煤炭小区第{n}盏路灯坏了") for n in range(CROWD)}
    await town.passes(minutes=30)

    digest = next(message for message in town.posted(town.community) if f"新到 {CROWD} 件诉求" in message.text)
    assert set(NUMBER.findall(digest.text)) == numbers
    assert all(digest.id < card.id for card in town.cards(town.community))
    assert len(town.cards(town.community)) == CROWD
    assert "新到" not in town.texts(town.grid)
    for group in (town.grid, town.community):
        climbed = [message for message in town.posted(group) if "⬆️" in message.text and "📍" not in message.text]
        assert len(climbed) <= 2
        assert set(NUMBER.findall("\n".join(message.text for message in climbed))) == numbers


async def test_a_lead_makes_one_matter_of_a_flood_by_one_press_and_what_is_about_something_else_stays(
    town: Town,
) -> None:
    _, digest = await flooded(town, "路灯坏了")
    assert digest.buttons() == ["归并为一件"]

    assert "负责人可用" in await town.presses(town.wang, digest, "归并为一件")
    await town.presses(town.chen, digest, "归并为一件")
    cases = [await town.case(number) for number in NUMBERS]
    (main,) = [case for case in cases if case.followers.all]
    assert main.number == "MH2611_00001"
    assert [case.main for case in cases].count(main.id) == MANY
    (other,) = [case for case in cases if case.category == "路灯"]
    assert other.merged is None
    assert f"{MANY + 1} 位居民" in town.card(town.grid, main.number).text
    assert f"正在把 {MANY} 件归并到" in town.texts(town.grid)
    assert f"归并好了，现在代表 {MANY + 1} 位居民" in town.last(town.grid).text
    assert digest.buttons() == []


async def flooded(town: Town, *besides: str) -> tuple[str, Message]:
    """Let a card go out by itself, and a crowd of others be announced at once; return its number and the announcement.

    `besides`: what more people say, about something else.
    """
    main = await town.raises(town.li, "煤炭小区水管爆了")
    said = [*(f"{n}栋水管爆了，停水" for n in range(MANY)), *besides]
    people = [town.world.add_person(50_000 + n, f"居民{n}") for n in range(len(said))]
    for person, words in zip(people, said, strict=True):
        await town.says(person, f"煤炭小区{words}")
    gate = town.world.faults.hold("sendMessage")
    for person in people:
        person.presses(town.draft_card(person), "提交")
    await town.has(1 + len(people), "cases")
    gate.open()
    await town.settle()
    return main, town.last(town.grid, "新到 ")


@pytest.mark.parametrize(("command", "said"), [("/my", "不再办理（已撤回）"), ("/assign {} ZN-02", "已经转到别的单位")])
async def test_a_lead_reads_how_many_were_merged_when_the_main_case_ends_or_goes_in_the_middle(
    town: Town, monkeypatch: pytest.MonkeyPatch, command: str, said: str
) -> None:
    monkeypatch.setattr(flood, "AT_ONCE", 1)
    main, digest = await flooded(town)
    file = await town.opens(town.li, main)
    before = await town.count("history")
    town.chen.presses(digest, "归并为一件")
    await town.has(before + 3, "history")  # it is asked for, and the first of the crowd is merged
    await town.stop()
    if command == "/my":
        for _ in range(2):
            town.li.presses(file, "撤回")
    else:
        town.he.writes(town.bot, command.format(main))
    await town.start()

    joined = (await town.events(main)).count("follower_joined")
    assert 0 < joined < MANY
    told = town.last(town.grid, "归并停下").text
    assert told.startswith(f"🔗 {main} ")
    assert "陈静：" in told
    assert said in told
    assert f"{MANY} 件里并进了 {joined} 件" in told
    assert "用 /merge" in told
    assert "归并好了，现在" not in town.texts(town.grid)
    cases = [await town.case(number) for number in NUMBERS[1 : MANY + 1]]
    assert sum(case.unit == "ZN-01" and case.merged is None for case in cases) >= MANY - joined


async def test_who_says_no_or_is_parted_while_a_flood_is_being_merged_is_not_merged_back(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flood, "AT_ONCE", 1)
    main, digest = await flooded(town)
    before = await town.count("history")
    town.chen.presses(digest, "归并为一件")
    await town.has(before + 3, "history")  # it is asked for, and the first of the crowd is merged
    await town.stop()
    await town.alters(LATER)
    await town.desks.storage.engine.dispose()
    monkeypatch.setattr(flood, "AT_ONCE", 20)
    await town.start()
    numbers = NUMBERS[1 : MANY + 1]
    joined = [number for number in numbers if (await town.case(number)).main is not None]
    assert len(joined) < len(numbers) - 2
    await town.accepts(town.wang, town.grid, main)
    own, parted = numbers[-2:]
    await town.says_in(town.wang, town.grid, f"/merge {main} {parted}")
    await town.says_in(town.wang, town.grid, f"/unmerge {parted}")
    await town.accepts(town.wang, town.grid, own)
    for number in (own, main):
        await town.finishes(town.wang, town.grid, number, "水管换好了")
    for number in (joined[0], own):
        resident = next(person for person in town.world.people.values() if number in town.texts(person))
        await town.presses(resident, town.last(resident, "水管换好了"), "未解决")
    await town.passes(minutes=25)

    cases = [await town.case(number) for number in numbers]
    assert [case.number for case in cases if case.main is None] == [joined[0][1:], own[1:], parted[1:]]
    assert {case.state for case in cases if case.main is not None} == {"resolved"}
    assert "归并好了" in town.texts(town.grid)
