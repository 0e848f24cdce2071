"""Which matters are taken to be one: by their words, their place and their category; never two at different places."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.likeness import ALIKE, Comparison, Substance
from domain.organisation.usual_categories import USUAL_CATEGORIES
from domain.people.person import UnitCode

GRID_1, GRID_2 = (tuple(map(UnitCode, ("BZ", "GHQ", "ZN", grid))) for grid in ("ZN-01", "ZN-02"))
substances = st.builds(
    Substance,
    st.text("路灯坏了楼道漏水停电a1 ，。", max_size=60),
    st.sampled_from(["", "红星苑3栋", "红星苑5栋", "煤炭小区"]),
    st.sampled_from(["", "路灯", "电梯"]),
    st.sampled_from([(), GRID_1, GRID_2]),
)


def told(text: str, address: str = "", around: tuple[UnitCode, ...] = GRID_1) -> Substance:
    return Substance(text, address, USUAL_CATEGORIES.guess(text), around)


def are_alike(one: Substance, other: Substance) -> bool:
    return Comparison([one, other]).likeness(one, other) >= ALIKE


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told("煤炭小区路灯坏了", "煤炭小区"), told("煤炭小区路灯又坏了", "煤炭小区")),
        (told("停水了"), told("怎么又停水了")),
        (told("红星苑3栋停水", "红星苑3栋"), told("红星苑5栋停水了", "红星苑5栋")),
        (told("您好，3栋电梯坏了，请尽快处理，谢谢", "红星苑3栋"), told("3栋的电梯又坏了", "红星苑3栋")),
        (told("停电了", around=GRID_1), told("停电了，什么时候来电", around=GRID_2)),
        (told("楼下广场舞太吵了"), told("楼下广场舞又吵了")),
        (told("the lift is broken"), told("Hello, the lift is broken again")),
        (told("ＷＩＦＩ断了，路灯也不亮"), told("wifi断了 路灯也不亮")),
    ],
)
def test_one_matter_is_known_however_it_is_told(one: Substance, other: Substance) -> None:
    assert are_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (told("红星苑3栋楼道灯坏了", "红星苑3栋"), told("红星苑5栋楼道灯坏了", "红星苑5栋")),
        (told("路灯坏了", "煤炭小区"), told("路灯坏了", "芸香小镇")),
        (told("路灯坏了", around=GRID_1), told("路灯坏了", around=GRID_2)),
        (told("煤炭小区路灯坏了", "煤炭小区"), told("煤炭小区电梯坏了", "煤炭小区")),
        (told("煤炭小区花坛坏了", "煤炭小区"), told("煤炭小区长椅坏了", "煤炭小区")),
        (told("您好，希望领导尽快解决我的问题，谢谢"), told("您好，希望领导尽快解决他的问题，谢谢")),
        (told("垃圾没人清"), told("公交车太少")),
        (told("the lift is broken"), told("the gate is broken")),
        (told(""), told("")),
    ],
)
def test_what_may_be_another_matter_is_not_taken_for_the_same(one: Substance, other: Substance) -> None:
    assert not are_alike(one, other)


def test_what_many_say_tells_less_than_what_few_say() -> None:
    usual = [told(f"小区{what}没人管") for what in "花草树木门窗墙砖瓦石"]
    one, other = told("没人管，水池里有死鱼"), told("死鱼在水池里")
    alone, among = Comparison([one, other]), Comparison([one, other, *usual])
    assert among.likeness(one, other) > alone.likeness(one, other)


@given(substances, substances, st.lists(substances, max_size=5))
def test_likeness_is_the_same_from_both_sides_and_a_share(
    one: Substance, other: Substance, more: list[Substance]
) -> None:
    comparison = Comparison([one, other, *more])
    likeness = comparison.likeness(one, other)
    assert likeness == comparison.likeness(other, one)
    assert 0 <= likeness <= 1


@given(substances, st.lists(substances, max_size=5))
def test_a_matter_with_words_is_wholly_like_itself(one: Substance, more: list[Substance]) -> None:
    comparison = Comparison([one, *more])
    assert comparison.likeness(one, one) == (1 if one.words else 0)


@pytest.mark.parametrize("piece", ["水", "路灯坏了", "1-", "3栋", "a", "no ", "（"])
def test_the_longest_texts_are_compared_by_their_beginning(piece: str) -> None:
    long = [Substance(piece * 20_000 + str(n), piece * 10) for n in range(200)]
    comparison = Comparison(long)
    for other in long:
        comparison.likeness(long[0], other)
