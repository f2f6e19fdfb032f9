"""Files that only we may read, written whole or not at all."""

import os
from pathlib import Path


def write_private(path: Path, content: str) -> None:
    """Put `content` at `path` in one step: a reader, a kill or a power cut meets the old file or the new, never a half.

    Once we return, the new one survives a power cut: what is sealed by a key outlives it.
    """
    scratch = path.with_name(f"{path.name}.new")
    descriptor = os.open(scratch, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    scratch.replace(path)
    sync_names(path.parent)


def sync_names(folder: Path) -> None:
    """Let the names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
