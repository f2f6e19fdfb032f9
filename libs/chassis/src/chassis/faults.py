"""Failpoints: places where a test may stop the process short, to prove that nothing acknowledged is lost there."""

import os
import signal

KILL, HANG, ERROR = "kill", "hang", "error"

_armed = ""


class FaultInjected(OSError):
    """What a test asked for, as an error that somebody else's program might have given."""


def arm(name: str) -> None:
    """Arm one failpoint by name, or as `name:hang` and `name:error`, which happen once; the empty name arms none."""
    global _armed
    _armed = name


def fault(name: str) -> None:
    """When this failpoint is armed: die here, as by power cut; or stand still until somebody says to go on; or fail."""
    point, _, how = _armed.partition(":")
    if not _armed or point != name:
        return
    if how in ("", KILL):
        os.kill(os.getpid(), signal.SIGKILL)
    arm("")
    if how == HANG:
        os.kill(os.getpid(), signal.SIGSTOP)
    elif how == ERROR:
        raise FaultInjected(f"an error at {name}, on purpose")
