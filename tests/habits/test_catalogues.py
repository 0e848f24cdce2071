"""The catalogues: the same texts in every language, whole HTML, and numbers that Telegram makes links of."""

import re
from html.parser import HTMLParser
from importlib.resources.abc import Traversable
from string import Formatter

import pytest
from markupsafe import Markup

from handlers.words import LANGUAGES, Words, catalogue, folders, gathered, texts_in

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"}
MAY_BE_EMPTY = {"units.unbound"}
JOINTS = {"policy.joint"}
TOASTS = ("error.", "answer.nudged", "answer.accepted", "answer.escalated", "answer.asked_for", "answer.submitted")
TOAST_LIMIT = 200
CHINESE = re.compile(r"[\u4e00-\u9fff]")
OWN_WORDS = {"settler", "state", "then", "where", "within", "span"}
"""Placeholders for which words of the desk are put in, or a span of time, and not a name or a count."""
NUMBER = r"\{(?:numbers?|main|other|follower)\}"
"""Placeholders for which numbers of cases are put in."""
ABOUT_TIME = ("time.", "duration.", "policy.")
ATTACHED_ON_PURPOSE = {"button.here", "button.days", "button.days_more"}
IN_BOTH_LANGUAGES = {"language.zh", "language.choose", "fault.no_place", "fault.range_backwards"}

FOLDERS = tuple(folders())
TEXTS = {(language, key): str(text) for language in LANGUAGES for key, text in catalogue(language).items()}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


class Tags(HTMLParser):
    """Follows tags as they open and close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.is_whole = True

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.is_whole &= tag in TAGS and not attrs

    def handle_endtag(self, tag: str) -> None:
        self.is_whole &= bool(self.open) and self.open.pop() == tag


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: str(folder).rpartition("handlers/")[2])
def test_every_language_has_the_same_keys_in_the_same_folder(folder: Traversable) -> None:
    first, *others = ([key for key, _ in texts_in(folder, language)] for language in LANGUAGES)

    assert first
    assert all(sorted(first) == sorted(other) for other in others)


def test_a_key_that_is_defined_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="zh"):
        gathered([*FOLDERS, FOLDERS[-1]], "zh")


def test_a_text_has_the_same_placeholders_in_every_language() -> None:
    first, *others = LANGUAGES

    for other in others:
        pairs = {
            key: (placeholders(text), placeholders(catalogue(other)[key])) for key, text in catalogue(first).items()
        }
        assert {key for key, (ours, theirs) in pairs.items() if ours != theirs} == set()


def test_a_text_says_something() -> None:
    assert {at for at, text in TEXTS.items() if not text and at[1] not in MAY_BE_EMPTY} == set()
    assert {at for at, text in TEXTS.items() if text != text.rstrip() and at[1] not in JOINTS} == set()
    assert {at for at, text in TEXTS.items() if "\t" in text} == set()


def test_the_html_of_a_text_is_whole_and_telegram_knows_its_tags() -> None:
    assert {at: text for at, text in TEXTS.items() if not is_whole_html(text)} == {}


def is_whole_html(text: str) -> bool:
    tags = Tags()
    tags.feed(text)
    tags.close()
    loose = "&" in re.sub(r"&(lt|gt|amp|quot|#\d+);", "", text) or "<" in re.sub(r"</?[a-z-]+>", "", text)
    return tags.is_whole and not tags.open and not loose


@pytest.mark.parametrize(
    "broken", ["<b>a", "a</b>", "<b><i>a</b></i>", "<p>a</p>", '<a href="b">a</a>', "a & b", "1 < 2"]
)
def test_what_telegram_would_refuse_is_seen(broken: str) -> None:
    assert not is_whole_html(broken)


def test_a_number_stands_so_that_telegram_makes_a_link_of_it() -> None:
    shown = {at: re.sub(r"</?[a-z-]+>", "", text) for at, text in TEXTS.items()}

    assert {at: text for at, text in shown.items() if re.search(rf"\S{NUMBER}|{NUMBER}\S", text)} == {}


def test_a_name_or_a_count_stands_apart_from_the_chinese_around_it_and_a_span_of_time_does_not() -> None:
    attached = re.compile(r"(?<=[\u4e00-\u9fff])\{(\w+)|\{(\w+)[^}]*\}(?=[\u4e00-\u9fff])")
    texts = {key: text for key, text in catalogue("zh").items() if not key.startswith(ABOUT_TIME)}
    found = {key: {*attached.findall(str(text))} for key, text in texts.items()}
    names = {key: {name for pair in pairs for name in pair if name} - OWN_WORDS for key, pairs in found.items()}

    assert {key for key, these in names.items() if these} == ATTACHED_ON_PURPOSE


def test_the_help_names_buttons_as_they_are_called() -> None:
    for language, quoted in (("zh", r"「([^」]+?)…?」"), ("en", r"“([^”]+?) ?…?”")):
        texts = catalogue(language)
        labels = [str(text) for key, text in texts.items() if key.startswith(("button.", "menu.", "command."))]
        named = {
            name for key, text in texts.items() if key.startswith("help.") for name in re.findall(quoted, str(text))
        }

        assert {name for name in named if not any(label.startswith(name) for label in labels)} == set()


def test_english_texts_are_english() -> None:
    chinese = {key for key, text in catalogue("en").items() if CHINESE.search(text)}

    assert chinese - IN_BOTH_LANGUAGES == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_on_a_button_press_fits_there(language: str) -> None:
    texts = {key: text.striptags() for key, text in catalogue(language).items() if key.startswith(TOASTS)}

    assert texts
    assert {key for key, text in texts.items() if len(text) > TOAST_LIMIT - 60} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_menu_and_the_profile_say_fits_there(language: str) -> None:
    words = Words(language)

    assert len(words("about.description")) <= 512
    assert len(words("about.short")) <= 120
    assert all(1 <= len(text) <= 256 for key, text in catalogue(language).items() if key.startswith("command."))
    assert len(words("prompt.placeholder")) <= 64


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_of_the_keyboard_are_alike(language: str) -> None:
    words = [text for key, text in catalogue(language).items() if key.startswith("kind.") or key == "menu.my"]

    assert len({*words, catalogue(language)["button.skip"]}) == len(words) + 1


def test_what_is_filled_in_is_escaped() -> None:
    said = Words("zh")("draft.named", name='<b>"&')

    assert said == Markup("👤 &lt;b&gt;&#34;&amp;")
