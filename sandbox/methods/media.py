"""Sending a file of any kind: one that Telegram has already, by its identifier, or a new one."""

from sandbox.calls import Call
from sandbox.content import Attachment
from sandbox.errors import ApiError, bad_request
from sandbox.files import FILE_KINDS, StoredFile, Traits, Upload
from sandbox.jsons import Json
from sandbox.methods.registry import method
from sandbox.methods.sending import send

UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
TRAITS = ("width", "height", "duration", "length")
NAMES = ("performer", "title", "emoji")


@method("sendPhoto", paced=True)
def send_photo(call: Call) -> Json:
    """Send a photo."""
    return send_attachment(call, "photo")


@method("sendVideo", paced=True)
def send_video(call: Call) -> Json:
    """Send a video."""
    return send_attachment(call, "video")


@method("sendAnimation", paced=True)
def send_animation(call: Call) -> Json:
    """Send a video without sound."""
    return send_attachment(call, "animation")


@method("sendAudio", paced=True)
def send_audio(call: Call) -> Json:
    """Send a piece of music."""
    return send_attachment(call, "audio")


@method("sendDocument", paced=True)
def send_document(call: Call) -> Json:
    """Send a file as it is."""
    return send_attachment(call, "document")


@method("sendVoice", paced=True)
def send_voice(call: Call) -> Json:
    """Send a voice message."""
    return send_attachment(call, "voice")


@method("sendVideoNote", paced=True)
def send_video_note(call: Call) -> Json:
    """Send a round video."""
    return send_attachment(call, "video_note")


@method("sendSticker", paced=True)
def send_sticker(call: Call) -> Json:
    """Send a sticker."""
    return send_attachment(call, "sticker")


def send_attachment(call: Call, kind: str) -> Json:
    """Send the file that the parameter of this name holds, with the caption of the request."""
    file = stored(call, kind, call.params.text(kind), field=kind, traits=_traits(call))
    spoiler, above = call.params.flag("has_spoiler"), call.params.flag("show_caption_above_media")
    return send(call, Attachment(file, call.caption(), spoiler, above))


def stored(call: Call, kind: str, value: str, *, field: str = "", traits: Traits | None = None) -> StoredFile:
    """Return the file that a request means: an upload is kept, an identifier is looked up.

    Raises ApiError where there is none, where it is too big, and for the addresses of files elsewhere.
    """
    if upload := call.params.upload(field, value):
        _check_size(kind, upload)
        return call.stage.ground.files.keep(kind, upload, traits)
    if not value:
        raise bad_request(f"there is no {kind} in the request")
    file, _ = call.stage.ground.files.by_id(call.bot.id, value)
    if file.kind != kind and "photo" in {file.kind, kind}:
        real, asked = FILE_KINDS[file.kind].type_name, FILE_KINDS[kind].type_name
        raise bad_request(f"can't use file of type {real} as {asked}")
    return file


def _traits(call: Call) -> Traits:
    numbers = {name: call.params.integer(name) for name in TRAITS}
    names = {name: call.params.text(name) for name in NAMES}
    return {name: value for name, value in (numbers | names).items() if value}


def _check_size(kind: str, upload: Upload) -> None:
    size = len(upload.data)
    if not size:
        raise bad_request("file must be non-empty")
    if size > UPLOAD_LIMIT:
        raise ApiError(413, "Request Entity Too Large")
    if kind == "photo" and size > PHOTO_LIMIT:
        raise bad_request(f"file of size {size} bytes is too big for a photo; the maximum size is {PHOTO_LIMIT} bytes")
