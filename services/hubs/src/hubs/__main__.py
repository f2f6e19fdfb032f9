"""`python -m hubs serve|work|migrate|seed|…`."""

from chassis.cli import main
from hubs.app import SERVICE

main(SERVICE)
