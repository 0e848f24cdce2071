"""The private page on which somebody says what a case is about: a group, and then a category of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from telegram import InlineKeyboardButton

from domain.cases.case import Case, CaseId
from domain.desk.casework.recategorise import is_past
from domain.letters.asking_pages import CategoryPage
from domain.organisation.categories import Categories, Category
from handlers.rendering.buttons import button, tagged
from handlers.rendering.labels import case_label
from handlers.rendering.questions import question
from handlers.rendering.sending import Sending, Written
from handlers.words import Words

COLUMNS = 3
LONG = 5
"""Names longer than this stand two in a row."""


@tagged("kg")
@dataclass(frozen=True, slots=True)
class OpenGroup:
    """A group of categories; "" is all groups. `page`: the file where it was begun, or 0."""

    case: CaseId
    group: str
    page: int = 0


@tagged("kc")
@dataclass(frozen=True, slots=True)
class ChooseCategory:
    """A category that a case is about. `page`: the file where it was begun, or 0."""

    case: CaseId
    category: str
    page: int = 0


@tagged("kx")
@dataclass(frozen=True, slots=True)
class CancelCategory:
    """取消 under the question what a case is about."""

    case: CaseId


async def write_category_page(sending: Sending, content: CategoryPage) -> Written:
    """Write the question what a case is about; none for whom it is not to say any more."""
    case, reader, words = await sending.case(), sending.reader, sending.words
    if case is None or reader is None or is_past(sending.desk, reader, case):
        return Written()
    categories = sending.desk.org.categories
    group = categories.known_as(content.group)
    if group:
        text = words("category.which", case=case_label(case, words), group=group.name)
    elif case.category:
        text = words("category.what", case=case_label(case, words), category=case.category)
    else:
        text = words("category.what_open", case=case_label(case, words))
    rows = [*_choices(categories, group, case, content.page, words), _ways(group, case, content.page, words)]
    return question(sending, case, text, *rows)


def _choices(
    categories: Categories, group: Category | None, case: Case, page: int, words: Words
) -> Iterator[list[InlineKeyboardButton]]:
    shown = categories.within(group.name if group else None)
    columns = COLUMNS - 1 if any(len(category.name) > LONG for category in shown) else COLUMNS
    buttons = [_choice(categories, category, case, page) for category in shown]
    yield from (buttons[start : start + columns] for start in range(0, len(buttons), columns))
    if group:
        yield [button(words("category.itself", group=group.name), ChooseCategory(case.id, group.key, page))]


def _choice(categories: Categories, category: Category, case: Case, page: int) -> InlineKeyboardButton:
    if categories.within(category.name):
        return button(category.name, OpenGroup(case.id, category.key, page))
    return button(category.name, ChooseCategory(case.id, category.key, page))


def _ways(group: Category | None, case: Case, page: int, words: Words) -> list[InlineKeyboardButton]:
    back = [button(words("button.back"), OpenGroup(case.id, "", page))] if group else []
    return [*back, button(words("button.cancel"), CancelCategory(case.id))]
