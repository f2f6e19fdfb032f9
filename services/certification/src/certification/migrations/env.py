"""Alembic's entry point; the work is chassis's."""

from certification.app import SERVICE
from chassis.migrate import run_env

run_env(SERVICE.metadata)
