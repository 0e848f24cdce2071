"""Which letter is written by whom: the table from a kind of letter to what gathers and renders it."""

from collections.abc import Sequence
from typing import assert_never

from domain.desk import Desk
from domain.letters.asking_pages import (
    CallPage,
    CategoryPage,
    DenialPage,
    ExtensionPage,
    HandOverPage,
    MergePage,
    RevisitPage,
    TransferPage,
    UrgencyPage,
)
from domain.letters.contents import (
    AdminMenu,
    Alarm,
    CaseCard,
    CasesPage,
    Digest,
    DraftCard,
    DraftPutAway,
    ExtensionRequest,
    FilePage,
    FollowersSaid,
    HelpPage,
    Media,
    MembersPage,
    News,
    OwnCasesPage,
    PolicyPage,
    PressAnswer,
    Prompt,
    Reaction,
    Reminder,
    Removed,
    RevisitRequest,
    Said,
    Spent,
    TodoPage,
    UnitsPage,
)
from domain.letters.letter import Letter
from domain.organisation.units import Chat
from domain.record.history import Event
from handlers.assist.card import assistants_buttons
from handlers.assist.page import write_call_page
from handlers.case_file.page import write_file
from handlers.category.page import write_category_page
from handlers.draft.card import write_draft_card, write_draft_put_away
from handlers.extension.page import write_denial_page, write_extension_page
from handlers.extension.request import write_extension_request
from handlers.features import COMMANDS, FEATURES
from handlers.guide import write_help
from handlers.hand_over import write_hand_over_page
from handlers.letters.alarm import write_alarm
from handlers.letters.answers import write_press_answer, write_said
from handlers.letters.case_card import write_case_card
from handlers.letters.gathered import write_digest, write_reminder
from handlers.letters.media import write_media
from handlers.letters.news import write_news
from handlers.letters.prompts import write_prompt
from handlers.merge.page import write_merge_page
from handlers.merge.said import write_said_by_followers
from handlers.open_cases import write_cases
from handlers.organisation.pages import write_members, write_units
from handlers.own_cases.page import write_own_cases
from handlers.policy import write_policy
from handlers.rendering.case_buttons import CaseButton
from handlers.rendering.sending import Sending, Written
from handlers.revisit.page import write_revisit_page, write_revisit_request
from handlers.todo import write_todo
from handlers.transfer.page import write_transfer_page
from handlers.updates.identity import chat_language
from handlers.urgency import write_urgency_page
from handlers.welcome import write_admin_menu
from handlers.words import Words

ON_CARD = [button for feature in FEATURES for button in feature.on_card]
ON_OWN_FILE = [button for feature in FEATURES for button in feature.on_own_file]
ON_FILE = [button for feature in FEATURES for button in feature.on_file]
UNDER_ALARM = [button for feature in FEATURES for button in feature.under_alarm]
UNDER_NEWS: dict[str, list[CaseButton]] = {
    event: [button for feature in FEATURES for button in feature.under_news.get(event, ())] for event in Event
}


async def write(desk: Desk, letter: Letter, chat: Chat, *, is_card_gone: bool = False) -> Written:
    """Return what a letter has become by now; nothing if it tells of something that is past."""
    words = Words(await _language(desk, letter, chat), desk.policy.timezone)
    return await _write(Sending(letter, chat, desk, words, is_card_gone))


async def _language(desk: Desk, letter: Letter, chat: Chat) -> str:
    if isinstance(letter.content, PressAnswer):
        return chat_language(letter.content.language)
    if letter.to.person is not None:
        person = await desk.work.people.look_at(letter.to.person)
        return chat_language(person.language if person else None)
    return chat_language(desk.org.languages.get(chat.id))


async def _write(sending: Sending) -> Written:  # noqa: C901, PLR0911, PLR0912 - a table, which the type checker reads
    match sending.letter.content:
        case Said() as content:
            return await write_said(sending, content)
        case PressAnswer() as content:
            return await write_press_answer(sending, content)
        case Reaction() | Spent() | Removed() as content:
            return Written(content)
        case AdminMenu() as content:
            return await write_admin_menu(content)
        case DraftCard() as content:
            return await write_draft_card(sending, content)
        case DraftPutAway() as content:
            return await write_draft_put_away(sending, content)
        case CaseCard():
            return await write_case_card(sending, ON_CARD)
        case News():
            return await write_news(sending, UNDER_NEWS)
        case Alarm():
            return await write_alarm(sending, UNDER_ALARM)
        case Media() as content:
            return await write_media(sending, content)
        case Prompt() as content:
            return await write_prompt(sending, content)
        case ExtensionRequest() as content:
            return await write_extension_request(sending, content)
        case RevisitRequest():
            return await write_revisit_request(sending)
        case Reminder():
            return await write_reminder(sending)
        case FollowersSaid() as content:
            return await write_said_by_followers(sending, content)
        case Digest() as content:
            return await write_digest(sending, content)
        case OwnCasesPage() as content:
            return await write_own_cases(sending, content)
        case TodoPage() as content:
            return await write_todo(sending, content)
        case CasesPage() as content:
            return await write_cases(sending, content)
        case FilePage() as content:
            return await write_file(sending, content, await _under_file(sending, content))
        case HelpPage() as content:
            return await write_help(sending, content, COMMANDS)
        case UnitsPage() as content:
            return await write_units(sending, content)
        case MembersPage() as content:
            return await write_members(sending, content)
        case PolicyPage():
            return await write_policy(sending)
        case CategoryPage() as content:
            return await write_category_page(sending, content)
        case CallPage() as content:
            return await write_call_page(sending, content)
        case TransferPage() as content:
            return await write_transfer_page(sending, content)
        case MergePage() as content:
            return await write_merge_page(sending, content)
        case HandOverPage() as content:
            return await write_hand_over_page(sending, content)
        case UrgencyPage() as content:
            return await write_urgency_page(sending, content)
        case ExtensionPage() as content:
            return await write_extension_page(sending, content)
        case DenialPage() as content:
            return await write_denial_page(sending, content)
        case RevisitPage() as content:
            return await write_revisit_page(sending, content)
        case other:
            assert_never(other)


async def _under_file(sending: Sending, content: FilePage) -> Sequence[CaseButton]:
    """Return what may stand under a file: its resident's buttons, a worker's in private, or those of the card."""
    if sending.reader is None:
        return ON_CARD
    if content.own:
        return ON_OWN_FILE
    case = await sending.case()
    beside = assistants_buttons(case, sending.reader, sending.desk.rights) if case else ()
    return [*ON_FILE, *beside]
