"""What funding holds about people. All of it is by number, and all of it says why public money moved: it stays.

UK GDPR Article 17(3)(b) lets stay what the law asks for. Names are in identity, and gone from there.
"""

from chassis.holdings import Holding, Holdings
from funding.base import Base

MONEY = "Records of public money, kept for six years after the last payment; sealed, so that nobody alters them."

HOLDINGS = Holdings(
    Base.metadata,
    Holding("booking", because=MONEY),
    Holding("completion", because=MONEY),
    Holding("held_certificate", because=MONEY),
    Holding("quote", because=MONEY),
    Holding("fee", because=MONEY),
    Holding("bursary", because=MONEY),
    Holding("fact_override", because=MONEY),
    Holding("review_task", because=MONEY),
)
