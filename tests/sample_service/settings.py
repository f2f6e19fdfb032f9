"""Settings of the sample."""

from pydantic import PositiveInt

from chassis.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="SAMPLE_"):
    """What the sample adds to every service's settings."""

    places: PositiveInt = 1_000
