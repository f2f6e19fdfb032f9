"""Files that only we may read, written whole or not at all."""

import os
from pathlib import Path


def write_private(path: Path, content: str) -> None:
    """Put `content` at `path` in one step: a reader, or a kill, meets the old file or the new one, never a half."""
    scratch = path.with_name(f"{path.name}.new")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
    scratch.replace(path)
