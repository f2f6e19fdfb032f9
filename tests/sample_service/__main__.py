"""`python -m sample_service serve|work|migrate|…`"""

from chassis.cli import main
from sample_service.app import SERVICE

main(SERVICE)
