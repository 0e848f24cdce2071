"""The bodies of HTTP requests: JSON, and forms of both kinds."""

import json
from collections.abc import Mapping
from email.message import Message as Headers
from email.parser import HeaderParser
from urllib.parse import parse_qsl

from sandbox.errors import bad_request
from sandbox.files import Upload
from sandbox.jsons import Json

HEADERS_END = b"\r\n\r\n"


def read_body(content_type: str, body: bytes) -> tuple[Json, Mapping[str, Upload]]:
    """Return the parameters and the files of a request.

    Raises ApiError (400) for a body that is not what it says.
    """
    declared = Headers()
    declared["Content-Type"] = content_type or "application/octet-stream"
    kind = declared.get_content_type()
    if kind == "application/json":
        return _json(body), {}
    if kind == "multipart/form-data":
        return _parts(body, str(declared.get_param("boundary", "")))
    return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}


def _json(body: bytes) -> Json:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise bad_request("object expected as the body of the request")
    return value


def _parts(body: bytes, boundary: str) -> tuple[Json, dict[str, Upload]]:
    params: Json = {}
    files: dict[str, Upload] = {}
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary.encode())[1:-1]:
        head, found, content = part.removeprefix(b"\r\n").partition(HEADERS_END)
        if not found:
            raise bad_request("a part of the form has no headers")
        headers = HeaderParser().parsestr(head.decode())
        name = str(headers.get_param("name", "", "Content-Disposition"))
        if (file_name := headers.get_filename()) is None:
            params[name] = content.decode()
        else:
            files[name] = Upload(file_name, content, headers.get_content_type())
    return params, files
