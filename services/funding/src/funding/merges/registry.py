"""Why nothing in funding moves when two people are merged.

Records of money say who it was for when it moved; they are sealed, and payments, claims and bursaries name one
another's people. So they are read by all ids of a person (`chassis.known_as.is_theirs`), and caps count them together.
"""

from chassis.merged_people import PersonTables
from funding.base import Base

MONEY = "Says why public money moved, under the id it moved for; sealed. Read and counted by all ids of the person."
COPY = "A copy of what another service tells, under the id it was told of. Read by all ids of the person."
ASKED = "A question about the id and its school; answered anew where it is asked anew."

TABLES = PersonTables(
    Base.metadata,
    moves={},
    stays={
        "booking": COPY,
        "completion": COPY,
        "held_certificate": COPY,
        "quote": MONEY,
        "fee": MONEY,
        "bursary": MONEY,
        "fact_override": ASKED,
        "review_task": ASKED,
    },
)
