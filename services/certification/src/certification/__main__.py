"""`python -m certification serve|work|migrate|seed|…`"""

import chassis.start
from certification.app import SERVICE
from chassis.cli import main

chassis.start.imported()
main(SERVICE)
