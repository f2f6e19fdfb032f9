"""How long things last and how many failures are free."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

SIGN_IN_LIFETIME = timedelta(days=30)

LOST_REPLY_GRACE = timedelta(seconds=10)
"""How long a used refresh token yields its successor again: a client whose reply was lost must not be signed out."""

FAILURES_PERIOD = timedelta(minutes=15)
LONGEST_DELAY_SECONDS = 60


@dataclass(frozen=True)
class Allowance:
    """Whose failures are counted, and how many are free within FAILURES_PERIOD; each further one doubles the wait."""

    subject: str
    free_failures: int


def account_allowance(email_key: str) -> Allowance:
    """For one account name, whether or not there is such an account."""
    return Allowance("account:" + _digest(email_key), free_failures=10)


def address_allowance(client_address: str) -> Allowance:
    """For one network address; generous, as a whole school may share one."""
    return Allowance("address:" + _digest(client_address), free_failures=100)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def successor(token: str, salt: bytes) -> str:
    """The refresh token after this one. Neither the token nor the salt alone tells anything about it."""
    return hmac.digest(salt, token.encode(), "sha256").hex()
