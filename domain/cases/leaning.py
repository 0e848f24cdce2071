"""Leaning: what a resident's words say after a report that it is done, and whether they begin with something new."""

import re

UNSOLVED = re.compile(
    r"没(?:有)?(?:解决|修好|弄好|办好|处理|搞好|好|用|人来|人修|来|变|反应)|还(?:是|在|没|有|不)|依然|依旧|仍|又(?:坏|漏|堵|不|黑|来|出|停)"
    r"|不行|不满意|不亮|不好用|不管用|不能用|白修|越来越|骗人"
    r"|\bstill\b|\bagain\b|\bnot (?:solved|fixed|done|working|better)\b|n't (?:work|fixed|solved)|\bunsolved\b",
    re.IGNORECASE,
)
SOLVED = re.compile(
    r"[谢謝]|感激|辛苦|修好|弄好|办好|好了|解决了|可以了|满意|不错|亮了|通了|不漏了|没问题"
    r"|\bthank|\bgreat\b|\bfixed\b|\bsolved\b|\bworks\b",
    re.IGNORECASE,
)
ANEW = re.compile(
    r"别的[事问]|另一件|还有一?[件个](?:事|问题|别的)|还有事|心愿|\bsomething else\b"
    r"|^\W*+(?:(?:你好|您好)\W*+)?(?:另外|再反映|再说一|新的?[事问]|顺便|我要投诉|我想咨询)"
    r"|^\W*+(?:another|a new|one more|besides)\b",
    re.IGNORECASE,
)


def leans(text: str) -> bool | None:
    """Return whether somebody seems to find it solved; None where their words do not say. They alone decide it."""
    if UNSOLVED.search(text):
        return False
    return True if SOLVED.search(text) else None


def begins_anew(text: str) -> bool:
    """Whether somebody says that what they tell is another matter."""
    return ANEW.search(text) is not None
