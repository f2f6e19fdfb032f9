"""How long things last and how many failures are free."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from identity.browser_sessions.models import BrowserSession
from identity.people.models import Role
from identity.sessions.models import SignIn

STAFF_ROLES = frozenset(role.value for role in Role) - {Role.SCHOOL_LEAD.value}
"""Roles that work for the programme. A role that is new is one of them until it is said that it is not."""


@dataclass(frozen=True)
class Lifetimes:
    """How long a sign-in lasts whatever its use, and how long one by cookie lasts without any."""

    absolute: timedelta
    idle: timedelta


STAFF = Lifetimes(absolute=timedelta(hours=12), idle=timedelta(hours=1))
TEACHERS = Lifetimes(absolute=timedelta(days=30), idle=timedelta(days=7))


def lifetimes_of(roles: Iterable[str]) -> Lifetimes:
    """The lifetimes for somebody who holds these roles."""
    return STAFF if STAFF_ROLES.intersection(roles) else TEACHERS


REPLACED_GRACE = timedelta(seconds=10)
"""How long a cookie that was replaced still works: the page's other requests are under way with it."""
LAST_SEEN_RESOLUTION = timedelta(minutes=1)
SESSION_BELIEVED = timedelta(minutes=1)
"""How long the gateway may go by an answer about a cookie."""


def session_until(sign_in: SignIn, row: BrowserSession, idle: timedelta) -> datetime:
    """From when on a value of the cookie works no more, as things stand."""
    ends = [sign_in.expires_at, row.last_seen_at + idle]
    if row.replaced_at is not None:
        ends.append(row.replaced_at + REPLACED_GRACE)
    return min(ends)


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


def factor_allowance(person_id: str, free_failures: int) -> Allowance:
    """For the second factors of one person."""
    return Allowance("factor:" + _digest(person_id), free_failures)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def successor(token: str, salt: bytes) -> str:
    """The refresh token after this one. Neither the token nor the salt alone tells anything about it."""
    return hmac.digest(salt, token.encode(), "sha256").hex()
