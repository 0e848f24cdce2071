from typing import Any

import pytest

from sandbox.errors import ImpossibleError
from sandbox.groups import Group
from sandbox.people import Person
from tests.sandbox.cast import Caller

MENU: dict[str, Any] = {
    "keyboard": [["微心愿", {"text": "投诉"}], [{"text": "我在这里", "request_location": True}]],
    "resize_keyboard": True,
}


def inline(*labels: str, data: str = "x") -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": label, "callback_data": data}] for label in labels]}


async def test_buttons_stand_under_the_message(call: Caller, li: Person) -> None:
    sent = await call("sendMessage", chat_id=li.id, text="草稿", reply_markup=inline("提交", "取消"))
    assert sent["reply_markup"] == inline("提交", "取消")
    message = li.chat_with(call.bot).last
    assert message.buttons() == ["提交", "取消"]
    assert message.button("提交") == {"text": "提交", "callback_data": "x"}
    assert message.button("别的") is None


@pytest.mark.parametrize(
    ("markup", "problem"),
    [
        (inline("好", data="x" * 65), "BUTTON_DATA_INVALID"),
        (inline("好", data="民" * 22), "BUTTON_DATA_INVALID"),
        (
            inline("好", data=""),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            {"inline_keyboard": [[{"text": "好"}]]},
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        ({"inline_keyboard": [[{"url": "x.cn"}]]}, "can't parse inline keyboard button: Can't find field \"text\""),
        ({"inline_keyboard": [["好"]]}, "can't parse inline keyboard button: InlineKeyboardButton must be an Object"),
        ({"inline_keyboard": [{"text": "好"}]}, 'field "inline_keyboard" must be an Array of Arrays'),
        (inline(*["好"] * 101), "reply markup is too long"),
        ({"keyboard": [[{"request_contact": True}]]}, "can't parse keyboard button: Can't find field \"text\""),
        ({"keyboard": [[5]]}, "can't parse keyboard button: KeyboardButton must be a String or an Object"),
    ],
)
async def test_a_keyboard_that_is_none_is_refused(
    call: Caller, li: Person, markup: dict[str, Any], problem: str
) -> None:
    refused = await call.refused("sendMessage", chat_id=li.id, text="草稿", reply_markup=markup)
    assert refused == (400, f"Bad Request: {problem}")


async def test_the_largest_keyboard_fits(call: Caller, li: Person) -> None:
    await call("sendMessage", chat_id=li.id, text="草稿", reply_markup=inline(*["好"] * 100, data="x" * 64))


async def test_a_person_taps_the_keyboard(call: Caller, li: Person) -> None:
    sent = await call("sendMessage", chat_id=li.id, text="请选择", reply_markup=MENU)
    assert "reply_markup" not in sent
    shown = li.keyboard_in(call.bot)
    assert shown is not None
    assert (shown.labels(), shown.resize, shown.hidden) == ([["微心愿", "投诉"], ["我在这里"]], True, False)
    li.taps_keyboard(call.bot, "微心愿")
    [heard] = await call.heard()
    assert heard["text"] == "微心愿"
    assert "reply_to_message" not in heard
    for impossible in ("别的", "我在这里"):
        with pytest.raises(ImpossibleError):
            li.taps_keyboard(call.bot, impossible)


async def test_a_person_shares_where_they_are(call: Caller, li: Person) -> None:
    with pytest.raises(ImpossibleError):
        li.shares_location(call.bot)
    await call("sendMessage", chat_id=li.id, text="请选择", reply_markup=MENU)
    li.shares_location(call.bot, 27.5, 106.8)
    [heard] = await call.heard()
    assert heard["location"] == {"latitude": 27.5, "longitude": 106.8}
    with pytest.raises(ImpossibleError):
        li.shares_contact(call.bot)


async def test_a_person_shares_their_number(call: Caller, li: Person) -> None:
    ask = {"keyboard": [[{"text": "我的电话", "request_contact": True}]], "one_time_keyboard": True}
    await call("sendMessage", chat_id=li.id, text="电话？", reply_markup=ask)
    li.shares_contact(call.bot, "+8613900000001")
    [heard] = await call.heard()
    assert heard["contact"] == {"phone_number": "+8613900000001", "first_name": "李秀英", "user_id": 3001}
    shown = li.keyboard_in(call.bot)
    assert shown is not None
    assert shown.hidden is True


async def test_a_keyboard_stays_until_it_is_removed(call: Caller, li: Person) -> None:
    await call("sendMessage", chat_id=li.id, text="请选择", reply_markup=MENU)
    await call("sendMessage", chat_id=li.id, text="还在")
    assert li.keyboard_in(call.bot) is not None
    await call("sendMessage", chat_id=li.id, text="收起", reply_markup={"remove_keyboard": True})
    assert li.keyboard_in(call.bot) is None


async def test_a_selective_keyboard_is_for_those_addressed(
    call: Caller, group: Group, wang: Person, li: Person
) -> None:
    group.add(li)
    markup = MENU | {"selective": True}
    await call("sendMessage", chat_id=group.id, text="@wangjianguo 请选择", reply_markup=markup)
    assert wang.keyboard_in(group) is not None
    assert li.keyboard_in(group) is None
    question = li.writes(group, "我呢")
    await call(
        "sendMessage", chat_id=group.id, text="你也", reply_markup=markup, reply_parameters={"message_id": question.id}
    )
    assert li.keyboard_in(group) is not None
    await call("sendMessage", chat_id=group.id, text="都收起", reply_markup={"remove_keyboard": True})
    assert wang.keyboard_in(group) is None


async def test_in_a_group_a_tap_answers_what_brought_the_keyboard(call: Caller, group: Group, wang: Person) -> None:
    sent = await call("sendMessage", chat_id=group.id, text="请选择", reply_markup=MENU)
    wang.taps_keyboard(group, "投诉")
    [heard] = await call.heard()
    assert heard["reply_to_message"]["message_id"] == sent["message_id"]


async def test_a_person_is_asked_for_an_answer(call: Caller, group: Group, wang: Person, li: Person) -> None:
    group.add(li)
    ask = {"force_reply": True, "selective": True}
    text = '<a href="tg://user?id=2001">王建国</a> 请写结果'
    await call("sendMessage", chat_id=group.id, text=text, parse_mode="HTML", reply_markup=ask)
    assert wang.asked_in(group) is group.last
    assert li.asked_in(group) is None
    wang.replies(group.last, "已修好")
    assert wang.asked_in(group) is None


async def test_an_empty_keyboard_is_none(call: Caller, li: Person) -> None:
    sent = await call("sendMessage", chat_id=li.id, text="草稿", reply_markup={"inline_keyboard": []})
    assert "reply_markup" not in sent
