"""Completions. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.completions import (
    BatchIn,
    BatchOut,
    HubsCompletionsSchemasReportOut,
    MatchDetail,
    MatchOut,
    OwnCompletionOut,
    QueuesOut,
    ResolutionIn,
    ResolutionOut,
    ReversalIn,
    ReversalOut,
    ThresholdIn,
    ThresholdOut,
)
from ncce_sdk.transport import Area, answer, segment


class CompletionsArea(Area):
    """What people completed on partners' own systems, reported in batches."""

    def count_matches(self) -> QueuesOut:
        """How much waits, by partner; a partner sees its own."""
        return answer(QueuesOut, self._transport.send("GET", "/v1/completions/matches/summary"))

    def get_completion(self, external_id: str) -> HubsCompletionsSchemasReportOut:
        """What the partner reported under one of its numbers."""
        return answer(
            HubsCompletionsSchemasReportOut, self._transport.send("GET", f"/v1/completions/{segment(external_id)}")
        )

    def get_match(self, match_id: UUID) -> MatchDetail:
        """One learner, with what waits and, for moderators, candidates and decisions."""
        return answer(MatchDetail, self._transport.send("GET", f"/v1/completions/matches/{segment(match_id)}"))

    def list_completion_thresholds(
        self, *, activity_code: str | None = None, limit: int | None = None
    ) -> Iterator[ThresholdOut]:
        """All versions by activity; on a day the highest counts that began by then."""
        return self._transport.each(
            ThresholdOut, "GET", "/v1/completion-thresholds", query={"activity_code": activity_code, "limit": limit}
        )

    def list_completions(
        self,
        *,
        status: Literal["queued", "recorded", "duplicate", "below_threshold", "withdrawn", "not_ours"] | None = None,
        updated_since: dt.datetime | None = None,
        external_id: str | None = None,
        external_learner_id: str | None = None,
        limit: int | None = None,
    ) -> Iterator[HubsCompletionsSchemasReportOut]:
        """The partner's own reports by their last change: going on from the last cursor tells what changed since."""
        return self._transport.each(
            HubsCompletionsSchemasReportOut,
            "GET",
            "/v1/completions",
            query={
                "status": status,
                "updated_since": updated_since,
                "external_id": external_id,
                "external_learner_id": external_learner_id,
                "limit": limit,
            },
        )

    def list_matches(
        self,
        *,
        organisation_id: UUID | None = None,
        status: Literal["waiting", "linked", "not_ours", "split"] | None = None,
        is_overdue: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[MatchOut]:
        """Learners that wait to be matched, or were; a partner sees its own, without candidates."""
        return self._transport.each(
            MatchOut,
            "GET",
            "/v1/completions/matches",
            query={"organisation_id": organisation_id, "status": status, "is_overdue": is_overdue, "limit": limit},
        )

    def list_own_completions(self, *, limit: int | None = None) -> Iterator[OwnCompletionOut]:
        """What the calling teacher completed, by registers and by partners, as it stands."""
        return self._transport.each(OwnCompletionOut, "GET", "/v1/completions/own", query={"limit": limit})

    def record_completion_threshold(self, body: ThresholdIn, *, idempotency_key: str | None = None) -> ThresholdOut:
        """Record the next version. It counts for what is completed from its first day on."""
        return answer(
            ThresholdOut,
            self._transport.send(
                "POST",
                "/v1/completion-thresholds",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def record_completions(self, body: BatchIn, *, idempotency_key: str | None = None) -> BatchOut:
        """Report up to 10,000 completions: new, changed or withdrawn, in any order."""
        return answer(
            BatchOut,
            self._transport.send(
                "POST", "/v1/completions:batch", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def resolve_match(self, match_id: UUID, body: ResolutionIn, *, idempotency_key: str | None = None) -> ResolutionOut:
        """Say which teacher the learner is, that it is nobody of ours, or whose each completion of a shared number
        is.
        """
        return answer(
            ResolutionOut,
            self._transport.send(
                "POST",
                f"/v1/completions/matches/{segment(match_id)}/resolution",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def reverse_match(self, match_id: UUID, body: ReversalIn, *, idempotency_key: str | None = None) -> ReversalOut:
        """Take back who the learner is: what counted by it is withdrawn everywhere, and waits again."""
        return answer(
            ReversalOut,
            self._transport.send(
                "POST",
                f"/v1/completions/matches/{segment(match_id)}/reversal",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
