"""Registers. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.registers import (
    ClosureOut,
    CodeIn,
    CodeOut,
    HubsRegistersSchemasClosureIn,
    HubsRegistersSchemasDecisionOut,
    RegisterIn,
    RegisterListed,
    RegisterOut,
    SessionMarksIn,
    SignedIn,
    SignInWithCode,
)
from ncce_sdk.transport import Area, answer, segment


class RegistersArea(Area):
    """Who attended which session of a run."""

    def close_course_run(
        self, run_id: UUID, body: HubsRegistersSchemasClosureIn, *, idempotency_key: str | None = None
    ) -> ClosureOut:
        """Close a run that is over: every booking ends attended, incomplete or no-show. Closing again changes
        nothing.
        """
        return answer(
            ClosureOut,
            self._transport.send(
                "POST",
                f"/v1/course-runs/{segment(run_id)}/closure",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_register(self, course_run_id: UUID) -> RegisterOut:
        """Who holds a place and who came: session by session, in minutes, and whether that completes the run."""
        return answer(RegisterOut, self._transport.send("GET", f"/v1/registers/{segment(course_run_id)}"))

    def list_register_decisions(
        self, course_run_id: UUID, *, booking_id: UUID | None = None, limit: int | None = None
    ) -> Iterator[HubsRegistersSchemasDecisionOut]:
        """How outcomes were decided, oldest first: rule, inputs, and the reason of each correction."""
        return self._transport.each(
            HubsRegistersSchemasDecisionOut,
            "GET",
            f"/v1/registers/{segment(course_run_id)}/decisions",
            query={"booking_id": booking_id, "limit": limit},
        )

    def list_registers(
        self,
        *,
        status: Literal["open", "due", "overdue", "closed"] | None = None,
        hub_id: UUID | None = None,
        limit: int | None = None,
    ) -> Iterator[RegisterListed]:
        """Registers the caller keeps of runs that have begun, the longest over first. Nothing closes by itself."""
        return self._transport.each(
            RegisterListed, "GET", "/v1/registers", query={"status": status, "hub_id": hub_id, "limit": limit}
        )

    def mark_register(self, course_run_id: UUID, body: RegisterIn) -> RegisterOut:
        """Settle outcomes of the whole run, or correct them with a reason."""
        return answer(RegisterOut, self._transport.send("PUT", f"/v1/registers/{segment(course_run_id)}", body=body))

    def mark_session(self, course_run_id: UUID, session_id: UUID, body: SessionMarksIn) -> RegisterOut:
        """Mark one session. Outcomes are settled when the run is closed; after that a correction compensates."""
        return answer(
            RegisterOut,
            self._transport.send(
                "PUT", f"/v1/registers/{segment(course_run_id)}/sessions/{segment(session_id)}", body=body
            ),
        )

    def open_sign_in_code(self, course_run_id: UUID, session_id: UUID, body: CodeIn) -> CodeOut:
        """Open a code by which teachers sign in to the session. It replaces the one before, and is shown this
        once.
        """
        return answer(
            CodeOut,
            self._transport.send(
                "POST", f"/v1/registers/{segment(course_run_id)}/sessions/{segment(session_id)}/sign-in-code", body=body
            ),
        )

    def sign_in_to_session(self, booking_id: UUID, body: SignInWithCode) -> SignedIn:
        """Sign in to a session with the code shown there: present from now on, and late if it has begun."""
        return answer(SignedIn, self._transport.send("POST", f"/v1/bookings/{segment(booking_id)}/sign-in", body=body))
