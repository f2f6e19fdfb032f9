"""`python -m funding …`; beside the jobs that every service has, `verify`."""

import sys

import chassis.start
from chassis.cli import main
from funding.app import SERVICE
from funding.verification import job

chassis.start.imported()
if sys.argv[1:2] == ["verify"]:
    sys.exit(job.main(sys.argv[2:]))
main(SERVICE)
