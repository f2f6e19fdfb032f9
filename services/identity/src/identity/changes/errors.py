"""Refusals about the change feed."""

from chassis.errors import Gone


class CursorExpired(Gone):
    """The feed has begun anew since this cursor was given out."""

    code, title = "cursor-expired", "Read everything anew"

    def __init__(self) -> None:
        super().__init__("Forget the cursor and what you hold, and read the feed from its beginning.")
