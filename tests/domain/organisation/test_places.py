"""Which unit a written place belongs to: found where it is certain, asked about where it is not, never guessed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.organisation.places import Finding, Gazetteer
from domain.organisation.units import Level, Organisation
from domain.text.numerals import NUMERAL, to_number
from tests.domain.ground import a_unit, town, tree_of

GAZETTEER = Gazetteer(town())
DIGITS = "零一二三四五六七八九"

in_words = st.integers(1, 999)


def chinese(number: int) -> str:
    """Write a number below a thousand as people say it: 12 is 十二, 102 is 一百零二."""
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    words = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        words += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        words += "零"
    return words + (DIGITS[ones] if ones else "")


def full_width(number: int) -> str:
    return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))


def unit_of(words: str) -> str | None:
    found = GAZETTEER.find(words).unit
    return found.code if found else None


def choices_of(finding: Finding) -> list[str]:
    assert finding.unit is None
    return [unit.code for unit in finding.choices]


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("煤炭小区的路灯坏了", "ZN-01"),
        ("我住芸香小镇，楼道没灯", "ZN-02"),
        ("红星苑3栋漏水", "ZN-01"),
        ("红星苑三栋漏水", "ZN-01"),
        ("红星苑第七栋", "ZN-02"),
        ("红星苑７栋", "ZN-02"),
        ("红星苑 8 号楼", "ZN-02"),
        ("红星苑的十栋", "ZN-02"),
        ("红星苑，5#楼下", "ZN-01"),
        ("红星苑9-2-501", "ZN-02"),
        ("红星苑六幢二单元", "ZN-02"),
        ("红星苑 2，楼道灯坏了", "ZN-01"),
        ("红星苑小区7栋", "ZN-02"),
        ("红星苑里面3号楼", "ZN-01"),
        ("红星苑3、4栋", "ZN-01"),
        ("红星苑第二网格", "ZN-02"),
        ("播州区桂花桥街道遵南社区煤炭小区", "ZN-01"),
        ("遵南社区第1网格", "ZN-01"),
        ("南白社区的东风小区", "NB-01"),
        ("南白社区没有垃圾桶", "NB"),
        ("遵南社区门口堵了", "ZN"),
        ("没有写在哪里", None),
        ("安居物业不管", None),
    ],
)
def test_a_written_place_finds_its_unit(words: str, unit: str | None) -> None:
    assert unit_of(words) == unit
    assert GAZETTEER.find(words).choices == ()


@pytest.mark.parametrize(
    ("words", "units"),
    [
        ("红星苑漏水", ["ZN-01", "ZN-02"]),
        ("红星苑 3 天没水了", ["ZN-01", "ZN-02"]),
        ("红星苑3天没水了", ["ZN-01", "ZN-02"]),
        ("红星苑5户人家没电", ["ZN-01", "ZN-02"]),
        ("红星苑两栋楼都没电", ["ZN-01", "ZN-02"]),
        ("红星苑3-5点停水", ["ZN-01", "ZN-02"]),
        ("红星苑一到晚上就停电", ["ZN-01", "ZN-02"]),
        ("第1网格没人管", ["ZN-01", "NB-01"]),
        ("煤炭小区和芸香小镇之间的路", ["ZN-01", "ZN-02"]),
    ],
)
def test_what_is_uncertain_is_a_choice_and_no_guess(words: str, units: list[str]) -> None:
    assert choices_of(GAZETTEER.find(words)) == units


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("第1网格，南白社区", "NB-01"),
        ("红星苑停水了，我住红星苑7栋", "ZN-02"),
        ("红星苑3栋漏水，红星苑的物业不管", "ZN-01"),
    ],
)
def test_a_name_of_several_units_is_narrowed_by_the_places_around_it(words: str, unit: str) -> None:
    assert unit_of(words) == unit


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("我家在红星苑7栋2单元501，漏水", "红星苑7栋2单元501"),
        ("红星苑３栋２单元门口的灯", "红星苑３栋２单元门口"),
        ("煤炭小区北门堵车", "煤炭小区北门"),
        ("煤炭小区二期5栋三楼", "煤炭小区二期5栋三楼"),
        ("遵南社区煤炭小区，路灯不亮", "遵南社区煤炭小区"),
        ("红星苑9-2-501漏水", "红星苑9-2-501"),
        ("煤炭小区3号楼2024年修过", "煤炭小区3号楼"),
        ("煤炭小区停水", "煤炭小区"),
        ("红星苑3栋2单元漏水，红星苑的物业不管", "红星苑3栋2单元"),
    ],
)
def test_the_words_of_the_place_keep_building_and_door(words: str, kept: str) -> None:
    assert GAZETTEER.find(words).words == kept


def test_a_building_outside_every_range_goes_to_the_common_ancestor() -> None:
    assert unit_of("红星苑11栋没人管") == "ZN"
    assert GAZETTEER.find("红星苑11栋没人管").words == "红星苑11栋"


def test_a_building_that_the_only_unit_of_its_name_does_not_have_goes_to_that_units_parent() -> None:
    alone = Gazetteer(town(ZN_02={"places": ()}))

    found = alone.find("红星苑8栋")

    assert found.unit
    assert found.unit.code == "ZN"


def test_the_longest_name_wins() -> None:
    west = a_unit("ZN-03", Level.GRID, "ZN", places=("红星苑西区",))
    gazetteer = Gazetteer(tree_of(*town().units.values(), west))

    found = gazetteer.find("红星苑西区3栋")

    assert found.unit == west
    assert found.words == "红星苑西区3栋"


def test_a_unit_that_answers_for_the_rest_gets_the_buildings_in_no_range() -> None:
    rest = a_unit("ZN-03", Level.GRID, "ZN", places=("红星苑",))
    gazetteer = Gazetteer(tree_of(*town().units.values(), rest))

    assert gazetteer.find("红星苑11栋").unit == rest
    assert gazetteer.find("红星苑的院子里").unit == rest
    inside = gazetteer.find("红星苑7栋").unit
    assert inside
    assert inside.code == "ZN-02"


def test_an_answer_may_be_a_piece_of_a_name() -> None:
    assert GAZETTEER.find("芸香").unit is None
    found = GAZETTEER.suggest(" 芸香 ")
    assert found.unit
    assert (found.unit.code, found.words) == ("ZN-02", "芸香")
    assert choices_of(GAZETTEER.suggest("红星")) == ["ZN-01", "ZN-02"]


@pytest.mark.parametrize("answer", ["小", "", "  ", "不知道", "花果园"])
def test_an_answer_that_is_no_piece_of_any_name_suggests_nothing(answer: str) -> None:
    assert GAZETTEER.suggest(answer) == Finding()


def test_an_answer_that_names_a_place_is_read_like_any_other_words() -> None:
    assert GAZETTEER.suggest("红星苑7栋") == GAZETTEER.find("红星苑7栋")


def test_an_organisation_without_units_finds_nothing() -> None:
    assert Gazetteer(Organisation()).find("红星苑3栋") == Finding()
    assert Gazetteer(Organisation()).suggest("红星苑3栋") == Finding()


def test_letters_may_be_large_small_or_full_width() -> None:
    gazetteer = Gazetteer(tree_of(a_unit("A", Level.GRID, places=("Sunny花园1-9栋",))))

    for words in ("sunny花园3栋", "SUNNY花园3栋", "Ｓｕｎｎｙ花园３栋"):
        assert gazetteer.find(words).words == words


@given(in_words, st.sampled_from([str, full_width, chinese]), st.sampled_from(["", "第", "的", " ", "，"]))
def test_a_number_is_read_however_it_is_written(number: int, write: object, joint: str) -> None:
    assert callable(write)
    gazetteer = Gazetteer(tree_of(a_unit("R", Level.COMMUNITY), a_unit("G", Level.GRID, "R", places=("园1-999栋",))))
    words = f"园{joint}{write(number)}栋"

    found = gazetteer.find(words)

    assert found.unit
    assert (found.unit.code, found.words) == ("G", words)


@given(st.data(), st.integers(1, 400), st.integers(0, 200), st.integers(1, 200), st.integers(0, 200))
def test_a_building_inside_a_range_routes_to_that_grid_and_outside_never(
    data: st.DataObject, low: int, length: int, gap: int, second: int
) -> None:
    high = low + length
    ranges = {"A": range(low, high + 1), "B": range(high + gap, high + gap + second + 1)}
    units = [a_unit(c, Level.GRID, "R", places=(f"园{r.start}-{r.stop - 1}栋",)) for c, r in ranges.items()]
    gazetteer = Gazetteer(tree_of(a_unit("R", Level.COMMUNITY), *units))
    near = st.sampled_from([edge + step for r in ranges.values() for edge in (r.start, r.stop) for step in (-1, 0, 1)])
    number = data.draw(st.one_of(near, in_words))
    assume(number > 0)

    found = gazetteer.find(f"园{number}栋").unit

    assert found
    assert found.code == next((code for code, numbers in ranges.items() if number in numbers), "R")


@given(in_words)
def test_chinese_numerals_are_read_as_they_are_said(number: int) -> None:
    assert to_number(chinese(number)) == number


@given(st.text(NUMERAL.replace("0-9", "0123456789"), min_size=1, max_size=12))
def test_any_row_of_numerals_is_some_number(numeral: str) -> None:
    assert to_number(numeral) >= 0


@given(st.text(r"\.^$*+?{}[]|()&#-<>", min_size=1, max_size=12))
def test_signs_with_a_meaning_in_patterns_are_plain_letters_in_names(signs: str) -> None:
    name = f"园{signs}园"
    gazetteer = Gazetteer(tree_of(a_unit("G", Level.GRID, places=(name,))))

    found = gazetteer.find(f"在{name}里")

    assert found.unit
    assert found.words == name
    assert gazetteer.find("在园里园外") == Finding()


@given(
    st.text(st.sampled_from("红星苑煤炭小区第1２三十百栋单元号楼-—至到,， \n#aＡİß🏠网格南白社区居委会"), max_size=60)
)
def test_whatever_is_written_the_words_of_the_place_are_a_piece_of_it(words: str) -> None:
    found = GAZETTEER.find(words)

    assert set(found.words) <= set(words)
    assert bool(found.words) == bool(found.unit or found.choices)


@pytest.mark.parametrize("filler", ["垃圾没人收", "1", "1-", "三十", "红星", "红星苑", " ", "栋3", "\u3000"])
def test_a_place_is_found_in_a_story_of_twelve_thousand_signs(filler: str) -> None:
    story = (filler * 12_000)[:6_000] + "。煤炭小区3栋，" + (filler * 12_000)[:6_000]

    found = GAZETTEER.find(story)

    assert found.words
    units = {found.unit} if found.unit else set(found.choices)
    assert "ZN-01" in {unit.code for unit in units if unit}


@pytest.mark.parametrize("words", ["红星苑4-7栋停水", "红星苑5栋和6栋之间", "红星苑5,6栋", "红星苑2单元漏水"])
def test_buildings_of_two_grids_are_asked_about(words: str) -> None:
    assert choices_of(GAZETTEER.find(words)) == ["ZN-01", "ZN-02"]
