"""The newspaper reports that minhu comes from, played through the whole application."""

from pathlib import Path

from tests.organisations import hancheng, jingdezhen, yongchuan, zunnan
from tests.town import COMMUNITY, DISTRICT, GRID_1, GRID_2, STREET, open_town


async def test_the_dark_compound_gets_its_street_lights(database_url: str, tmp_path: Path) -> None:
    """永川民富小区: 几盏巴壁灯年久失修，一到晚上漆黑一片; 查勘、设计，装上了8组6米高的LED路灯."""
    organisation = yongchuan(DISTRICT, STREET, GRID_1, COMMUNITY, GRID_2)
    async with open_town(database_url, tmp_path, organisation=organisation) as town:
        number = await town.raises(town.li, "民富小区几盏巴壁灯年久失修不亮，一到晚上四周漆黑一片")
        await town.accepts(town.wang, town.grid, number)
        await town.replies(town.wang, town.card(town.grid, number), "// 小区三无，灯归市政，要请街道协调")
        await town.presses_twice(town.wang, town.card(town.grid, number), "上报")
        await town.accepts(town.sun, town.street, number)
        await town.replies(town.sun, town.card(town.street, number), "市政设施服务所已来查勘，正在设计方案")
        await town.passes(days=1)
        await town.presses(town.sun, town.card(town.street, number), "办结")
        prompt = town.last(town.street, "办理结果")
        town.sun.sends_photo(town.street, "安装了8组6米高的LED路灯", reply_to=prompt)
        await town.settle()

        question = town.last(town.li, "8组6米高")
        assert town.private(town.li)[-2].kind == "photo"
        await town.presses(town.li, question, "已解决")
        await town.presses(town.li, town.private(town.li)[-1], "满意")
        await town.says(town.li, "亮堂了小区，更亮堂了心")

        case = await town.case(number)
        assert (case.state, case.rating) == ("confirmed", "satisfied")
        assert case.first_owner
        assert case.first_owner.name == "王建国"
        assert "查勘" in town.texts(town.li)
        assert "三无" not in town.texts(town.li)
        assert "亮堂了心" in town.texts(town.street)


async def test_the_flooded_ground_floor_is_not_done_until_it_stays_dry(database_url: str, tmp_path: Path) -> None:
    """景德镇西路社区: 56栋一层每逢大雨进水，地板换了3次，直到完成排涝整改."""
    async with open_town(database_url, tmp_path, organisation=jingdezhen(COMMUNITY, GRID_1)) as town:
        number = await town.raises(town.zhao, "西路56栋一层，每逢大雨就积水进屋，地板已经换了3次")
        assert "西路56栋一层" in town.card(town.grid, number).text
        await town.accepts(town.wang, town.grid, number)
        await town.finishes(town.wang, town.grid, number, "疏通了下水道")
        await town.passes(days=1)
        await town.presses(town.zhao, town.last(town.zhao, "正等您确认"), "未解决")
        town.zhao.sends_video(town.bot, "昨晚下雨又进水了")
        await town.settle()
        assert "昨晚下雨又进水了" in town.texts(town.grid)
        assert town.posted(town.grid)[-1].kind == "video"

        await town.finishes(town.wang, town.grid, number, "再次疏通")
        await town.presses(town.zhao, town.last(town.zhao, "再次疏通"), "未解决")
        await town.says(town.zhao, "地势低，光疏通没用")
        assert (await town.case(number)).unit == "XL"
        assert "地势低，光疏通没用" in town.texts(town.community)
        await town.accepts(town.zhou, town.community, number)
        await town.replies(town.zhou, town.card(town.community, number), "列入老旧小区改造，先做排涝")
        await town.finishes(town.zhou, town.community, number, "排涝整改完成")
        await town.presses(town.zhao, town.last(town.zhao, "排涝整改完成"), "已解决")

        case = await town.case(number)
        assert (case.state, case.returns) == ("confirmed", 2)


async def test_the_benches_that_old_people_wished_for(database_url: str, tmp_path: Path) -> None:
    """韩城煤炭小区: 老年人没有歇脚处，共建单位捐赠了一批便民长椅."""
    async with open_town(database_url, tmp_path, organisation=hancheng(GRID_1, GRID_2)) as town:
        town.zhao.starts(town.bot)
        await town.settle()
        town.zhao.taps_keyboard(town.bot, "微心愿")
        town.zhao.sends_voice(town.bot)
        await town.settle()
        await town.says(town.zhao, "煤炭小区没有地方坐，想要几把长椅")
        await town.presses(town.zhao, town.draft_card(town.zhao), "提交")
        number = town.number_told(town.zhao)
        assert (await town.case(number)).kind == "wish"
        assert [m.kind for m in town.posted(town.grid)] == ["text", "voice"]
        await town.accepts(town.wang, town.grid, number)
        await town.replies(town.wang, town.card(town.grid, number), "正在和工商银行商量，放在哪个位置合适？")
        await town.replies(town.zhao, town.last(town.zhao, "哪个位置合适"), "3号楼前头太阳好")
        await town.finishes(town.wang, town.grid, number, "工商银行捐赠的长椅已放好")
        await town.presses(town.zhao, town.last(town.zhao, "已放好"), "已解决")

        assert "3号楼前头太阳好" in town.texts(town.grid)
        assert (await town.case(number)).state == "confirmed"


