"""Schools. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.schools import (
    HubsSchoolOut,
    ImportDecisionIn,
    RemarkOut,
    SchoolDetail,
    SchoolImportOut,
    SchoolVersionOut,
    SuccessionDecisionIn,
    SuccessionOut,
    TypesOut,
    VerdictDecisionIn,
    VerdictIn,
    VerdictOut,
)
from ncce_sdk.transport import Area, answer, segment


class SchoolsArea(Area):
    """The register of schools, with history and successors."""

    def decide_import(
        self, import_id: UUID, body: ImportDecisionIn, *, idempotency_key: str | None = None
    ) -> SchoolImportOut:
        """Approve an import that was held, which is then applied within seconds, or refuse it."""
        return answer(
            SchoolImportOut,
            self._transport.send(
                "POST",
                f"/v1/schools/imports/{segment(import_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_succession(
        self, succession_id: UUID, body: SuccessionDecisionIn, *, idempotency_key: str | None = None
    ) -> SuccessionOut:
        """Say which of the candidates carry on (of a split), or are carried on (of a merger)."""
        return answer(
            SuccessionOut,
            self._transport.send(
                "POST",
                f"/v1/schools/successions/{segment(succession_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_verdict(
        self, verdict_id: UUID, body: VerdictDecisionIn, *, idempotency_key: str | None = None
    ) -> VerdictOut:
        """Approve or refuse what somebody else proposed. Schools of the type follow, each told of as
        `school.changed`.
        """
        return answer(
            VerdictOut,
            self._transport.send(
                "POST",
                f"/v1/establishment-types/verdicts/{segment(verdict_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_import(self, import_id: UUID) -> SchoolImportOut:
        """One import."""
        return answer(SchoolImportOut, self._transport.send("GET", f"/v1/schools/imports/{segment(import_id)}"))

    def get_school(self, urn: str, *, on: dt.date | None = None, known_on: dt.date | None = None) -> SchoolDetail:
        """One school, with its trusts and the establishments before and after it: now, or as it stood on a day."""
        return answer(
            SchoolDetail,
            self._transport.send("GET", f"/v1/schools/{segment(urn)}", query={"on": on, "known_on": known_on}),
        )

    def list_imports(self, *, limit: int | None = None) -> Iterator[SchoolImportOut]:
        """Imports of the register of schools, the newest first."""
        return self._transport.each(SchoolImportOut, "GET", "/v1/schools/imports", query={"limit": limit})

    def list_remarks(self, import_id: UUID, *, limit: int | None = None) -> Iterator[RemarkOut]:
        """The lines that an import refused, each with every reason, and those it took with a remark."""
        return self._transport.each(
            RemarkOut, "GET", f"/v1/schools/imports/{segment(import_id)}/remarks", query={"limit": limit}
        )

    def list_school_versions(self, urn: str, *, limit: int | None = None) -> Iterator[SchoolVersionOut]:
        """What the register said of a school from which day on, and since when we knew, the newest first."""
        return self._transport.each(
            SchoolVersionOut, "GET", f"/v1/schools/{segment(urn)}/history", query={"limit": limit}
        )

    def list_schools(
        self,
        *,
        district: str | None = None,
        phase: Literal["nursery", "primary", "secondary", "all_through", "post_16", "not_applicable"] | None = None,
        trust: str | None = None,
        q: str | None = None,
        limit: int | None = None,
    ) -> Iterator[HubsSchoolOut]:
        """Schools by URN."""
        return self._transport.each(
            HubsSchoolOut,
            "GET",
            "/v1/schools",
            query={"district": district, "phase": phase, "trust": trust, "q": q, "limit": limit},
        )

    def list_successions(
        self, *, status: Literal["open", "decided", "settled"] | None = None, limit: int | None = None
    ) -> Iterator[SuccessionOut]:
        """Splits and mergers that wait for a decision, or are decided, or no longer need one."""
        return self._transport.each(
            SuccessionOut, "GET", "/v1/schools/successions", query={"status": status, "limit": limit}
        )

    def list_types(self, *, on: dt.date | None = None) -> TypesOut:
        """The types known on a day and the verdict in force on each, by the register's code."""
        return answer(TypesOut, self._transport.send("GET", "/v1/establishment-types", query={"on": on}))

    def list_verdicts(
        self,
        *,
        status: Literal["proposed", "approved", "refused"] | None = None,
        code: int | None = None,
        limit: int | None = None,
    ) -> Iterator[VerdictOut]:
        """Verdicts that wait for a second person, or were approved or refused, the oldest first."""
        return self._transport.each(
            VerdictOut,
            "GET",
            "/v1/establishment-types/verdicts",
            query={"status": status, "code": code, "limit": limit},
        )

    def propose_verdict(self, body: VerdictIn, *, idempotency_key: str | None = None) -> VerdictOut:
        """Propose whether a type is state-funded from a day on. It counts once another administrator has approved
        it.
        """
        return answer(
            VerdictOut,
            self._transport.send(
                "POST",
                "/v1/establishment-types/verdicts",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
