"""Small talk: what tells of no matter is known for it, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.small_talk import AT_MOST, SmallTalk, small_talk


@pytest.mark.parametrize(
    ("words", "talk"),
    [
        ("你好", SmallTalk.GREETING),
        ("您好！在吗？", SmallTalk.GREETING),
        ("网格员您好", SmallTalk.GREETING),
        ("？", SmallTalk.GREETING),
        ("Hello, is anyone there?", SmallTalk.GREETING),
        ("谢谢您啊", SmallTalk.THANKS),
        ("好的，谢谢师傅", SmallTalk.THANKS),
        ("🙏🏽❤️", SmallTalk.THANKS),
        ("Thank you very much!", SmallTalk.THANKS),
        ("你好，这个怎么用", SmallTalk.GUIDE),
        ("how does this work?", SmallTalk.GUIDE),
        ("人工客服", SmallTalk.SOMEBODY),
        ("你好，我要转人工", SmallTalk.SOMEBODY),
        ("I want to talk to a human", SmallTalk.SOMEBODY),
        ("收到", SmallTalk.CONSENT),
        ("嗯嗯，知道了", SmallTalk.CONSENT),
        ("ＯＫ", SmallTalk.CONSENT),
        ("没事了，再见", SmallTalk.FAREWELL),
    ],
)
def test_small_talk_is_known_for_what_it_wants(words: str, talk: SmallTalk) -> None:
    assert small_talk(words) is talk


@pytest.mark.parametrize(
    "words",
    [
        *(
            "你好，我家楼下路灯坏了",
            "谢谢，还在漏",
            "没修好",
            "不行",
            "不好",
            "救命",
            "help",
            "有人",
            "有人打架",
            "🔥",
            "🆘",
            "在家",
            "在3栋",
        ),
        *(
            "煤炭小区",
            "3",
            "物业",
            "你",
            "there",
            "早上没水",
            "怎么用燃气灶",
            "好的，明天上午来吧",
            "谢谢你们修好了路灯",
            "no",
            "",
            "  ",
        ),
    ],
)
def test_whoever_tells_anything_is_heard(words: str) -> None:
    assert small_talk(words) is None


@given(st.text(alphabet="好的谢嗯在吗你ok x", max_size=AT_MOST))
def test_small_talk_does_not_depend_on_the_marks_between_its_words(words: str) -> None:
    if words.strip():
        assert small_talk(words) == small_talk(f"{words}！") or len(words) == AT_MOST


def test_whoever_writes_at_length_tells_something() -> None:
    assert small_talk("你好" * AT_MOST) is None
