"""A BACS Standard 18 file for one processing day: labels of 80 characters, records of 100, fixed places.

Places are those that banks publish for submitters: destination 1-14, type 15, code 16-17 (99 a credit, 17 the contra
that debits the whole), origin 18-31, pence 36-46, originator 47-64, reference 65-82, payee 83-100. Letters are
capital; what BACS does not know becomes a space. No bank has accepted a file of ours yet: try one with yours.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

CREDIT, CONTRA = "99", "17"
NOT_KNOWN = re.compile(r"[^A-Z0-9.&/ -]")
MOST_PENCE = 10**11 - 1
"""What eleven digits hold."""


@dataclass(frozen=True)
class Originator:
    """Who pays: the service user number, and the account that is debited."""

    service_user_number: str
    sort_code: str
    account_number: str
    name: str


@dataclass(frozen=True)
class Credit:
    """One payment."""

    sort_code: str
    account_number: str
    amount_pence: int
    reference: str
    payee_name: str


class NotInBacs(ValueError):
    """A payment that the format cannot hold."""


def written(originator: Originator, credits: Sequence[Credit], made_on: date, processing_on: date, serial: str) -> str:
    """The whole file, a line for each label and record. `serial` is of six characters and names the submission."""
    total = sum(credit.amount_pence for credit in credits)
    if not credits or any(not 0 < credit.amount_pence <= MOST_PENCE for credit in credits) or total > MOST_PENCE:
        raise NotInBacs("amounts are from a penny to eleven digits of pence, also in sum")
    head = _file_label(originator, made_on, serial)
    lines = [
        _padded(f"VOL1{serial}".ljust(41) + originator.service_user_number, 79) + "1",
        _padded(f"HDR1{head}", 80),
        _padded(f"HDR2F0200000100{' ' * 35}00", 80),
        _padded(f"UHL1 {processing_on:%y%j}999999    000000001 DAILY  001", 80),
        *_records(originator, credits, total),
        _padded(f"EOF1{head}", 80),
        _padded(f"EOF2F0200000100{' ' * 35}00", 80),
        _padded(f"UTL1{total:013}{total:013}{1:07}{len(credits):07}", 80),
    ]
    return "".join(f"{line}\r\n" for line in lines)


def known(text: str, width: int) -> str:
    """A text as BACS can carry it, of exactly this width."""
    return NOT_KNOWN.sub(" ", text.upper())[:width].ljust(width)


def _file_label(originator: Originator, made_on: date, serial: str) -> str:
    number = originator.service_user_number
    identifier = f"A{number}S  1{number}"
    return f"{identifier}{serial}00010001      {' '}{made_on:%y%j} {made_on:%y%j} 000000"


def _records(originator: Originator, credits: Sequence[Credit], total: int) -> Iterator[str]:
    name = known(originator.name, 18)
    origin = f"{originator.sort_code}{originator.account_number}"
    for credit in credits:
        to = f"{credit.sort_code}{credit.account_number}"
        yield _record(to, CREDIT, origin, credit.amount_pence, name, credit.reference, credit.payee_name)
    yield _record(origin, CONTRA, origin, total, name, "CONTRA", originator.name)


def _record(to: str, code: str, origin: str, pence: int, name: str, reference: str, payee: str) -> str:
    return f"{to}0{code}{origin}    {pence:011}{name}{known(reference, 18)}{known(payee, 18)}"


def _padded(label: str, width: int) -> str:
    return label.ljust(width)
