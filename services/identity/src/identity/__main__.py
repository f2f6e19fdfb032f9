"""`python -m identity serve|work|migrate|seed|…`"""

import chassis.start
from chassis.cli import main
from identity.app import SERVICE

chassis.start.imported()
main(SERVICE)
