"""sendMessage."""

from sandbox.calls import Call
from sandbox.content import Text
from sandbox.entities import TEXT_LIMIT, Words
from sandbox.errors import bad_request
from sandbox.jsons import Json
from sandbox.methods.registry import method
from sandbox.methods.sending import send


@method("sendMessage", paced=True)
def send_message(call: Call) -> Json:
    """Send words."""
    return send(call, written(call))


def written(call: Call) -> Text:
    """Return the words of the request, neither empty nor too long."""
    if not call.params.text("text"):
        raise bad_request("message text is empty")
    return Text(_fitting(call.words("text")), call.params.json_object("link_preview_options") or None)


def _fitting(words: Words) -> Words:
    if not words:
        raise bad_request("text must be non-empty")
    if len(words) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return words
