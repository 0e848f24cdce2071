"""Small talk: what people say to each other, and to a machine, that is no matter for anybody to work on."""

import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache

from domain.text.folding import folded


class SmallTalk(StrEnum):
    """What somebody wants who tells of no matter; of several the first one here is what they are answered."""

    SOMEBODY = "somebody"
    GUIDE = "guide"
    THANKS = "thanks"
    GREETING = "greeting"
    FAREWELL = "farewell"
    CONSENT = "consent"


AT_MOST = 40
"""So many characters small talk has at most; whoever writes more tells something."""

SAID: Mapping[SmallTalk, str] = {
    SmallTalk.SOMEBODY: """
        人工 转人工 找人工 人工客服 人工服务 人工台 客服 找客服 客服电话 联系电话 联系客服 电话多少 电话是多少
        你们电话 真人 找真人 找个人 找人 找工作人员 找网格员 联系网格员 有人工 有客服 有真人
        human, real human, real person, person, agent, live agent, operator, customer service, talk to a human,
        talk to a person, talk to somebody, talk to someone, speak to a human, speak to a person, speak to someone
    """,
    SmallTalk.GUIDE: """
        怎么用 怎么使用 怎样用 怎样使用 如何用 如何使用 怎么操作 怎么投诉 怎么反映 怎么反映问题 怎么提交 怎么发
        怎么写 怎么报 怎么求助 怎么说 不会用 使用说明 使用方法 说明书 教程 你能干什么 你能做什么 能干什么 能做什么
        能干啥 能做啥 你会什么 你会干什么 可以做什么 能帮我做什么 你是谁 你是什么 你是机器人 你叫什么 这是什么
        这是干什么的 这是干嘛的 干什么的 干嘛的 做什么的 有什么用 有什么功能
        how does this work, how does it work, how it works, how do i use this, how do i use it, how to use this,
        how to use it, how to use, what can you do, what do you do, what can i do here, what is this, whats this,
        who are you, who is this
    """,
    SmallTalk.THANKS: """
        谢谢 谢 谢了 多谢 感谢 非常感谢 十分感谢 太感谢 真谢谢 太谢谢 感激不尽 辛苦 辛苦了 麻烦了 太麻烦 费心 太好
        真好 好人 点赞 给力 謝謝 多謝 感謝 🙏 🌹 💐 ❤ 👏 👍 💪
        thank you, thanks, thx, thank, very much, so much, a lot, many thanks, cheers, great, appreciated
    """,
    SmallTalk.GREETING: """
        你好 您好 妳好 你们好 您们好 大家好 在吗 在嗎 在么 在不在 在线 在线吗 有人吗 有人么 有人在吗 有人在么 早
        早上好 上午好 中午好 下午好 晚上好 早安 喂 嗨 嘿 哈喽 哈罗 打扰 打扰了 请问 问一下 问下 新年好 新年快乐
        春节快乐 过年好 节日快乐 测试 测试一下 试试 试一下 😊 😄 😁 🙂 👋
        hello, hi, hey, hiya, greetings, good morning, good afternoon, good evening, good day, anyone there,
        anybody there, is anyone there, is anybody there, somebody there, are you there, excuse me, test, testing,
        how are you
    """,
    SmallTalk.FAREWELL: """
        再见 拜拜 拜 晚安 没事 没事了 没有事 没别的 不用 不用了 算了 没什么 没什么事 没了 没有了
        bye, goodbye, bye bye, good night, see you, never mind, nevermind, that is all, thats all
    """,
    SmallTalk.CONSENT: """
        收到 在 在的 好 好的 好呢 好滴 好嘞 行 可以 没问题 知道 知道了 明白 明白了 了解 清楚 清楚了 嗯 嗯嗯 哦 哦哦
        噢 是 是的 对 对的 同意 没错 确认 提交 放心 👌 🆗 ✅
        ok, okay, k, yes, yep, yeah, sure, fine, got it, received, noted, understood, i see, alright, all right,
        submit, confirm
    """,
}
AROUND = """
    网格员 工作人员 同志 师傅 领导 老师 书记 主任 社区 居委会 物业 机器人 小王 小李 小张 小助手 民呼 各位 大家 你 您
    你们 您们 我 我要 我想 想 要 请 请问 转 找 这个 这 个 一下 那 就 先 还 有 都 了 的 啊 呀 哈 吧 吗 呢 哟 呵 嘛 哎
    唉 额 呃 哇 啦 喔
    minhu, sir, madam, everyone, all, again, please, for your help, for the help, you, i, i want to, i need to,
    can i, may i, a, an, i want, i need, there
"""
"""What stands around it: whom it is said to, and particles."""
UNSAID = frozenset({"Po", "Pd", "Ps", "Pe", "Pi", "Pf", "Pc", "Zs", "Cc", "Cf", "Sk"})


def small_talk(text: str) -> SmallTalk | None:
    """Return what somebody wants who says nothing else than this; None if the words tell of anything at all.

    A question mark alone asks whether anybody is there.
    """
    if len(text) > AT_MOST or not text.strip():
        return None
    if not (said := _bare(text)):
        return SmallTalk.GREETING
    found = _cut(said)
    return min(found, key=list(SmallTalk).index) if found else None


def _bare(text: str) -> str:
    """Return what is said as it is compared: without the spaces and marks between the words."""
    return "".join(one for one in folded(text) if one not in "~\n" and unicodedata.category(one) not in UNSAID)


def _cut(said: str) -> frozenset[SmallTalk] | None:
    """Return what is said by the phrases of which a text consists; None if something else is in it."""
    phrases, longest = _phrases()
    behind: list[frozenset[SmallTalk] | None] = [None] * len(said) + [frozenset()]
    for start in reversed(range(len(said))):
        for end in range(min(len(said), start + longest), start, -1):
            meant, rest = phrases.get(said[start:end]), behind[end]
            if meant is not None and rest is not None:
                behind[start] = meant | rest
                break
    return behind[0]


@cache
def _phrases() -> tuple[Mapping[str, frozenset[SmallTalk]], int]:
    """Return what each phrase says, and how long the longest is; what only stands around it says nothing."""
    phrases = {phrase: frozenset[SmallTalk]() for phrase in _listed(AROUND)}
    for talk, listed in SAID.items():
        phrases |= {phrase: frozenset({talk}) for phrase in _listed(listed)}
    return phrases, max(map(len, phrases))


def _listed(phrases: str) -> Iterator[str]:
    """Yield the phrases of a list: Chinese ones stand between spaces, English ones between commas."""
    for line in phrases.splitlines():
        between = "," if line.isascii() else None
        yield from filter(None, map(_bare, line.split(between)))
