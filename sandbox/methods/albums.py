"""sendMediaGroup: several files as one album."""

from sandbox.calls import Call, fitting_caption
from sandbox.content import Attachment
from sandbox.errors import bad_request
from sandbox.jsons import Json
from sandbox.methods.media import stored
from sandbox.methods.registry import method
from sandbox.methods.sending import addressed

ITEMS = range(2, 11)
TOGETHER = ({"photo", "video"}, {"document"}, {"audio"})


@method("sendMediaGroup", paced=True)
def send_media_group(call: Call) -> list[Json]:
    """Send two to ten files that are shown as one message."""
    items = call.params.json_array("media")
    _check_items(items)
    contents = [attachment(call, item) for item in items]
    chat, how = addressed(call)
    how["album"] = call.stage.ground.serial("album")
    return [call.shown(chat.post(call.bot, content, **how)) for content in contents]


def attachment(call: Call, item: Json) -> Attachment:
    """Return what an InputMedia object describes."""
    kind, value = str(item.get("type", "")), str(item.get("media", ""))
    if not value:
        raise bad_request("can't parse InputMedia: media not found")
    words = call.parsed(
        str(item.get("caption") or ""), str(item.get("parse_mode") or ""), item.get("caption_entities") or []
    )
    return Attachment(
        stored(call, kind, value),
        fitting_caption(words),
        bool(item.get("has_spoiler")),
        bool(item.get("show_caption_above_media")),
    )


def _check_items(items: list[Json]) -> None:
    if len(items) >= ITEMS.stop:
        raise bad_request("too many messages to send as an album")
    if len(items) < ITEMS.start:
        raise bad_request("there are no messages to send" if not items else "an album must have at least 2 messages")
    kinds = {item.get("type") for item in items if isinstance(item, dict)}
    if not any(kinds <= together for together in TOGETHER):
        raise bad_request("can't use the media of the specified type in the album")
