"""How long a public reply may be kept by whoever stands between us and the reader."""

from fastapi import Depends, Response


async def _public_for_minutes(response: Response) -> None:
    response.headers["Cache-Control"] = "public, max-age=300"


PUBLIC_FOR_MINUTES = Depends(_public_for_minutes)
"""In a route's `dependencies`: reference data that changes seldom, good for five minutes in any cache."""
