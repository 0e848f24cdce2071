"""Small talk: a greeting, thanks, how it works, whether a person is there; it is answered, and becomes no case."""

from domain.cases.small_talk import SmallTalk, small_talk
from domain.letters.contents import Keyboard
from handlers.updates.context import UpdateContext

TO_A_DRAFT = frozenset({SmallTalk.THANKS, SmallTalk.FAREWELL, SmallTalk.CONSENT})
"""What people say who take the draft on their screen for submitted."""


async def answer_small_talk(context: UpdateContext, text: str) -> bool:
    """Answer words that tell of no matter; False if they do, or go on with a text that the app has cut."""
    talk = small_talk(text)
    if talk is None:
        return False
    draft = await context.desk.work.drafts.open_of(context.person.id)
    if draft is not None and draft.goes_on:
        return False
    if draft is not None and talk in TO_A_DRAFT:
        await context.say("small_talk.not_submitted")
    elif draft is not None:
        await context.say(f"small_talk.{talk}")
    else:
        await context.say(f"small_talk.{talk}", keyboard=Keyboard.MENU)
    return True
