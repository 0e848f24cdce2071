"""The private pages of extensions: until when, and then why; and why not."""

from domain.cases.extensions import OFFERED_DAYS
from domain.desk.cooperation.extend import is_past
from domain.desk.cooperation.rule import is_request_open
from domain.letters.asking_pages import DenialPage, ExtensionPage
from handlers.extension.buttons import CancelDenial, CancelExtension, ChooseDays, OtherDate
from handlers.rendering.buttons import button
from handlers.rendering.labels import first_words, numbered
from handlers.rendering.questions import question
from handlers.rendering.sending import Sending, Written


async def write_extension_page(sending: Sending, content: ExtensionPage) -> Written:
    """Write the question that the owner answers next; none once there is nothing for them to ask for."""
    case, reader, words = await sending.case(), sending.reader, sending.words
    if case is None or reader is None or is_past(sending.desk, reader, case):
        return Written()
    said = {"number": numbered(case), "resolve_by": case.responsible.resolve.due_at}
    cancel = button(words("button.cancel"), CancelExtension(case.id))
    if content.until is None:
        days = [button(words("button.days_more", count=count), ChooseDays(case.id, count)) for count in OFFERED_DAYS]
        text, rows = words("extension.until", about=first_words(case, words), **said), [days, [cancel]]
    else:
        other = button(words("button.other_date"), OtherDate(case.id))
        text, rows = words("extension.why", until=content.until, **said), [[other, cancel]]
    return question(sending, case, text, *rows)


async def write_denial_page(sending: Sending, content: DenialPage) -> Written:
    """Write the question why not; none once somebody has ruled, or the case has moved on."""
    case, reader, words = await sending.case(), sending.reader, sending.words
    if case is None or reader is None or not await is_request_open(sending.desk, reader, case.id, content.event):
        return Written()
    cancel = button(words("button.cancel"), CancelDenial(case.id))
    text = words("extension.why_not", number=numbered(case), about=first_words(case, words))
    return question(sending, case, text, [cancel])
