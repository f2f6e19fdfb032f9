"""The first thing that a process of a service imports: nothing is collected until everything else is there.

What is imported stays for good. A collector that walks through it again and again takes a third of a start.
"""

import gc
import sys

if "pydantic" not in sys.modules:  # who walks through all modules has everything already, and goes on
    gc.disable()


def imported() -> None:
    """Everything is there, and is left alone from now on; what is made from now on is collected."""
    gc.freeze()
    gc.enable()
