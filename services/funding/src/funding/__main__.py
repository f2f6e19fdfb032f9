"""`python -m funding …`; beside the jobs that every service has, `verify` and `reseal-payees`."""

import sys

import chassis.start
from chassis.cli import main
from funding.app import SERVICE
from funding.payees import resealing
from funding.verification import job

OWN = {"verify": job.main, "reseal-payees": resealing.main}

chassis.start.imported()
if (own := OWN.get(" ".join(sys.argv[1:2]))) is not None:
    sys.exit(own(sys.argv[2:]))
main(SERVICE)
