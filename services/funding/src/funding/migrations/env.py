"""Alembic's entry point; the work is chassis's."""

from chassis.migrate import run_env
from funding.app import SERVICE

run_env(SERVICE.metadata)
