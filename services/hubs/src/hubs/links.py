"""Links that we show to others."""

from typing import Annotated

from pydantic import StringConstraints

PublicLink = Annotated[
    str,
    StringConstraints(
        pattern=r"^https://([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\.)+[a-zA-Z]{2,24}(/[!-~]*)?$", max_length=500
    ),
]
"""An https address at a name: no password in it, no port, no bare number of a machine."""
