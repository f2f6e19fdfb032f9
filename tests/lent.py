"""A database server lent to runs of tests in forked processes, so that none starts its own."""

from ncce_cli.postgres import RunningPostgres

SERVER: list[RunningPostgres] = []
"""The server, if there is one."""
DATABASES_OF_A_PROCESS = 1000
