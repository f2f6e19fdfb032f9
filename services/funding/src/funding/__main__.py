"""`python -m funding …`"""

from chassis.cli import main
from funding.app import SERVICE

main(SERVICE)
