"""Telephone numbers are hidden, whatever stands around them, and nothing else is touched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.text.folding import folded
from domain.text.phones import GROUP, hide_phones

AROUND = st.text(
    st.characters(
        exclude_categories=("N", "M", "Cs"), exclude_characters="+-－＋ xX×室户栋幢号楼元块万亿米平吨斤公点时分日月"
    ).filter(lambda character: not GROUP.search(folded(character)))
)
"""Text in which nothing counts as a digit, neither 兩 nor 🔟."""


NUMBERS = [
    ("13812345678", "138****5678"),
    ("138 1234 5678", "138****5678"),
    ("+86-138-1234-5678", "138****5678"),
    ("１３８１２３４５６７８", "138****5678"),
    ("0851-27225566", "085****5566"),
    ("+447911123456", "447****3456"),
    ("138.1234.5678", "138****5678"),
    ("138/1234/5678", "138****5678"),
    ("138，1234，5678", "138****5678"),
    ("138 - 1234 - 5678", "138****5678"),
    ("008613812345678", "138****5678"),
    ("一三八一二三四五六七八", "138****5678"),
    ("(138)12345678", "138****5678"),
    ("138—1234—5678", "138****5678"),
    ("138 12 34 56 78", "138****5678"),
    ("1 3 8 1 2 3 4 5 6 7 8", "138****5678"),
    ("138\n12345678", "138****5678"),
    ("138\u200b1234\u200b5678", "138****5678"),
    ("(0851)27225566", "085****5566"),
    ("（0851）2722-5566", "085****5566"),
    ("电话27225566", "电话****66"),
    ("座机是 8722 5566", "座机是 ****66"),
    ("联系电话：2234567", "联系电话：****67"),
    ("520302 19900101 1234", "520****1234"),
    ("520102199003071234", "520****1234"),
    ("52010219900307123X", "520****123X"),
    ("138‑1234‑5678", "138****5678"),
    ("138～1234～5678", "138****5678"),
    ("138：1234：5678", "138****5678"),
    ("138……1234……5678", "138****5678"),
    ("【138】1234（5678）", "138****5678"),
    ("1️⃣3️⃣8️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣8️⃣", "138****5678"),
    ("①③⑧①②③④⑤⑥⑦⑧", "138****5678"),
    ("一三八 一二三四 五六七八", "138****5678"),
    ("幺三八一二三四五六七八", "138****5678"),
    ("一三8一2三四五六七八", "138****5678"),
    ("(+86) 138 1234 5678", "138****5678"),
    ("1381 2345 678", "138****5678"),
    ("13 81 23 45 67 8", "138****5678"),
    ("1-381-234-56-78", "138****5678"),
    ("0851 2722 5566", "085****5566"),
    ("电话：2 7 2 2 5 5 6 6", "电话：****66"),
    ("身份证520102 1990 0307 1234", "身份证520****1234"),
    (f"1380013{30 * ' '}8000", "138****8000"),
    (f"138\n\n\n{20 * ' '}12345678", "138****5678"),
    (f"电话{20 * ' '}27221234", f"电话{20 * ' '}****34"),
    ("请回电\n\n\n\n27221234", "请回电\n\n\n\n****34"),
]


@pytest.mark.parametrize(("number", "shown"), NUMBERS)
def test_a_number_is_hidden_however_it_is_written(number: str, shown: str) -> None:
    assert hide_phones(number) == shown


@settings(max_examples=200)
@given(number=st.sampled_from(NUMBERS), before=AROUND, after=AROUND)
def test_a_number_is_hidden_wherever_it_stands(number: tuple[str, str], before: str, after: str) -> None:
    written, shown = number
    assert hide_phones(before + written + after) == before + shown + after


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("手机一三八一二三四五六七八两点后打", "手机138****5678两点后打"),
        ("一三八一二三四五六七八一直没人接", "138****5678一直没人接"),
        ("138一二三四五六七八三楼", "138****5678三楼"),
        ("老三一三八一二三四五六七八", "老三138****5678"),
        ("八栋三零二一三八一二三四五六七八", "八栋三零二138****5678"),
        ("8栋30213812345678", "8栋302138****5678"),
        ("8-2-50113812345678", "8-2-501138****5678"),
        ("138123456789点以后打", "138****56789点以后打"),
        ("1381234567813987654321", "138****5678139****4321"),
        ("电话二七二二一二三四一直占线", "电话****34一直占线"),
        ("零八五一二七二二一二三四一直占线", "085****1234一直占线"),
    ],
)
def test_a_number_is_found_among_digits_that_are_said_in_one_breath_with_it(words: str, shown: str) -> None:
    assert hide_phones(words) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("联系方式：27221234", "联系方式：****34"),
        ("联系我2722 1234", "联系我****34"),
        ("我的号码是27221234", "我的号码是****34"),
        ("27221234是我家里的电话", "****34是我家里的电话"),
        ("打2722-1234找我", "打****34找我"),
        ("08512722 1234", "085****1234"),
        ("00852 9123 4567", "852****4567"),
        ("00441234567890", "441****7890"),
    ],
)
def test_a_number_without_the_usual_signs_is_known_by_what_is_said_of_it(words: str, shown: str) -> None:
    assert hide_phones(words) == shown


DIGITS = {
    "plain": "0123456789",
    "wide": "０１２３４５６７８９",
    "spoken": "零一二三四五六七八九",
    "formal": "零壹贰叁肆伍陆柒捌玖",
    "circled": "⓪①②③④⑤⑥⑦⑧⑨",
    "arabic": "٠١٢٣٤٥٦٧٨٩",
}
BETWEEN = st.text(st.sampled_from(" -‑–—.·/_：～…~,，()（）【】*|\u200b\u2060\u3164\u2800🙂"), min_size=1, max_size=4)
GROUPINGS = st.sampled_from(
    [
        [11],
        [3, 4, 4],
        [3, 8],
        [7, 4],
        [3, 2, 2, 2, 2],
        [1] * 11,
        [5, 6],
        [6, 5],
        [2, 4, 2, 3],
        [2, 2, 2, 2, 2, 1],
        [1, 5, 5],
    ]
)
COUNTRY = st.sampled_from(["", "+86 ", "86", "0086-", "（+86）", "+８６"])


@st.composite
def written_mobiles(draw: st.DrawFn) -> tuple[str, str]:
    """Return a mobile number in some writing, and its digits."""
    number = (
        "1"
        + str(draw(st.integers(3, 9)))
        + "".join(draw(st.lists(st.sampled_from("0123456789"), min_size=9, max_size=9)))
    )
    digits = DIGITS[draw(st.sampled_from(sorted(DIGITS)))]
    keycap = "\ufe0f\u20e3" if draw(st.booleans()) and digits.isascii() else ""
    between, place, groups = draw(BETWEEN), 0, []
    for length in draw(GROUPINGS):
        groups.append("".join(digits[int(digit)] + keycap for digit in number[place : place + length]))
        place += length
    return draw(COUNTRY) + between.join(groups), number


@given(
    written_mobiles(),
    st.sampled_from(["", "电话", "微信同号 ", "请打："]),
    st.sampled_from(["", "，谢谢", "。", "找我"]),
)
def test_a_mobile_number_is_hidden_in_any_writing(mobile: tuple[str, str], before: str, after: str) -> None:
    written, number = mobile

    shown = hide_phones(before + written + after)

    assert f"{number[:3]}****{number[-4:]}" in shown
    assert shown.startswith(before)
    assert shown.endswith(after)


SIDE_BY_SIDE = [
    "1301 1302 501室漏水",
    "14.30-16.30 301停电",
    "联系2025-2026年",
    "联系人住 302 1203",
    "139.180.123.45",
    "3-2-501 13:30",
]


@given(AROUND)
def test_words_without_digits_stay_as_they_are(words: str) -> None:
    assert hide_phones(words) == words


@pytest.mark.parametrize(
    "words",
    [
        "3栋501",
        "2026-11-25",
        "56栋1单元1201室",
        "#MH2611_00042",
        "12345",
        "110、119、120",
        "2019年11月25日13时",
        "20191125",
        "13、14、15、16栋",
        "电话1997年装的",
        *("400-820-8820", "4008208820", "10086", "表号0012345678", "户号 27221234", "8:00 301 1302 1303"),
        *("1301、1302、501漏水", "1301 1302 501", "1301 1302 501室", "13栋 801 802 803", "15-1-1201 1202", "3-2-501"),
        *(
            "2026-11-05 14:30 3栋2单元501",
            "19:30-21:30 301停水",
            "2019-11-25 13:30 501",
            "1998-12-31 501",
            "8:00-12:00",
        ),
        *("¥13,812,345,678", "共计13,812,345,678元", "13,800.50元", "17.123456789", "1381 2345 678元"),
        *("#MH1381_2345678", "MH2611_00042 MH2611_00043", "订单号 1381234567890", "快递 1381 2345 6789 01"),
        *("1、3、5、7、9、11、13、15栋停水", "147、226、262、26路", "第13 14 15 16 17 18栋", "159、121.41.105"),
        *(
            "一三五七九栋",
            "周一 三点",
            "二〇二六年十一月二十七日十三时",
            "身高175 体重140 血压140/90",
            "19岁 138斤 1米75",
        ),
        *SIDE_BY_SIDE,
    ],
)
def test_other_numbers_stay_as_they_are(words: str) -> None:
    assert hide_phones(words) == words


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "13",
        "138 ",
        "1-",
        "一",
        "一 ",
        "+1",
        "(1)",
        "电话",
        "电话2",
        "mh1311_",
        "0851",
        "138 1234 ",
        "：",
        "1️⃣",
    ],
)
def test_words_made_to_be_slow_are_read_like_others(piece: str) -> None:
    assert hide_phones(piece * (12_000 // len(piece)) + "x 13812345678").endswith("138****5678")
