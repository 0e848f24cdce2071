"""getFile: the first half of a download."""

from sandbox.calls import Call
from sandbox.errors import ApiError, bad_request
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.jsons import Json
from sandbox.methods.registry import method


@method("getFile")
def get_file(call: Call) -> Json:
    """Return a file's path, from which it can then be fetched."""
    file_id = call.params.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    files = call.stage.ground.files
    try:
        file, size = files.by_id(call.bot.id, file_id)
    except ApiError:
        raise bad_request("wrong file_id or the file is temporarily unavailable") from None
    if file.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return file.reference(call.bot.id, size) | {"file_path": files.open(call.bot.id, file)}
