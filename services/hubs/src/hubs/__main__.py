"""`python -m hubs serve|work|migrate|seed|…`."""

import chassis.start
from chassis.cli import main
from hubs.app import SERVICE

chassis.start.imported()
main(SERVICE)
