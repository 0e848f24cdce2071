"""Addresses that stand behind words are shown after them."""

import pytest
from telegram import MessageEntity

from handlers.updates.links import ADDED_LIMIT, with_addresses


def link(offset: int, length: int, url: str) -> MessageEntity:
    return MessageEntity(MessageEntity.TEXT_LINK, offset, length, url=url)


@pytest.mark.parametrize(
    ("text", "links", "shown"),
    [
        ("看这里吧", [link(1, 2, "https://a.cn/x?y=1")], "看这里（https://a.cn/x?y=1）吧"),
        ("😀这里", [link(2, 2, "HTTP://a.cn/")], "😀这里（HTTP://a.cn/）"),
        ("群", [link(0, 1, "tg://resolve?domain=minhu")], "群（tg://resolve?domain=minhu）"),
        ("甲乙", [link(1, 1, "https://b.cn/"), link(0, 1, "https://a.cn/")], "甲（https://a.cn/）乙（https://b.cn/）"),
        ("粗细", [link(0, 1, "https://a.cn/"), link(1, 1, "https://a.cn/")], "粗细（https://a.cn/）"),
        (
            "甲 甲",
            [link(0, 1, "https://a.cn/"), link(2, 1, "https://a.cn/")],
            "甲（https://a.cn/） 甲（https://a.cn/）",
        ),
        ("https://a.cn", [link(0, 12, "https://a.cn/")], "https://a.cn"),
        ("A.cn", [link(0, 4, "https://a.cn/")], "A.cn"),
        ("bank.cn", [link(0, 7, "https://evil.cn/")], "bank.cn（https://evil.cn/）"),
        ("点我", [link(0, 2, "javascript:alert(1)")], "点我"),
        ("点我", [link(0, 2, "tel:13800000000")], "点我"),
        ("点我", [link(0, 2, "https://a.cn/ b")], "点我"),
        ("点我", [link(0, 2, "https://a.cn/\u202excod")], "点我"),
        ("点我", [link(50, 2, "https://a.cn/")], "点我（https://a.cn/）"),
        ("粗", [MessageEntity(MessageEntity.BOLD, 0, 1)], "粗"),
    ],
)
def test_an_address_behind_words_is_shown_after_them(text: str, links: list[MessageEntity], shown: str) -> None:
    assert with_addresses(text, links) == shown


def test_an_entity_that_cuts_a_sign_in_two_leaves_words_that_can_be_kept() -> None:
    with_addresses("😀", [link(0, 1, "https://a.cn/")]).encode()


def test_no_more_addresses_are_shown_than_one_message_is_long() -> None:
    links = [link(number, 1, f"https://a.cn/{number}/{'y' * 900}") for number in range(0, 200, 2)]
    assert 0 < len(with_addresses("x" * 200, links)) - 200 <= ADDED_LIMIT + 200
