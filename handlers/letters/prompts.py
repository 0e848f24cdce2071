"""Prompts: the message that names a worker and a case, and wants a reply."""

from markupsafe import Markup
from telegram import ForceReply

from domain.cases.case import Case
from domain.desk.casework.reply import is_prompt_awaited, is_prompt_past
from domain.desk.parts.asker import ASKED_BY
from domain.letters.contents import Prompt
from domain.letters.posts import Purpose
from domain.people.accounts import TelegramId, account_to_use
from handlers.prompts import CancelPrompt
from handlers.rendering.buttons import button, keyboard
from handlers.rendering.labels import case_label
from handlers.rendering.sending import Sending, Text, Written
from handlers.words import Words


async def write_prompt(sending: Sending, content: Prompt) -> Written:
    """Write the request for the result, or the reason; none once the case does not allow it any more.

    In a group it wants a reply; in private the worker's next message is the answer.
    """
    case, reader = await sending.case(), sending.reader
    if case is not None and reader is not None and content.purpose in ASKED_BY:
        is_over = is_prompt_past(sending.desk, reader, case, content.purpose)
        return Written() if is_over else Written(_render_question(case, content, sending.words), case.id)
    if case is None or not is_prompt_awaited(sending.desk, case, content.purpose, sending.chat):
        return Written()
    accounts = await sending.desk.work.accounts.of([content.person])
    account = account_to_use(accounts.get(content.person, ()))
    worker = _mention(content.worker, account.address.telegram_id if account else None)
    return Written(render_prompt(case, content, worker, sending.words), case.id)


def _render_question(case: Case, content: Prompt, words: Words) -> Text:
    then = words("then.colleague" if case.has_stand_in else "then.resident")
    text = words(f"ask.{content.purpose}{'_again' if content.again else ''}", case=case_label(case, words), then=then)
    cancel = keyboard([button(words("button.cancel"), CancelPrompt(case.id))])
    return Text(text, cancel, purpose=Purpose.QUESTION)


def render_prompt(case: Case, content: Prompt, worker: Markup, words: Words) -> Text:
    """Return the message that names the worker and the case."""
    key = f"prompt.{content.purpose}{'_again' if content.again else ''}"
    text = words(key, worker=worker, case=case_label(case, words))
    reply = ForceReply(selective=True, input_field_placeholder=words("prompt.placeholder").unescape())
    return Text(text, reply, purpose=content.purpose)


def _mention(worker: str, account: TelegramId | None) -> Markup:
    """Return the worker's name such that Telegram tells them of it."""
    if account is None:
        return Markup.escape(worker)
    return Markup('<a href="tg://user?id={}">{}</a>').format(account, worker)
