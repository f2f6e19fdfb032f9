"""Settings of the funding service, read from `FUNDING_…`."""

from typing import Annotated, cast

from fastapi import Depends, Request
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import SettingsConfigDict
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import db
from chassis import service as chassis_service
from chassis.sealing import SealingKeys
from chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    """What moving money needs beyond the house's settings: rules, rates and budgets are data."""

    model_config = SettingsConfigDict(env_prefix="FUNDING_", hide_input_in_errors=True)

    payee_keys: SecretStr
    """JSON Web Key Set of symmetric keys of 256 bits: the first seals bank details, all open them. A key that has
    sealed details stays in the set until `reseal` has sealed them anew."""
    payee_cooling_off_hours: int = Field(default=72, ge=0, le=24 * 28)
    """From the approval of bank details until a payment may use them."""
    modulus_weights_file: str = ""
    """A file of modulus weights as the company behind BACS publishes it; account numbers are checked by it if given."""
    large_payment_pence: int = Field(default=500_000, ge=1)
    """A payment of so much or more makes its run need a fourth person: another than checked it has to approve it."""
    large_run_pence: int = Field(default=5_000_000, ge=1)
    """A run of so much or more needs a fourth person too."""
    recent_proof_minutes: int = Field(default=10, ge=0, le=120)
    """How long ago somebody may have proven a second factor who checks, approves, releases or confirms a payment run,
    takes a bank file, or changes where money goes; 0 asks for none. What `up` starts for trying out asks for none."""
    bacs_service_user_number: str = Field(default="", pattern=r"^([0-9]{6})?$")
    """Six digits by which the bank knows us. Without it and the next three no run can be released."""
    bacs_sort_code: str = Field(default="", pattern=r"^([0-9]{6})?$")
    """Of the account that is debited."""
    bacs_account_number: SecretStr = SecretStr("")
    """Of the account that is debited, eight digits."""
    bacs_account_name: str = Field(default="", max_length=18)
    """As payees read it on their statements."""

    @field_validator("payee_keys")
    @classmethod
    def _keys_are_usable(cls, keys: SecretStr) -> SecretStr:
        SealingKeys.load(keys.get_secret_value())
        return keys

    @property
    def loaded_payee_keys(self) -> SealingKeys:
        """The keys that seal bank details."""
        return SealingKeys.load(self.payee_keys.get_secret_value())


async def _settings(request: Request) -> Settings:
    return cast(Settings, chassis_service.settings_of(request))


OwnSettings = Annotated[Settings, Depends(_settings)]
"""The settings of the process that serves this request."""


def settings_in(session: AsyncSession) -> Settings:
    """The settings of the process that runs this transaction."""
    return cast(Settings, db.settings_in(session))
