"""What a file really is: its beginning tells, its name does not, and programs are nothing that we know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evidence import SIZE_LIMIT, Unwanted, check, kind_of
from domain.cases.messages import Medium
from sandbox.pictures import draw

JPG = b"\xff\xd8\xff\xe0\x00\x10JFIF"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00"
WEBP = b"RIFF\x24\x00\x00\x00WEBPVP8 "
MP4 = b"\x00\x00\x00\x20ftypisom"
WEBM = b"\x1aE\xdf\xa3\x9fB\x82\x84webm"
MOV = b"\x00\x00\x00\x14ftypqt  \x00\x00\x02\x00qt  "
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"
M4A = b"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00M4A mp42isom"
NEW_MP4 = b"\x00\x00\x00\x14ftypnew1\x00\x00\x00\x00new1"
OGG = b"OggS\x00\x02"
MP3 = b"ID3\x04\x00"
PDF = b"%PDF-1.7\n"
GIF = b"GIF89a\x01\x00"


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (JPG, "jpg"),
        (draw("a picture"), "jpg"),
        (PNG, "png"),
        (WEBP, "webp"),
        (MP4, "mp4"),
        (WEBM, "webm"),
        (MOV, "mov"),
        (HEIC, "heic"),
        (M4A, "m4a"),
        (NEW_MP4, "mp4"),
        (OGG, "ogg"),
        (MP3, "mp3"),
        (b"\xff\xfb\x90\x00", "mp3"),
        (PDF, "pdf"),
        (GIF, "gif"),
        (b"MZ\x90\x00", "bin"),
        (b"\x7fELF\x02", "bin"),
        (b"#!/bin/sh\n", "bin"),
        (b"PK\x03\x04", "bin"),
        (b"<svg onload=alert(1)>", "bin"),
        (b"<html>", "bin"),
        (b"RIFF\x24\x00\x00\x00WAVE", "wav"),
        (b"", "bin"),
        (b"\xff\xd8", "bin"),
    ],
)
def test_the_beginning_of_a_file_tells_what_it_is(content: bytes, ending: str) -> None:
    assert kind_of(content).ending == ending


@pytest.mark.parametrize(
    ("medium", "content", "ending"),
    [
        (Medium.PHOTO, JPG, "jpg"),
        (Medium.VIDEO, MP4, "mp4"),
        (Medium.VIDEO_NOTE, MP4, "mp4"),
        (Medium.VIDEO, MOV, "mov"),
        (Medium.VIDEO, NEW_MP4, "mp4"),
        (Medium.VOICE, OGG, "ogg"),
        (Medium.VOICE, M4A, "m4a"),
        (Medium.VOICE, MP4, "mp4"),
        (Medium.DOCUMENT, PDF, "pdf"),
        (Medium.DOCUMENT, b"MZ\x90\x00", "bin"),
        (Medium.AUDIO, MP3, "mp3"),
        (Medium.ANIMATION, GIF, "gif"),
    ],
)
def test_what_is_as_it_was_sent_is_kept(medium: Medium, content: bytes, ending: str) -> None:
    assert check(medium, content) == ending


@pytest.mark.parametrize(
    ("medium", "content"),
    [(Medium.PHOTO, b"MZ\x90\x00"), (Medium.PHOTO, PDF), (Medium.PHOTO, MP4), (Medium.VIDEO, JPG), (Medium.VOICE, PNG)],
)
def test_what_is_not_what_it_was_sent_as_is_not_kept(medium: Medium, content: bytes) -> None:
    with pytest.raises(Unwanted, match="wrong_type"):
        check(medium, content)


@pytest.mark.parametrize("medium", Medium)
def test_nothing_and_too_much_are_not_kept(medium: Medium) -> None:
    with pytest.raises(Unwanted, match="empty"):
        check(medium, b"")
    with pytest.raises(Unwanted, match="too_large"):
        check(medium, JPG + bytes(SIZE_LIMIT))


@given(st.sampled_from([JPG, PNG, WEBP, MP4, WEBM, OGG, MP3, PDF, GIF, b"MZ", b"PK\x03\x04", b""]), st.binary())
def test_no_bytes_get_an_ending_that_a_machine_would_run(beginning: bytes, content: bytes) -> None:
    kind = kind_of(beginning + content)

    assert kind.ending in {"pdf", "bin"} or kind.top_level in {"image", "audio", "video"}
