"""Settings of the hubs service, read from `HUBS_*`."""

from chassis.settings import ServiceSettings


class Settings(ServiceSettings, env_prefix="HUBS_"):
    """What every service has; hubs adds nothing."""
