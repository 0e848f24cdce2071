"""Buildings are read however they are written, other numbers are none, and what is unsure has to be asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.organisation.places import Gazetteer
from domain.organisation.units import Level
from domain.people.person import UnitCode
from tests.domain.ground import a_unit, tree_of
from tests.domain.organisation.test_places import GAZETTEER, choices_of, unit_of

EIGHT = ("8", "８", "八", "8️⃣", "⑧", "捌", "08")
COUNTERS = ("栋", "幢", "棟", "号楼", " 号 楼", "#", "#楼", " # ", "-2-301", "座", "号2单元", "号301")
JOINTS = (
    *("", "（", "(", "-", "：", ":", "，", "、", " ", "　", "·", "/", "【", "《", "——", "…", "👉", "的", "第"),
    *("二期", "2期", "西区", "小区", "里的", "，我家住", "，住在", "。我在"),
)


@given(st.sampled_from(JOINTS), st.sampled_from(EIGHT), st.sampled_from(COUNTERS))
def test_a_building_is_read_whatever_joins_it_to_the_name(joint: str, number: str, counter: str) -> None:
    for words in (f"红星苑{joint}{number}{counter}", f"我家红星苑{joint}{number}{counter}漏水"):
        assert unit_of(words) == "ZN-02", words


@given(st.sampled_from(EIGHT), st.sampled_from(COUNTERS[:5]), st.sampled_from(["", "的", "，", "、", " ", "-", "（"]))
def test_a_building_may_stand_before_the_name(number: str, counter: str, joint: str) -> None:
    assert unit_of(f"{number}{counter}{joint}红星苑") == "ZN-02"
    assert unit_of(f"我是{number}{counter}的，红星苑停水") == "ZN-02"


@pytest.mark.parametrize(
    "words",
    [
        *(
            "红星苑1号门坏了",
            "红星苑2号电梯",
            "红星苑2号梯",
            "红星苑1号口",
            "红星苑三号下午停电",
            "红星苑5号停电（11月5号）",
        ),
        *(
            "红星苑每月3号停水",
            "红星苑8点停水",
            "红星苑8:30停水",
            "红星苑2026-11-8停水",
            "红星苑3-5点停水",
            "红星苑月底3号起",
        ),
        *(
            "红星苑门口8路公交",
            "红星苑8路车不停",
            "人民路8号红星苑",
            "红星苑（人民路8号）",
            "红星苑2号线地铁",
            "红星苑3号桌",
        ),
        *(
            "红星苑有8栋楼",
            "红星苑共10栋楼停水",
            "红星苑两栋",
            "红星苑门口三座大山",
            "红星苑302室漏水",
        ),
        *("红星苑8个人", "红星苑第3次停水", "红星苑3号充电桩坏了，昨天3号电梯也坏", "红星苑13812345678", "红星苑3.5元"),
    ],
)
def test_a_number_that_counts_no_buildings_decides_nothing(words: str) -> None:
    found = GAZETTEER.find(words)

    assert choices_of(found) == ["ZN-01", "ZN-02"]
    assert not found.asks


@pytest.mark.parametrize(
    "words",
    [
        *("红星苑5号停电", "红星苑5号", "红星苑8楼漏水", "红星苑A栋", "红星苑Ⅷ栋", "红星苑七八栋", "红星苑11-5停水"),
        *(
            "红星苑5-6栋",
            "红星苑8栋和3栋",
            "红星苑3栋漏水，8栋也漏",
            "红星苑1-999999999栋",
            "红星苑，对面幸福里3栋装修",
        ),
        *(
            "红星苑和芸香小镇之间",
            "煤炭小区和芸香小镇交界处的路",
            "红星苑和煤炭小区都停水",
            "煤炭小区8栋，红星苑路灯坏了",
        ),
    ],
)
def test_what_is_not_surely_read_has_to_be_asked(words: str) -> None:
    found = GAZETTEER.find(words)

    assert choices_of(found) == ["ZN-01", "ZN-02"]
    assert found.asks


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("红星苑3栋，不对，是7栋", "ZN-02"),
        ("红星苑7栋，说错了，应该是3栋", "ZN-01"),
        ("红星苑不是3栋是7栋", "ZN-02"),
        ("煤炭小区停水，不对，是芸香小镇", "ZN-02"),
        ("红星苑7栋物业这样做不对，也没人管", "ZN-02"),
    ],
)
def test_what_is_taken_back_does_not_count(words: str, unit: str) -> None:
    assert unit_of(words) == unit


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        *((answer, "红星苑" + answer) for answer in ("8", "八", "8号", "8栋", "8#", "8-2-301", "8栋2单元")),
        ("是8栋", "红星苑8栋"),
        ("不对，是8栋", "红星苑8栋"),
        ("我住8幢2单元，灯不亮", "红星苑8幢2单元"),
    ],
)
def test_an_ambiguous_name_is_completed_by_a_building(answer: str, words: str) -> None:
    found = GAZETTEER.complete("红星苑", answer)

    assert found.unit
    assert (found.unit.code, found.words) == ("ZN-02", words)


@pytest.mark.parametrize(
    "answer", ["8号报修过，没人来", "3天了", "13812345678", "8点来过", "2号电梯", "有8栋楼", "2024，报过", "好"]
)
def test_other_numbers_complete_nothing(answer: str) -> None:
    assert not GAZETTEER.complete("红星苑", answer).is_any


def test_numbers_of_a_street_are_read_where_the_place_is_given_by_them() -> None:
    street = Gazetteer(
        tree_of(a_unit("A", Level.GRID, places=("民主路1-50号",)), a_unit("B", Level.GRID, places=("民主路51-90号",)))
    )

    for words, unit in (("民主路60号停水", "B"), ("民主路（6号）", "A"), ("民主路7号门面漏水", "A")):
        found = street.find(words).unit
        assert found
        assert found.code == unit
    assert street.find("民主路12月6号停水").unit is None


@pytest.mark.parametrize(
    "story",
    [
        *(
            "11-" * 6_000,
            "1" * 20_000,
            "3栋" * 6_000,
            "红星苑3栋" * 3_000,
            "8栋红星苑" * 3_000,
            "红星苑和芸香小镇" * 2_000,
        ),
        *(
            "不对，3栋" * 3_000,
            "红星苑不对，3栋" * 2_000,
            "的" * 20_000,
            "红星苑" + "，" * 20_000,
            "a" * 20_000,
            "月3号" * 5_000,
        ),
        *(
            "第1网格第2网格" * 1_500,
            "一二三" * 6_000,
            "红星苑" + "3-2" * 6_000,
            "红星苑" + "-".join(map(str, range(4_000))),
        ),
    ],
)
def test_words_made_to_be_slow_are_read_like_others(story: str) -> None:
    for found in (GAZETTEER.find(story), GAZETTEER.complete("红星苑", story)):
        assert set(found.words) <= {*story, *"红星苑"}
    assert set(GAZETTEER.words_about(UnitCode("ZN-01"), story)) <= set(story)


def test_a_range_is_never_counted_out() -> None:
    endless = Gazetteer(tree_of(a_unit("A", Level.GRID, places=("园1-999999999栋",))))

    found = endless.find("园1-99999栋").unit
    assert found
    assert endless.find("园8栋").unit == found


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        *(
            (f"红星苑{written}漏水", f"红星苑{written}")
            for written in ("8/2/301", "8.2.301", "8_2_301", "🔟栋", "八栋三零二")
        ),
        *((written, written) for written in ("红星苑楼栋8", "红星苑楼号：8", "红星苑#8", "红星苑no.8")),
        ("小区：红星苑\n楼栋：8\n房号：302", "红星苑楼栋：8"),
    ],
)
def test_a_building_is_read_as_forms_and_telephones_write_it(words: str, kept: str) -> None:
    assert (unit_of(words), GAZETTEER.find(words).words) == ("ZN-02", kept)


@pytest.mark.parametrize(
    "words",
    [
        *("红星苑8动302", "红星苑8懂", "红星苑八洞二单元", "红星苑8幛", "红星苑8拖2", "红星苑8302漏水", "红星苑3.8栋"),
        *("红星苑3栋楼都没电", "我家住红星苑8栋楼302", "红星苑8，2，301", "红星苑5栋对面6栋"),
        "幸福里8栋，红星苑旁边",
    ],
)
def test_a_building_that_may_have_been_misheard_or_may_stand_elsewhere_is_asked_about(words: str) -> None:
    found = GAZETTEER.find(words)

    assert choices_of(found) == ["ZN-01", "ZN-02"]
    assert found.asks


@pytest.mark.parametrize(
    "words", ["红星苑302，漏水", "红星苑八零二", "红星苑24小时没水", "红星苑一直没水", "红星苑5g没信号"]
)
def test_a_door_alone_and_what_is_counted_name_no_building(words: str) -> None:
    found = GAZETTEER.find(words)

    assert choices_of(found) == ["ZN-01", "ZN-02"]
    assert not found.asks
