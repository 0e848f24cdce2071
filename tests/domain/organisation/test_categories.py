"""What a case is about, guessed from its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.organisation.categories import Categories, Category
from domain.organisation.usual_categories import USUAL_CATEGORIES
from domain.people.person import UnitCode


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("煤炭小区3栋门口路灯坏了三天了，晚上漆黑一片", "路灯"),
        ("井盖松了，老人差点掉下去", "井盖"),
        ("家里停水两天了", "供水"),
        ("楼下烧烤店油烟太大", "油烟异味"),
        ("半夜施工噪音扰民", "噪音"),
        ("楼道堆满杂物，走不过去", "楼道杂物"),
        ("垃圾没人清运，苍蝇乱飞", "垃圾"),
        ("电梯老是坏", "电梯"),
        ("楼上漏水，天花板都湿了", "房屋漏损"),
        ("车位被别人占了，没地方停车", "停车"),
        ("有人遛狗不牵绳", "犬只"),
        ("想问医保怎么报销", "医保"),
        ("孩子上学学区怎么划分的", "教育"),
        ("想给独居老人送餐", "养老"),
        ("物业费收得太高", "物业"),
        ("The streetlight is out", "路灯"),
        ("The street lamp at gate 3 is dark", "路灯"),
        ("A fallen tree lies across the street", "绿化"),
        ("煤炭小区的tree倒了", "绿化"),
        ("Our broad street is fine", ""),
        ("你们好", ""),
        ("", ""),
    ],
)
def test_the_usual_words_name_the_usual_category(words: str, category: str) -> None:
    assert USUAL_CATEGORIES.guess(words) == category


@given(st.text(max_size=200))
def test_whatever_is_written_the_guess_is_a_category_or_none(words: str) -> None:
    guessed = USUAL_CATEGORIES.guess(words)

    assert guessed == "" or guessed in USUAL_CATEGORIES


def test_a_name_or_a_key_stands_for_one_category_alone() -> None:
    every = USUAL_CATEGORIES.all

    assert len({category.name for category in every}) == len({category.key for category in every}) == len(every)
    assert all(USUAL_CATEGORIES.known_as(category.key) is category for category in every)


def test_a_category_without_a_unit_has_that_of_its_group() -> None:
    lamps, water = UnitCode("LD"), UnitCode("SW")
    own = Categories(
        (Category("市政设施", unit=lamps), Category("路灯", "市政设施"), Category("供水", "市政设施", water))
    )

    assert (own.unit_for("路灯"), own.unit_for("供水"), own.unit_for("没有的")) == (lamps, water, None)
