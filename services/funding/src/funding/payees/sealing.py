"""Bank details at rest: one text of fourteen digits, sealed for the row it belongs to."""

from dataclasses import dataclass
from uuid import UUID

from chassis.sealing import Sealed, SealingKeys


@dataclass(frozen=True)
class BankAccount:
    """Sort code of six digits and account number of eight."""

    sort_code: str
    account_number: str

    def __repr__(self) -> str:
        return f"BankAccount(…{self.account_number[-4:]})"


def seal(keys: SealingKeys, account: BankAccount, details_id: UUID) -> Sealed:
    """Seal with the first key; what is sealed opens for these details only."""
    return keys.seal(f"{account.sort_code}{account.account_number}", details_id)


def open_account(keys: SealingKeys, sealed: Sealed, details_id: UUID) -> BankAccount:
    """What was sealed, or SealBroken."""
    written = keys.open(sealed, details_id)
    return BankAccount(written[:6], written[6:])
