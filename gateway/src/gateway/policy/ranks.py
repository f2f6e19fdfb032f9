"""Who is served first where there is not enough for all."""

from enum import IntEnum
from typing import Final


class Rank(IntEnum):
    """Of requests: a service that is nearly full takes none of the later ranks, and of those who wait the first."""

    FIRST = 0
    """Signing in, checking tokens and certificates, places and money."""
    WRITE = 1
    """Every other change."""
    READ = 2
    """Lists and single things that are looked at."""
    LAST = 3
    """Exports, reports, dashboards: what somebody can ask for again in a minute."""


SHARES: Final = (1.0, 0.95, 0.9, 0.5)
"""Of the questions that may be under way at a service: a rank's are let in as long as all together are fewer."""
ONES_SHARE: Final = 0.3
"""Of the same, and of those that wait: whoever is one caller, or one organisation, has no more of them."""
ONES_LEAST: Final = 6
"""But as many as a browser asks at once, also of a service that can bear little."""
LEAST_SHARE: Final = min(*SHARES, ONES_SHARE)
