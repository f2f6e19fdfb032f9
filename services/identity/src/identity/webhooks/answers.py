"""What came of one request to a partner's address."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """What came of one request: a status with the beginning of a body, or an error."""

    status: int | None = None
    body: bytes = b""
    error: str | None = None

    @property
    def is_success(self) -> bool:
        """Whether it was taken."""
        return self.status is not None and 200 <= self.status < 300
