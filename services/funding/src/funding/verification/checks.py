"""Every rule between records, and those that hold the database's own guards."""

from funding.verification.bookings import BOOKED
from funding.verification.decisions import DECISIONS
from funding.verification.findings import Check
from funding.verification.grants import GRANTS
from funding.verification.ledger import LEDGER, MONTHS
from funding.verification.lives import LIVES
from funding.verification.payables import PAYABLES
from funding.verification.payees import PAYEES
from funding.verification.payments import PAYMENTS
from funding.verification.people import PEOPLE
from funding.verification.recoveries import RECOVERIES
from funding.verification.returns import RETURNS
from funding.verification.statements import STATEMENTS

GUARDS = (
    Check(
        "guards-are-on",
        """
        SELECT tgrelid::regclass || ':' || tgname AS subject, 'This guard of the database is switched off.' AS detail
        FROM pg_trigger WHERE tgenabled = 'D' AND tgrelid IN
            (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
        """,
    ),
)

CHECKS = (
    *(*LEDGER, *BOOKED, *PAYMENTS, *PAYEES, *PEOPLE, *DECISIONS, *STATEMENTS, *RECOVERIES, *MONTHS),
    *(*LIVES, *GRANTS, *PAYABLES, *RETURNS, *GUARDS),
)
