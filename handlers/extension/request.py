"""The request for a later deadline, as those read it who rule on it."""

from domain.letters.contents import ExtensionRequest
from domain.text.phones import hide_phones
from handlers.extension.buttons import Deny, Grant
from handlers.rendering.buttons import button, keyboard
from handlers.rendering.labels import gist, numbered, shorten, unit_label
from handlers.rendering.sending import Sending, Text, Written

REASON_LIMIT = 1500


async def write_extension_request(sending: Sending, content: ExtensionRequest) -> Written:
    """Write who asks for what and why, with 同意 and 不同意; nothing once it is decided, or for who may not rule."""
    case, row, words, desk = await sending.case(), await sending.row(), sending.words, sending.desk
    if case is None or row is None:
        return Written()
    asked = (one for one in await desk.work.rulings.about(case.id) if one.asked_in == content.event)
    ruling = next(asked, None)
    is_theirs = ruling is not None and (sending.reader is None or desk.rights.may_rule(sending.reader, ruling))
    if ruling is None or not ruling.is_open or not is_theirs:
        return Written()
    text = words(
        "extension.request",
        number=numbered(case),
        gist=gist(sending.scene, case),
        worker=row.told.get("worker", ""),
        unit=unit_label(desk.org, case.unit, words),
        resolve_by=case.responsible.resolve.due_at,
        until=ruling.until,
        text=shorten(hide_phones(str(row.told.get("text", ""))), REASON_LIMIT) or words("file.no_text"),
        rule_by=case.responsible.rule_by or ruling.due_at,
    )
    grant = button(words("button.grant"), Grant(case.id, content.event))
    deny = button(words("button.deny"), Deny(case.id, content.event))
    return Written(Text(text, keyboard([grant, deny])), case.id)
