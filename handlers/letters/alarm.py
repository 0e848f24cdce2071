"""Alarms: what those read in private who are to act on danger, at whatever hour."""

from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup

from domain.cases.case import Case, State
from domain.letters.news import still_alarms
from domain.record.history import Event, Row
from domain.text.phones import hide_phones
from handlers.rendering.case_buttons import CaseButton, case_keyboard
from handlers.rendering.labels import numbered, shorten, where_it_is
from handlers.rendering.mentions import mentions
from handlers.rendering.sending import Scene, Sending, Text, Written

ALARM_TEXT_LIMIT = 600
WHY: Mapping[str, str] = {
    Event.CASE_ESCALATED: "alarm.climbed",
    Event.CASE_RETURNED: "alarm.returned",
    Event.CASE_REOPENED: "alarm.reopened",
    Event.CLIMB_ENDED: "alarm.at_top",
    Event.URGENCY_SET: "alarm.set",
}
"""What is said of why it alarms, beside the danger itself."""


async def write_alarm(sending: Sending, offered: Sequence[CaseButton]) -> Written:
    """Write that somebody is in danger; nothing once others have the case, or somebody has accepted it.

    `offered`: what may be pressed under it.
    """
    case, row = await sending.case(), await sending.row()
    if case is None or row is None or not still_alarms(row, case, sending.letter.unit):
        return Written()
    lines = Markup("\n").join(_alarm_lines(row, case, sending.scene))
    return Written(Text(lines, case_keyboard(offered, case, sending.scene)), case.id)


def _alarm_lines(row: Row, case: Case, scene: Scene) -> Iterator[Markup]:
    words = scene.words
    text = shorten(hide_phones(case.text), ALARM_TEXT_LIMIT) or words("file.no_text")
    yield words("alarm.title", text=text)
    yield words("alarm.case", number=numbered(case), place=where_it_is(case, scene))
    if key := WHY.get(row.event):
        yield words(key, **mentions(scene, row, case, Markup.escape(hide_phones(str(row.told.get("text", ""))))))
    if case.promise is not None:
        left = words.left(case.promise.due_at, scene.now)
        key = "alarm.accept_by" if case.state is State.SUBMITTED else "alarm.resolve_by"
        yield words(key, at=case.promise.due_at, left=left)
