"""sendPoll and stopPoll."""

from sandbox.calls import Access, Call
from sandbox.entities import Words
from sandbox.errors import bad_request
from sandbox.jsons import Json
from sandbox.methods.registry import method
from sandbox.methods.sending import send
from sandbox.polls import Option, Poll

QUESTION_LIMIT = 300
OPTION_LIMIT = 100
OPTIONS = range(2, 13)


@method("sendPoll", paced=True)
def send_poll(call: Call) -> Json:
    """Send a poll."""
    question = call.words("question", "question_entities", "question_parse_mode")
    options = [_option(call, raw) for raw in call.params.json_array("options")]
    _check(question, options)
    quiz = call.params.text("type") == "quiz"
    poll = Poll(
        id=call.stage.ground.serial("poll"),
        question=question,
        options=[Option(words, str(number)) for number, words in enumerate(options)],
        anonymous=call.params.flag("is_anonymous", default=True),
        multiple=call.params.flag("allows_multiple_answers"),
        revoting=call.params.flag("allows_revoting", default=not quiz),
        correct=_correct(call) if quiz else [],
        quiz=quiz,
        closed=call.params.flag("is_closed"),
    )
    return send(call, poll)


@method("stopPoll", paced=True)
def stop_poll(call: Call) -> Json:
    """Close a poll of one's own, and return how it ended."""
    markup = call.inline_markup()
    message = call.message(chat := call.chat(access=Access.EDIT), "message with poll to stop")
    poll = message.content
    if not isinstance(poll, Poll) or message.sender is not call.bot:
        raise bad_request(
            "message with poll to stop not found" if message.sender is call.bot else "poll can't be stopped"
        )
    if poll.closed:
        raise bad_request("poll has already been closed")
    poll.closed = True
    chat.amend(message, poll, markup)
    call.bot.updates.put("poll", poll.card())
    return poll.card()


def _option(call: Call, raw: str | Json) -> Words:
    if isinstance(raw, str):
        return call.parsed(raw, "", [])
    mode, entities = raw.get("text_parse_mode"), raw.get("text_entities")
    return call.parsed(str(raw.get("text", "")), str(mode or ""), entities or [])


def _correct(call: Call) -> list[int]:
    chosen = [int(number) for number in call.params.json_array("correct_option_ids")]
    return chosen or [call.params.integer("correct_option_id")]


def _check(question: Words, options: list[Words]) -> None:
    if not question:
        raise bad_request("poll question must be non-empty")
    if len(question) > QUESTION_LIMIT:
        raise bad_request(f"poll question length must not exceed {QUESTION_LIMIT}")
    if len(options) < OPTIONS.start:
        raise bad_request(f"poll must have at least {OPTIONS.start} option")
    if len(options) >= OPTIONS.stop:
        raise bad_request(f"poll can't have more than {OPTIONS.stop - 1} options")
    if not all(options):
        raise bad_request("poll options must be non-empty")
    if any(len(option) > OPTION_LIMIT for option in options):
        raise bad_request(f"poll options length must not exceed {OPTION_LIMIT}")
