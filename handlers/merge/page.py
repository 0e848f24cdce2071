"""The private page on which a worker says into which case another is to be merged."""

from markupsafe import Markup

from domain.desk.merging.merge import cases_around, is_past
from domain.letters.asking_pages import MergePage
from handlers.merge.buttons import CancelMerge, MergeInto
from handlers.rendering.buttons import button
from handlers.rendering.labels import first_words, numbered
from handlers.rendering.lists import case_line
from handlers.rendering.questions import question
from handlers.rendering.sending import Sending, Written


async def write_merge_page(sending: Sending, _content: MergePage) -> Written:
    """Write the question that the worker answers next; none once there is nothing for them to merge."""
    case, reader, words = await sending.case(), sending.reader, sending.words
    if case is None or reader is None or is_past(sending.desk, reader, case):
        return Written()
    around = await cases_around(sending.desk, case)
    key = "merge.into_which" if around else "merge.into_which_number"
    lines = [words(key, number=numbered(case), about=first_words(case, words))]
    lines += [case_line(one, sending.scene) for one in around]
    offered = [[button(one.number, MergeInto(case.id, one.id))] for one in around]
    cancel = [button(words("button.cancel"), CancelMerge(case.id))]
    return question(sending, case, Markup("\n\n").join(lines), *offered, cancel)
