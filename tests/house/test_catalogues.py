"""The catalogues: the same texts in every language, whole HTML, and numbers that Telegram makes links of."""

import re
from html.parser import HTMLParser
from string import Formatter

import pytest
from markupsafe import Markup

from handlers.words import LANGUAGES, Words, catalogue

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "a", "code", "pre", "blockquote", "tg-spoiler"}
MAY_BE_EMPTY = {"units.unbound"}
JOINTS = {"policy.joint"}
TOASTS = ("error.", "answer.nudged", "answer.accepted", "answer.escalated", "answer.asked_for", "answer.submitted")
TOAST_LIMIT = 200
CHINESE = re.compile(r"[\u4e00-\u9fff]")
IN_BOTH_LANGUAGES = {"language.zh", "language.choose", "fault.no_place", "fault.range_backwards"}

every_text = pytest.mark.parametrize(
    ("language", "key"), [(language, key) for language in LANGUAGES for key in catalogue(language)]
)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


class Tags(HTMLParser):
    """Follows tags as they open and close."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.used: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.open.append(tag)
        self.used.add(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_every_language_has_the_same_keys() -> None:
    first, *others = LANGUAGES

    for other in others:
        assert catalogue(other).keys() == catalogue(first).keys()


@pytest.mark.parametrize("key", catalogue(LANGUAGES[0]))
def test_a_text_has_the_same_placeholders_in_every_language(key: str) -> None:
    assert len({frozenset(placeholders(catalogue(language)[key])) for language in LANGUAGES}) == 1


@every_text
def test_a_text_says_something(language: str, key: str) -> None:
    text = catalogue(language)[key]

    assert text or key in MAY_BE_EMPTY
    assert text == text.rstrip() or key in JOINTS
    assert "\t" not in text


@every_text
def test_the_html_of_a_text_is_whole_and_telegram_knows_its_tags(language: str, key: str) -> None:
    text, tags = str(catalogue(language)[key]), Tags()

    tags.feed(text)
    tags.close()

    assert tags.open == []
    assert tags.used <= TAGS
    assert "&" not in re.sub(r"&(lt|gt|amp|quot|#\d+);", "", text)
    assert "<" not in re.sub(r"</?[a-z-]+>", "", text)


@every_text
def test_a_number_stands_so_that_telegram_makes_a_link_of_it(language: str, key: str) -> None:
    shown = re.sub(r"</?[a-z-]+>", "", str(catalogue(language)[key]))

    for found in re.finditer(r"\{number\}", shown):
        before, after = shown[: found.start()][-1:], shown[found.end() :][:1]
        assert before in ("", " ", "\n")
        assert after in ("", " ", "\n")


@pytest.mark.parametrize("key", catalogue("en"))
def test_english_texts_are_english(key: str) -> None:
    assert key in IN_BOTH_LANGUAGES or not CHINESE.search(catalogue("en")[key])


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
