"""What is wrong with a file, and where in it."""

from pydantic import BaseModel, ConfigDict, Field


class Problem(BaseModel):
    """One fault: its path in the file, the line where that begins, and what is wrong in words."""

    model_config = ConfigDict(frozen=True)

    path: tuple[str | int, ...] = Field(examples=[["projects", 3, "size", "schools_of_group", "minimum"]])
    line: int | None = None
    says: str

    def where(self) -> str:
        """The path as people write it: `projects[3].size`."""
        written = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in self.path)
        return written.removeprefix(".")
