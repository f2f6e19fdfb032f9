"""Alembic's entry for this service."""

from chassis.migrate import run_env
from funding.app import SERVICE

run_env(SERVICE.metadata)
