"""The form of an API key: `ncce_<live|test>_<id>_<secret>_<check>`.

The check is a CRC-32 of all before it, so that a scanner of published code can tell a real key from a lookalike without
asking us, and a mistyped key is refused without a look at the database.
"""

import hashlib
import ipaddress
import re
import secrets
import string
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from identity.api_keys.models import Environment

LIVE_KEYS_PER_ORGANISATION = 2
LIFETIME_DAYS_MAX = 365
LAST_USED_RESOLUTION = timedelta(minutes=1)
NETWORKS_MAX = 20
REQUESTS_PER_MINUTE_MAX = 100_000
OVERLAP_DAYS_MAX = 30
NOTICE_DAYS = (30, 7, 1)
"""So many days before a key stops working, its managers are told."""

DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
ID_LENGTH = 10
SECRET_BITS = 256
SECRET_LENGTH = 43  # 62^43 is the first power of 62 above 2^256
CHECK_LENGTH = 6  # 62^6 is the first above 2^32
FORM = re.compile(
    rf"ncce_(live|test)_([0-9A-Za-z]{{{ID_LENGTH}}})_[0-9A-Za-z]{{{SECRET_LENGTH}}}_[0-9A-Za-z]{{{CHECK_LENGTH}}}"
)


@dataclass(frozen=True)
class NewKey:
    """A key on the day it is made, the only day on which its text exists here."""

    text: str
    public_id: str


def make_key(environment: Environment) -> NewKey:
    """A fresh key with a secret of 256 random bits."""
    public_id = "".join(secrets.choice(DIGITS) for _ in range(ID_LENGTH))
    secret = base62(secrets.randbits(SECRET_BITS), SECRET_LENGTH)
    body = f"ncce_{environment.value}_{public_id}_{secret}"
    return NewKey(f"{body}_{check_of(body)}", public_id)


def public_id_of(text: str) -> str | None:
    """The id in a key, or None when it has not the form or the check of a key."""
    form = FORM.fullmatch(text)
    body, _, check = text.rpartition("_")
    return form.group(2) if form and check == check_of(body) else None


def check_of(body: str) -> str:
    """The last part of a key, from the parts before."""
    return base62(zlib.crc32(body.encode()), CHECK_LENGTH)


def base62(number: int, length: int) -> str:
    """A number in base 62, padded with zeros."""
    digits = ""
    for _ in range(length):
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits


def key_digest(text: str) -> bytes:
    """What is stored of a key."""
    return hashlib.sha256(text.encode()).digest()


def end_of(expires_on: date) -> datetime:
    """The instant from which a key that expires on a day is refused: the end of that day, UTC."""
    return datetime.combine(expires_on + timedelta(days=1), time(), tzinfo=UTC)


def network(text: str) -> str:
    """An address or a network as CIDR in its one written form; ValueError for anything else."""
    return str(ipaddress.ip_network(text.strip()))


def notice_due(expires_on: date, today: date) -> int | None:
    """Which notice a key's managers should have by now: the latest that has come up, None as long as none has."""
    days_left = (expires_on - today).days
    return min((days for days in NOTICE_DAYS if days_left <= days), default=None) if days_left >= 0 else None
