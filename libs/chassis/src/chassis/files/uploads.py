"""One file out of a form, written aside as it arrives, so that memory does not grow with it."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from fastapi import Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from chassis.files.findings import TooLarge, Unreadable

FORM_BYTES = 32 * 1024
"""What may be around the file."""
FIELD = b"file"
NAME_LENGTH = 120


@dataclass
class _Form:
    """Called by the parser: collects what is of the one part there may be."""

    name: str | None = None
    parts: int = 0
    is_complete: bool = False
    pending: list[bytes] = field(default_factory=list)
    _header: bytes = b""
    _value: bytes = b""

    def on_part_begin(self) -> None:
        self.parts += 1

    def on_header_field(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def on_header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def on_header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            if options.get(b"name") != FIELD or b"filename" not in options:
                raise Unreadable("there is another part in it")
            self.name = options[b"filename"].decode("utf-8", "replace")
        self._header = self._value = b""

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        self.pending.append(data[start:end])

    def on_end(self) -> None:
        self.is_complete = True


async def receive(request: Request, path: Path, most_bytes: int) -> str:
    """Write the file of a request to a path; its name, fit to be shown. Unreadable, TooLarge."""
    form = _Form()
    parser = _parser(request, form)
    received = size = 0
    file = await asyncio.to_thread(path.open, "xb")
    try:
        async for chunk in request.stream():
            received += len(chunk)
            if received > most_bytes + FORM_BYTES:
                raise TooLarge
            _parse(parser, chunk)
            block = b"".join(form.pending)
            form.pending.clear()
            size += len(block)
            if size > most_bytes:
                raise TooLarge
            await asyncio.to_thread(file.write, block)
    finally:
        await asyncio.to_thread(file.close)
    if form.parts != 1 or not form.is_complete or form.name is None or not size:
        raise Unreadable("there is no file in it, or not all of it arrived")
    return shown_name(form.name)


async def drain(request: Request, most_bytes: int) -> None:
    """Read what is still coming and keep none of it. TooLarge."""
    received = 0
    async for chunk in request.stream():
        received += len(chunk)
        if received > most_bytes + FORM_BYTES:
            raise TooLarge


def _parser(request: Request, form: _Form) -> MultipartParser:
    media_type, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    if media_type != b"multipart/form-data" or not 1 <= len(boundary) <= 70:
        raise Unreadable("the content type is another one")
    names = [name for name in vars(_Form) if name.startswith("on_")]
    return MultipartParser(boundary, {name: getattr(form, name) for name in names})  # type: ignore[arg-type] # a TypedDict made by name


def _parse(parser: MultipartParser, chunk: bytes) -> None:
    try:
        parser.write(chunk)
    except FormParserError as error:
        raise Unreadable("its parts cannot be told apart") from error


def shown_name(told: str) -> str:
    """What the owner calls the file, without directories and what cannot be seen."""
    last = told.replace("\\", "/").rpartition("/")[2]
    shown = "".join(one if one.isprintable() else " " for one in last).strip(". ")
    return " ".join(shown.split())[:NAME_LENGTH] or "file"
