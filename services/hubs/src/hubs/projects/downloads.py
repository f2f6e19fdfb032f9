"""Documents as answers: files that a browser saves and a person edits."""

from typing import Any, Literal

from fastapi import Response
from pydantic import BaseModel

from hubs.projects.files import write_json, write_yaml

Format = Literal["yaml", "json"]
MEDIA_TYPES = {"yaml": "application/yaml", "json": "application/json"}
FILES: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {"schema": {"type": "string"}} for kind in MEDIA_TYPES.values()}}
}


def file_response(document: BaseModel, name: str, written: Format) -> Response:
    """The document in the format asked for."""
    text = write_yaml(document) if written == "yaml" else write_json(document)
    headers = {"Content-Disposition": f'attachment; filename="{name}.{written}"'}
    return Response(text, headers=headers, media_type=MEDIA_TYPES[written])
