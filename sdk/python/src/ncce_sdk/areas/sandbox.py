"""Sandbox. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.sandbox import ClockMovement, ClockOut, SandboxReset
from ncce_sdk.transport import Area, answer


class SandboxArea(Area):
    """The clock of the sandbox, and beginning again there."""

    def move_sandbox_clock(self, body: ClockMovement, *, idempotency_key: str | None = None) -> ClockOut:
        """Let time pass, for everybody in the sandbox: what is due by then happens, and what ends by then is over."""
        return answer(
            ClockOut,
            self._transport.send(
                "POST", "/v1/sandbox/clock", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def reset_sandbox(self) -> SandboxReset:
        """Begin again: what your organisation tried out goes, others' stays, and the scenarios are laid out anew."""
        return answer(SandboxReset, self._transport.send("POST", "/v1/sandbox/reset"))

    def show_sandbox_clock(self) -> ClockOut:
        """What time it is in the sandbox."""
        return answer(ClockOut, self._transport.send("GET", "/v1/sandbox/clock"))
