"""Organisations in the shape of real ones: the places of the newspaper reports that minhu comes from."""

from collections.abc import Sequence
from typing import Any

import yaml

from bot.app import import_file
from bot.org_file import read_organisation
from tests.town import LAMPS, ORGANISATION, Town

STREETS_OF_BOZHOU = (
    *("南白街道", "播南街道", "影山湖街道", "桂花桥街道", "龙坑街道", "三岔镇", "苟江镇", "三合镇"),
    *("乌江镇", "龙坪镇", "团溪镇", "铁厂镇", "西坪镇", "尚嵇镇", "茅栗镇", "新民镇"),
    *("鸭溪镇", "石板镇", "乐山镇", "枫香镇", "泮水镇", "马蹄镇", "平正仡佬族乡", "洪关苗族乡"),
)
COMMUNITIES_OF_GUIHUAQIAO = ("桂花社区居民委员会", "五桩社区居民委员会", "遵南社区居民委员会")
GRIDS_OF_ZUNNAN = 44

Node = dict[str, Any]


def unit(code: str, name: str, level: str, *children: Node, **more: Any) -> Node:
    """Return one unit of an organisation file."""
    return {"code": code, "name": name, "level": level, **more, **({"children": list(children)} if children else {})}


def worker(person: int, name: str, role: str = "worker") -> list[Node]:
    """Return the members of a unit that has one."""
    return [{"id": person, "name": name, "role": role}]


def written(*roots: Node) -> str:
    """Return an organisation file."""
    return yaml.safe_dump({"units": list(roots)}, allow_unicode=True, sort_keys=False)


def zunnan(chats: Sequence[int]) -> str:
    """Return 播州区 with its 24 streets, and 遵南社区 with its 44 grids, each grid with a group of its own."""
    grids = [
        unit(f"ZN-{n:02d}", f"第{n}网格", "grid", chat=chats[n - 1], members=worker(60_000 + n, f"网格员{n}"))
        for n in range(1, GRIDS_OF_ZUNNAN + 1)
    ]
    communities = [
        unit(f"GHQ-{n}", name, "community", *(grids if name.startswith("遵南") else ()))
        for n, name in enumerate(COMMUNITIES_OF_GUIHUAQIAO, 1)
    ]
    streets = [
        unit(f"BZ-{n:02d}", name, "street", *(communities if name == "桂花桥街道" else ()))
        for n, name in enumerate(STREETS_OF_BOZHOU, 1)
    ]
    return written(unit("BZ", "播州区", "district", *streets))


def yongchuan(district: int, shengli: int, minfu: int, zhutuo: int, village: int) -> str:
    """Return 永川区 with the street of the dark compound and the town that is farthest from the city."""
    dark = unit("MF", "民富小区网格", "grid", chat=minfu, places=["民富小区"], members=worker(2001, "王建国"))
    far = unit("ZT-01", "四望山村", "community", chat=village, places=["四望山村"], members=worker(2002, "陈静"))
    return written(
        unit(
            "YC",
            "永川区",
            "district",
            unit("SLL", "胜利路街道", "street", dark, chat=shengli, members=worker(2004, "孙科长", "lead")),
            unit("ZT", "朱沱镇", "street", far, chat=zhutuo, members=worker(2003, "周主任", "lead")),
            chat=district,
            members=worker(2005, "马局", "lead"),
        )
    )


def jingdezhen(community: int, grid: int) -> str:
    """Return 西路社区, where the ground floors were flooded at every heavy rain."""
    west = unit(
        "XL-01", "西路第一微网格", "microgrid", chat=grid, places=["西路50-60栋"], members=worker(2001, "王建国")
    )
    return written(
        unit("XL", "西路社区居委会", "community", west, chat=community, members=worker(2003, "周主任", "lead"))
    )


def hancheng(zhuangyuan: int, yunkang: int) -> str:
    """Return the two communities of 韩城 with the benches and the wheelchair parking bay."""
    benches = unit(
        "ZYJ", "状元街社区", "community", chat=zhuangyuan, places=["煤炭小区"], members=worker(2001, "王建国")
    )
    parking = unit("YK", "芸康社区", "community", chat=yunkang, places=["芸香小镇"], members=worker(2006, "刘洋"))
    return written(unit("HC", "韩城市", "district", benches, parking))


WITH_LAMPS = f"""{ORGANISATION}
          - code: LD
            name: 路灯所
            level: department
            chat: {LAMPS}
            members: [{{id: 2007, name: 吴师傅, role: worker}}]
"""
"""The town with the office for street lamps, in which 吴师傅 works, below the street."""

WITHOUT_WANG = ORGANISATION.replace("                  - {id: 2001, name: 王建国, role: worker}\n", "")
"""The town once 王建国 has left."""


async def imports(town: Town, organisation: str, *, settle: bool = True) -> None:
    """Import an organisation beside the running desk."""
    assert town.settings.org
    town.settings.org.write_text(organisation, "utf-8")
    await import_file(town.desks, town.settings.org, read_organisation(town.settings.org))
    if settle:
        await town.settle()
