"""Alembic's entry point; the chassis does the rest."""

from chassis.migrate import run_env
from sample_service.app import SERVICE

run_env(SERVICE.metadata)
