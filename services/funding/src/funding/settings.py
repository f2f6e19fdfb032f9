"""Settings of the funding service, read from `FUNDING_…`."""

from pydantic_settings import SettingsConfigDict

from chassis.settings import ServiceSettings


class Settings(ServiceSettings):
    """Nothing beyond what every service needs: rules, rates and budgets are data."""

    model_config = SettingsConfigDict(env_prefix="FUNDING_")
