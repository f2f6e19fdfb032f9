"""Faults that a partner's program asks for, to see what it does about them: with a test key, and with no other."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from chassis.refusals import SandboxOnly, ServiceError
from gateway.problems import RateLimited, SandboxFaultUnknown, UpstreamUnavailable

HEADER: Final = b"ncce-sandbox-fault"
LONGEST_SECONDS: Final = 30
_SLOW: Final = re.compile(rb"slow-([1-9][0-9]?)s")
_RETRY_SECONDS: Final = 1

Loss = Literal["timeout", "disconnect"]


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong with one request."""

    refusal: ServiceError | None = None
    """Instead of passing it on: nothing is done."""
    wait_seconds: int = 0
    """Before it is passed on."""
    loss: Loss | None = None
    """What becomes of the answer to a request that was carried out."""


def read_fault(value: bytes, *, is_test: bool) -> Fault:
    """The fault that a header asks for; SandboxOnly where nothing may go wrong on purpose."""
    if not is_test:
        raise SandboxOnly("Faults are made for test keys only. Nothing was done.")
    if value == b"503":
        return Fault(UpstreamUnavailable("Asked for. Nothing was done; try again.", retry_after_seconds=_RETRY_SECONDS))
    if value == b"429":
        return Fault(RateLimited("Asked for. Nothing was done.", retry_after_seconds=_RETRY_SECONDS))
    if value == b"timeout":
        return Fault(loss="timeout")
    if value == b"disconnect":
        return Fault(loss="disconnect")
    slow = _SLOW.fullmatch(value)
    if slow is None or int(slow[1]) > LONGEST_SECONDS:
        raise SandboxFaultUnknown(
            f"NCCE-Sandbox-Fault is 503, 429, timeout, disconnect, or slow-1s to slow-{LONGEST_SECONDS}s."
        )
    return Fault(wait_seconds=int(slow[1]))
