"""`python -m certification serve|work|migrate|seed|…`"""

from certification.app import SERVICE
from chassis.cli import main

main(SERVICE)
