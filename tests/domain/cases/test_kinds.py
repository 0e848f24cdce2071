"""What a resident's words suggest: the kind of case, danger to life, and whether a worker asks a question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cases.kinds import Kind, guess_kind, is_question, kind_of, speaks_of_danger


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("我的微心愿是给孩子一盏台灯", Kind.WISH),
        ("希望有一个晾衣架", Kind.WISH),
        ("能不能装一个充电桩", Kind.WISH),
        ("I would like a bench in the yard", Kind.WISH),
        ("楼道里堆满杂物，投诉物业", Kind.COMPLAINT),
        ("楼上半夜装修，太扰民了", Kind.COMPLAINT),
        ("路灯坏了三天", Kind.HELP),
        ("I complain about the noise", Kind.COMPLAINT),
        ("the street light is broken", Kind.HELP),
        ("老人行动不便，求助", Kind.HELP),
        ("请帮忙找一下走失的老人", Kind.HELP),
        ("Help, my mother needs a wheelchair", Kind.HELP),
        ("建议在路口加一个减速带", Kind.SUGGESTION),
        ("I suggest a crossing here", Kind.SUGGESTION),
        ("请问医保在哪里办理", Kind.ENQUIRY),
        ("咨询一下居住证", Kind.ENQUIRY),
        ("医保怎么报销", Kind.ENQUIRY),
        ("怎么办居住证", Kind.ENQUIRY),
        ("小孩上学需要什么材料", Kind.ENQUIRY),
        ("楼道漏水怎么办", Kind.HELP),
        ("How can I get a parking permit?", Kind.ENQUIRY),
        ("Where is the service centre?", Kind.ENQUIRY),
        ("你好，我家楼下路灯坏了", Kind.HELP),
        ("家里没水了", Kind.HELP),
        ("楼道的窗户破了", Kind.HELP),
        ("反映一下，门口有个大坑", Kind.HELP),
        ("下水道堵了，什么时候能来通", Kind.HELP),
        ("电梯坏了两个星期，物业不管", Kind.COMPLAINT),
        ("隔壁半夜还在唱歌", Kind.COMPLAINT),
        ("停车场乱收费", Kind.COMPLAINT),
        ("The neighbour's dog barks all night", Kind.COMPLAINT),
        ("楼下能装个扶手吗", Kind.WISH),
        ("希望多来几辆公交车", Kind.WISH),
        ("公园停车收费吗", Kind.ENQUIRY),
        ("小区什么时候通天然气", Kind.ENQUIRY),
        ("When does the office open?", Kind.ENQUIRY),
    ],
)
def test_the_kind_is_guessed_from_the_words(words: str, kind: Kind) -> None:
    assert guess_kind(words) is kind


def test_what_is_broken_is_no_complaint_because_it_is_told_at_length() -> None:
    assert (
        guess_kind("单元门口的路灯坏了，晚上看不见路。" + "老人孩子都要走这里。" * 30 + "请问还有人管吗？") is Kind.HELP
    )


@pytest.mark.parametrize("words", ["", "今天上午", "煤炭小区3栋", "关于小区的一些情况", "so it goes"])
def test_what_says_no_kind_stays_open_and_is_kept_as_help(words: str) -> None:
    assert guess_kind(words) is None
    assert kind_of(words) is Kind.HELP


def test_the_name_of_a_kind_in_the_words_decides() -> None:
    named = {
        "微心愿": Kind.WISH,
        "求助": Kind.HELP,
        "建议": Kind.SUGGESTION,
        "投诉": Kind.COMPLAINT,
        "咨询": Kind.ENQUIRY,
    }

    assert {name: guess_kind(f"{name}：楼下的长椅") for name in named} == named


@pytest.mark.parametrize(
    "words",
    [
        "电梯困人了",
        "有人被困在电梯里",
        "楼道里有燃气味",
        "闻到煤气味道",
        "厨房着火了",
        "楼下冒浓烟",
        "老人晕倒了",
        "有人要跳楼",
        "天然气泄漏",
        "电线漏电",
        "孩子落水了",
        "有人在打人",
        "电梯关人了",
        "孩子关在电梯里",
        "水淹进屋里了",
        "老人摔倒了",
        "有老人在楼道里摔倒，起不来",
        "高空坠物砸到人",
        "孩子被花盆砸中了",
        "楼下打架动刀了",
        "我妈心脏病发作",
        "叫不醒他",
        "There is a fire in the kitchen",
        "he is not breathing",
        "天然气味很重",
        "电梯困了三个人",
        "电线掉下来冒火花",
        "楼里发生火灾了",
        "我们一直担心漏电，现在真有人触电了",
        "There is fire in the building",
        "I am stuck in the lift",
        "救命，楼上有浓烟",
        "我爸突然不省人事",
        "楼板塌了",
        "家暴",
        "割腕",
        "电梯停了，里面有人",
        "孩子掉进井里了",
        "心脏病犯了",
        "gas smell",
        "会议室着火了",
        "交易市场着火了",
        "消防通道里着火了",
        "防盗门打不开，屋里着火了",
        "There is a smell of gas",
        "my neighbour is trapped in the lift",
        "the flat is ON FIRE",
    ],
)
def test_words_of_danger_are_heard(words: str) -> None:
    assert speaks_of_danger(words)


@pytest.mark.parametrize(
    "words",
    [
        "燃气费怎么交",
        "燃气缴费单没收到",
        "燃气卡丢了",
        "燃气表不走了",
        "燃气公司的电话",
        "燃气改造什么时候开始",
        "煤气费太高",
        "煤气灶打不着",
        "路灯坏了",
        "长期被困扰",
        "贫困人口补助名单",
        "贫困在校生怎么申请",
        "火车站的路，正对着火车站",
        "落水管堵了",
        "爱护年轻生命",
        "拨打人工台没人接",
        "楼下一起火锅店太吵",
        "着火点检查",
        "过年防着火",
        "请问119怎么打",
        "路面不平，老人容易摔倒",
        "瓷砖松了，容易砸到人",
        "掉下来砸到人怎么办",
        "雨水会倒灌到家里",
        "电梯不能关，关了人家怎么上楼",
        "电梯关了没人修",
        "电梯关了，老人上不了楼",
        "电梯晚上关了小孩怎么上楼",
        "怕砸到人",
        "防止砸到小孩",
        "差点砸到老人",
        "害怕被砸到",
        "车被砸中",
        "担心老人摔倒。",
        "下雨天老人经常摔倒，请修",
        "楼道堆杂物，有火灾隐患",
        "轮胎漏气",
        "防溺水警示牌",
        "燃气什么时候通",
        "煤气罐在哪里换",
        "希望装燃气热水器，什么时候能通燃气",
        "燃气管道改造施工噪音大",
        "担心着火",
        "防火灾宣传",
        "火灾保险",
        "the gas bill is too high",
    ],
)
def test_what_only_sounds_like_danger_is_not_taken_for_it(words: str) -> None:
    assert not speaks_of_danger(words)


def test_danger_beside_a_harmless_word_is_still_danger() -> None:
    assert speaks_of_danger("交了燃气费，可是家里燃气味很重")


@pytest.mark.parametrize(
    "words",
    ["是几号楼呢？", "方便吗", "在家吗？？", "Are you at home?", "明天上门可否", "您看可以吗～ ", "（明天在家吗）"],
)
def test_a_worker_who_asks_is_understood(words: str) -> None:
    assert is_question(words)


@pytest.mark.parametrize("words", ["明天到", "吗啡已送到", "问过了吗？已经修好了。", "", "？怎么回事，已修好"])
def test_a_worker_who_tells_does_not_ask(words: str) -> None:
    assert not is_question(words)


@given(st.text())
def test_any_words_have_a_kind(words: str) -> None:
    assert kind_of(words) in {*Kind}
    assert speaks_of_danger(words) == speaks_of_danger(f"。{words}。")