async def test_the_parking_bay_for_a_wheelchair_at_the_right_door(database_url: str, tmp_path: Path) -> None:
    """韩城芸香小镇: 11号楼单元门前施划了无障碍专用车位."""
    async with open_town(database_url, tmp_path, organisation=hancheng(GRID_1, GRID_2)) as town:
        number = await town.raises(town.li, "我行动不便，芸香小镇11号楼1单元门口能不能划一个无障碍车位")
        case = await town.case(number)
        assert (case.kind, case.unit, case.address) == ("help", "YK", "芸香小镇11号楼1单元门口")
        await town.accepts(town.liu, town.grid2, number)
        await town.presses(town.liu, town.card(town.grid2, number), "办结")
        town.liu.sends_album(
            town.grid2, ["photo", "photo", "photo"], "已施划，宽2.8米", reply_to=town.last(town.grid2, "办理结果")
        )
        await town.settle()
        await town.passes(seconds=3)
        assert [m.kind for m in town.private(town.li)[-4:]] == ["photo", "photo", "photo", "text"]
        await town.presses(town.li, town.private(town.li)[-1], "已解决")
        assert (await town.case(number)).state == "confirmed"


async def test_a_micro_wish_by_qr_code_finds_its_grid_among_forty_four(database_url: str, tmp_path: Path) -> None:
    """遵南社区: 44 个网格，线上制作“微心愿收集”二维码."""
    chats = [-1002000000000 - n for n in range(1, 45)]
    async with open_town(database_url, tmp_path, organisation=zunnan(chats)) as town:
        groups = [town.world.add_group(chat, f"遵南{n}") for n, chat in enumerate(chats, 1)]
        for group in groups:
            group.add_bot(town.bot)
        await town.settle()
        for n in (1, 17, 44):
            person = town.world.add_person(70_000 + n, f"居民{n}")
            person.starts(town.bot, f"g_ZN-{n:02d}")
            await town.settle()
            number = await town.raises(person, "微心愿：孩子想要一盏台灯")
            case = await town.case(number)
            assert (case.unit, case.kind) == (f"ZN-{n:02d}", "wish")
            assert len(town.cards(groups[n - 1])) == 1
            assert f"遵南社区居民委员会 · 第{n}网格" in town.last(person, number).text


async def test_the_dialysis_room_climbs_to_the_district_that_can_build_it(database_url: str, tmp_path: Path) -> None:
    """永川朱沱: 病友一周3次到城里血透，村里、镇里都解决不了; 区里在镇卫生院建成了血透室."""
    organisation = yongchuan(DISTRICT, STREET, GRID_1, COMMUNITY, GRID_2)
    async with open_town(database_url, tmp_path, organisation=organisation) as town:
        town.grid2.add(town.chen)
        number = await town.raises(town.zhao, "四望山村病友一周3次到城里血透，建议在镇上增设血液净化项目")
        assert (await town.case(number)).kind == "suggestion"
        await town.accepts(town.chen, town.grid2, number)
        await town.presses_twice(town.chen, town.card(town.grid2, number), "上报")
        await town.accepts(town.zhou, town.community, number)
        await town.presses_twice(town.zhou, town.card(town.community, number), "上报")
        assert "办结" not in town.card(town.district, number).buttons()
        await town.accepts(town.ma, town.district, number)
        assert town.card(town.district, number).buttons() == ["办结", "协办", "延期", "转派"]
        for _ in range(4):
            await town.passes(days=3)
        await town.replies(town.ma, town.card(town.district, number), "已列入民生实事，设备招标中")
        await town.passes(days=1)
        await town.finishes(town.ma, town.district, number, "朱沱镇卫生院血透室建成投用")
        await town.presses(town.zhao, town.last(town.zhao, "建成投用"), "已解决")

        case = await town.case(number)
        assert (case.state, case.unit) == ("confirmed", "YC")
        assert case.first_owner
        assert case.first_owner.name == "陈静"
        assert town.texts(town.zhao).count("还在跟进，没有忘") == 4
        events = await town.events(number)
        assert events.count("case_escalated") == 2
        assert "climb_ended" not in events
