from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.entities import Words, polished, units
from sandbox.errors import ApiError
from sandbox.markup import parse_html
from sandbox.people import Person
from tests.sandbox.cast import Caller


def entities(sent: dict[str, Any]) -> list[tuple[str, int, int]]:
    return [(entity["type"], entity["offset"], entity["length"]) for entity in sent.get("entities", [])]


async def send(call: Caller, li: Person, html: str) -> dict[str, Any]:
    sent: dict[str, Any] = await call("sendMessage", chat_id=li.id, text=html, parse_mode="HTML")
    return sent


async def test_tags_become_entities_counted_in_utf_16(call: Caller, li: Person) -> None:
    sent = await send(call, li, "🟢 <b>新<i>诉求</i></b> &lt;急&gt; &#128512;")
    assert sent["text"] == "🟢 新诉求 <急> 😀"
    assert entities(sent) == [("bold", 3, 3), ("italic", 4, 2)]


@pytest.mark.parametrize(
    ("html", "kind", "more"),
    [
        ("<strong>x</strong>", "bold", {}),
        ("<em>x</em>", "italic", {}),
        ("<ins>x</ins>", "underline", {}),
        ("<del>x</del>", "strikethrough", {}),
        ("<tg-spoiler>x</tg-spoiler>", "spoiler", {}),
        ('<span class="tg-spoiler">x</span>', "spoiler", {}),
        ("<code>x</code>", "code", {}),
        ("<pre>x</pre>", "pre", {}),
        ('<pre><code class="language-python">x</code></pre>', "pre", {"language": "python"}),
        ("<blockquote>x</blockquote>", "blockquote", {}),
        ("<blockquote expandable>x</blockquote>", "expandable_blockquote", {}),
        ("<a href='https://example.org/?a=1&amp;b=2'>x</a>", "text_link", {"url": "https://example.org/?a=1&b=2"}),
        (
            '<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>',
            "custom_emoji",
            {"custom_emoji_id": "5368324170671202286"},
        ),
    ],
)
async def test_every_tag_has_its_entity(call: Caller, li: Person, html: str, kind: str, more: dict[str, str]) -> None:
    [entity] = (await send(call, li, html))["entities"]
    assert entity == {"type": kind, "offset": 0, "length": 1} | more


async def test_a_link_to_a_person_mentions_them(call: Caller, li: Person, wang: Person) -> None:
    sent = await send(call, li, '<a href="tg://user?id=2001">王建国</a> <a href="tg://user?id=5">谁</a>')
    [entity] = sent["entities"]
    assert (entity["type"], entity["user"]["id"]) == ("text_mention", wang.id)


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<b>新", 'Can\'t find end tag corresponding to start tag "b"'),
        ("新</b>", "Unexpected end tag at byte offset 3"),
        ("新<b>x</i>", 'Unmatched end tag at byte offset 7, expected "</b>", found "</i>"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a ='x'>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji>x</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
async def test_a_mistake_is_named_with_its_place(call: Caller, li: Person, html: str, problem: str) -> None:
    refused = await call.refused("sendMessage", chat_id=li.id, text=html, parse_mode="HTML")
    assert refused == (400, f"Bad Request: can't parse entities: {problem}")


async def test_other_parse_modes_are_refused(call: Caller, li: Person) -> None:
    refused = await call.refused("sendMessage", chat_id=li.id, text="*x*", parse_mode="MarkdownV2")
    assert refused == (400, "Bad Request: unsupported parse_mode")


async def test_entities_may_be_given(call: Caller, li: Person, wang: Person) -> None:
    given_ = [
        {"type": "bold", "offset": 0, "length": 3},
        {"type": "text_mention", "offset": 0, "length": 3, "user": {"id": wang.id}},
        {"type": "hashtag", "offset": 0, "length": 1},
    ]
    sent = await call("sendMessage", chat_id=li.id, text=" 王建国", entities=given_)
    assert entities(sent) == [("bold", 0, 2), ("text_mention", 0, 2)]
    refused = await call.refused("sendMessage", chat_id=li.id, text="x", entities=[{"type": "blink"}])
    assert refused == (400, "Bad Request: can't parse MessageEntity: Unsupported type specified")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/todo", ["bot_command /todo"]),
        ("/todo@minhu_bot 请", ["bot_command /todo@minhu_bot"]),
        ("看/todo", []),
        ("/todo看", []),
        ("诉求 #MH2611_00042 已办结", ["hashtag #MH2611_00042"]),
        ("#MH2611_00042已办结", ["hashtag #MH2611_00042已办结"]),
        ("编号#MH2611_00042", []),
        ("#2611", []),
        ("@minhu_bot 在吗", ["mention @minhu_bot"]),
        ("https://example.org/a?b=1，请看", ["url https://example.org/a?b=1"]),
        ("写给 a@example.org 吧", ["email a@example.org"]),
    ],
)
def test_telegram_finds_by_itself(text: str, found: list[str]) -> None:
    words = polished(Words(text))
    assert [f"{entity.type} {words.under(entity)}" for entity in words.entities] == found


