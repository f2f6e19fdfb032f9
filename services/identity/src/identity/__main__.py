"""`python -m identity serve|work|migrate|seed|…`"""

from chassis.cli import main
from identity.app import SERVICE

main(SERVICE)
