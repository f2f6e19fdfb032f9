"""Bank details under the first of the payee keys. They are shown to nobody and stay what they were: each account is
opened and held against the digits that are kept beside it before it is sealed again.
"""

from typing import cast

from chassis.resealing import SealedColumn, Told
from chassis.sealing import SealBroken, Sealed, SealingKeys
from chassis.settings import ServiceSettings
from funding.payees.models import PayeeDetails
from funding.payees.sealing import BankAccount, open_account, seal
from funding.settings import Settings


def opened(keys: SealingKeys, details: PayeeDetails) -> BankAccount:
    """The account, if it opens and ends as the digits beside it say, or SealBroken."""
    account = open_account(keys, Sealed(details.key_id, details.sealed), details.id)
    ends = (account.account_number[-4:], account.sort_code[-2:])
    if ends != (details.account_ending, details.sort_code_ending):
        raise SealBroken(f"details {details.id} end in another way")
    return account


def _seal_anew(keys: SealingKeys, details: PayeeDetails) -> None:
    sealed = seal(keys, opened(keys, details), details.id)
    details.key_id, details.sealed = sealed.key_id, sealed.content


def _keys(settings: ServiceSettings) -> SealingKeys:
    return cast(Settings, settings).loaded_payee_keys


def _told(details: PayeeDetails) -> Told:
    return f"payee:{details.payee_id}", {"version": details.version}


PAYEE_DETAILS = SealedColumn(
    model=PayeeDetails,
    row_id=PayeeDetails.id,
    key_id=PayeeDetails.key_id,
    keys=_keys,
    seal_anew=_seal_anew,
    action="payee_details.resealed",
    told=_told,
)
