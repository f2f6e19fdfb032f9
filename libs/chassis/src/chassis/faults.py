"""Failpoints: places where a test may kill the process, to prove that nothing acknowledged is lost there."""

import os
import signal

_armed = ""


def arm(name: str) -> None:
    """Arm one failpoint by name; the empty name arms none."""
    global _armed
    _armed = name


def fault(name: str) -> None:
    """Die here, as by power cut, when this failpoint is armed."""
    if _armed and _armed == name:
        os.kill(os.getpid(), signal.SIGKILL)
