"""What can be said of an account number without asking a bank: its form, and the modulus check of its sort code.

The weights belong to the company that runs BACS and are not ours to ship: `read_weights` takes its file's format, of
which an operator may have a copy. Lines with an exception code say nothing here, so that no right account is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from funding.payees.sealing import BankAccount

WEIGHTS = 14


class ModulusCheck(StrEnum):
    """What the check says."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    """No rule is known for the sort code."""


@dataclass(frozen=True)
class Weighing:
    """One line of the weights: sort codes from first to last, the method, and a weight for each of the 14 digits."""

    first: str
    last: str
    method: str
    weights: tuple[int, ...]
    is_plain: bool
    """Whether no exception changes the sum."""


def read_weights(lines: Iterable[str]) -> list[Weighing]:
    """The lines of a file of weights: first, last, MOD10, MOD11 or DBLAL, 14 weights, perhaps an exception."""
    found = []
    for line in lines:
        parts = line.split()
        if len(parts) >= 3 + WEIGHTS:
            weights = tuple(int(part) for part in parts[3 : 3 + WEIGHTS])
            found.append(Weighing(parts[0], parts[1], parts[2], weights, len(parts) == 3 + WEIGHTS))
    return found


def check_modulus(account: BankAccount, weighings: Sequence[Weighing]) -> ModulusCheck:
    """Whether the digits fit together; every line for the sort code has to hold."""
    found = [one for one in weighings if one.first <= account.sort_code <= one.last]
    if not found or not all(one.is_plain for one in found):
        return ModulusCheck.UNKNOWN
    return ModulusCheck.PASSED if all(_holds(account, one) for one in found) else ModulusCheck.FAILED


def _holds(account: BankAccount, weighing: Weighing) -> bool:
    digits = [int(digit) for digit in account.sort_code + account.account_number]
    products = [digit * weight for digit, weight in zip(digits, weighing.weights, strict=True)]
    if weighing.method == "DBLAL":
        return sum(int(digit) for product in products for digit in str(product)) % 10 == 0
    return sum(products) % (11 if weighing.method == "MOD11" else 10) == 0


def is_conceivable(account: BankAccount) -> bool:
    """Whether the form is right: six and eight digits, neither all the same nought."""
    return (
        len(account.sort_code) == 6
        and len(account.account_number) == 8
        and (account.sort_code + account.account_number).isascii()
        and (account.sort_code + account.account_number).isdigit()
        and int(account.sort_code) > 0
        and int(account.account_number) > 0
    )
