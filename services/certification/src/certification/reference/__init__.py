"""Reference data of this service; README.md beside it names the sources."""

from importlib.resources import files
from typing import TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")


def read(name: str, kind: type[T]) -> list[T]:
    """The records of one file, validated; ValidationError names what is wrong in it."""
    return TypeAdapter(list[kind]).validate_json((files(__name__) / name).read_bytes())  # type: ignore[valid-type] # kind is a class at run time
