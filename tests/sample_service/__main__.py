"""`python -m sample_service serve|work|migrate|…`"""

import chassis.start
from chassis.cli import main
from sample_service.app import SERVICE

chassis.start.imported()
main(SERVICE)
