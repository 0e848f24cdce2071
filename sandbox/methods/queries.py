"""Answers to presses, and reactions."""

from dataclasses import replace

from sandbox.calls import Call
from sandbox.entities import units
from sandbox.errors import bad_request
from sandbox.methods.registry import method
from sandbox.presses import Answer

ANSWER_LIMIT = 200
# fmt: off
REACTIONS = {
    "❤", "👍", "👎", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢",
    "🎉", "🤩", "🤮", "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳",
    "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓",
    "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈",
    "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿",
    "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂", "🤷", "🤷‍♀",
    "😡",
}
# fmt: on


@method("answerCallbackQuery")
def answer_callback_query(call: Call) -> bool:
    """Answer a press, once and soon."""
    press = call.bot.presses.get(call.params.text("callback_query_id"))
    ground = call.stage.ground
    if press is None or press.answer or ground.now() - press.at > call.stage.answer_within:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    answer = Answer(call.params.text("text"), call.params.flag("show_alert"), call.params.text("url"))
    if units(answer.text) > ANSWER_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answer = replace(answer, cache_time=call.params.integer("cache_time"))
    ground.changed("answer", press.message.chat.id, call.bot.id)
    return True


@method("setMessageReaction")
def set_message_reaction(call: Call) -> bool:
    """React to a message, or take the reaction back."""
    chat = call.chat()
    message = call.message(chat, "message to react")
    emojis = [str(card.get("emoji", "")) for card in call.params.json_array("reaction")]
    if len(emojis) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if not REACTIONS.issuperset(emojis):
        raise bad_request("REACTION_INVALID")
    chat.react(call.bot, message, emojis)
    return True