def test_nothing_is_found_inside_code() -> None:
    words = polished(parse_html("<code>/todo #a</code> /todo", lambda _: None))
    assert [entity.type for entity in words.entities] == ["code", "bot_command"]


async def test_a_text_is_trimmed_and_must_not_be_empty(call: Caller, li: Person) -> None:
    sent = await send(call, li, "\n  <b> 好 </b>\n")
    assert (sent["text"], entities(sent)) == ("好", [("bold", 0, 1)])
    assert await call.refused("sendMessage", chat_id=li.id, text="") == (400, "Bad Request: message text is empty")
    assert await call.refused("sendMessage", chat_id=li.id, text=" \n") == (400, "Bad Request: text must be non-empty")


@pytest.mark.parametrize(
    ("text", "fits"), [("长" * 4096, True), ("长" * 4097, False), ("😀" * 2048, True), ("😀" * 2049, False)]
)
async def test_a_text_has_4096_utf_16_units(call: Caller, li: Person, text: str, fits: bool) -> None:
    if fits:
        await send(call, li, f"<b>{text}</b>")
    else:
        refused = await call.refused("sendMessage", chat_id=li.id, text=text)
        assert refused == (400, "Bad Request: message is too long")


async def test_a_source_has_a_limit_of_its_own(call: Caller, li: Person) -> None:
    refused = await call.refused("sendMessage", chat_id=li.id, text="<b>长</b>" * 4000, parse_mode="HTML")
    assert refused == (400, "Bad Request: text is too long")


async def test_a_caption_has_1024(call: Caller, li: Person) -> None:
    photo = li.sends_photo(call.bot).content.fields(call.bot.id)["photo"][-1]["file_id"]
    await call("sendPhoto", chat_id=li.id, photo=photo, caption="长" * 1024)
    refused = await call.refused("sendPhoto", chat_id=li.id, photo=photo, caption="长" * 1025)
    assert refused == (400, "Bad Request: message caption is too long")


async def test_a_link_preview_is_kept_as_asked(call: Caller, li: Person) -> None:
    sent = await call("sendMessage", chat_id=li.id, text="好", link_preview_options={"is_disabled": True})
    assert sent["link_preview_options"] == {"is_disabled": True}


@given(
    st.lists(st.tuples(st.sampled_from(["b", "i", "u", "s", "code"]), st.text("民呼😀 a\n", min_size=1, max_size=9)))
)
def test_entities_cover_what_the_tags_enclosed(pieces: list[tuple[str, str]]) -> None:
    words = parse_html("-".join(f"<{tag}>{text}</{tag}>" for tag, text in pieces), lambda _: None)
    assert words.text == "-".join(text for _, text in pieces)
    assert [words.under(entity) for entity in words.entities] == [text for _, text in pieces]
    assert len(words) == units(words.text)


@given(st.text("<>/b a=\"'&;x", max_size=30))
def test_any_source_is_read_or_refused(source: str) -> None:
    words = Words()
    with suppress(ApiError):
        words = polished(parse_html(source, lambda _: None))
    assert all(0 <= entity.offset < entity.end <= len(words) for entity in words.entities)
