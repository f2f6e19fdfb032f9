"""Resources. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.resources import (
    CommentDecisionIn,
    CommentOut,
    HubsResourcesSchemasWithdrawalIn,
    QueuedVersionOut,
    RatingIn,
    ReinstatementIn,
    ResourceCounts,
    ResourceDecisionIn,
    ResourceDetail,
    ResourceFacts,
    ResourceIn,
    ResourceOut,
    ResourceStandingOut,
    ResourceVersionOut,
    ReviewIn,
    UseOut,
    VocabularyOut,
    WaitingCommentOut,
)
from ncce_sdk.transport import Area, answer, segment


class ResourcesArea(Area):
    """Teaching resources, reviewed and versioned."""

    def add_resource_version(
        self, resource_id: UUID, body: ResourceFacts, *, idempotency_key: str | None = None
    ) -> ResourceVersionOut:
        """Begin the next version. The published one stays until this is published, and readable for ever."""
        return answer(
            ResourceVersionOut,
            self._transport.send(
                "POST",
                f"/v1/resources/{segment(resource_id)}/versions",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def count_resources(
        self,
        *,
        q: str | None = None,
        key_stage: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]] | None = None,
        topic: list[str] | None = None,
        aim: list[str] | None = None,
        type: list[
            Literal[
                "unit_of_work",
                "lesson_plan",
                "activity",
                "worksheet",
                "presentation",
                "assessment",
                "video",
                "software_project",
                "teacher_guide",
            ]
        ]
        | None = None,
        licence: list[
            Literal["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "OGL-UK-3.0", "MIT"]
        ]
        | None = None,
        organisation_id: UUID | None = None,
        sort: Literal["relevance", "newest", "best_rated", "most_used"] | None = None,
    ) -> ResourceCounts:
        """How many resources the same search finds, and how many it would find with another value of each filter."""
        return answer(
            ResourceCounts,
            self._transport.send(
                "GET",
                "/v1/resources/facets",
                query={
                    "q": q,
                    "key_stage": key_stage,
                    "topic": topic,
                    "aim": aim,
                    "type": type,
                    "licence": licence,
                    "organisation_id": organisation_id,
                    "sort": sort,
                },
            ),
        )

    def create_resource(self, body: ResourceIn, *, idempotency_key: str | None = None) -> ResourceVersionOut:
        """Begin a resource: a teacher's own, or an organisation's by its key or its administrator."""
        return answer(
            ResourceVersionOut,
            self._transport.send(
                "POST", "/v1/resources", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def decide_comment(
        self, comment_id: UUID, body: CommentDecisionIn, *, idempotency_key: str | None = None
    ) -> WaitingCommentOut:
        """Show a comment to everybody or refuse it. A comment that was reworded since has another id."""
        return answer(
            WaitingCommentOut,
            self._transport.send(
                "POST",
                f"/v1/resources/comments/{segment(comment_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_resource_version(
        self, resource_id: UUID, number: int, body: ResourceDecisionIn, *, idempotency_key: str | None = None
    ) -> ResourceVersionOut:
        """Publish the version in hand, or return it. Nobody decides on what is their own or their organisation's."""
        return answer(
            ResourceVersionOut,
            self._transport.send(
                "POST",
                f"/v1/resources/{segment(resource_id)}/versions/{segment(number)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def discard_resource_version(self, resource_id: UUID, number: int) -> None:
        """Throw away a draft or a returned version; a resource of which nothing is left goes with it."""
        self._transport.send("DELETE", f"/v1/resources/{segment(resource_id)}/versions/{segment(number)}")

    def edit_resource_version(
        self, resource_id: UUID, number: int, body: ResourceFacts, *, if_match: str
    ) -> ResourceVersionOut:
        """Say anew what a draft or a returned version says, from the edition that was read."""
        return answer(
            ResourceVersionOut,
            self._transport.send(
                "PUT",
                f"/v1/resources/{segment(resource_id)}/versions/{segment(number)}",
                headers={"if-match": if_match},
                body=body,
            ),
        )

    def get_own_use(self, resource_id: UUID) -> UseOut:
        """The caller's use of a resource and what the caller said of it."""
        return answer(UseOut, self._transport.send("GET", f"/v1/resources/{segment(resource_id)}/use"))

    def get_resource(self, resource_id: UUID) -> ResourceDetail:
        """A published resource with its history and what those who used it gave it."""
        return answer(ResourceDetail, self._transport.send("GET", f"/v1/resources/{segment(resource_id)}"))

    def get_resource_version(self, resource_id: UUID, number: int) -> ResourceVersionOut:
        """One version: a published one for everybody; before that its author's and, once submitted, the
        moderators'.
        """
        return answer(
            ResourceVersionOut,
            self._transport.send("GET", f"/v1/resources/{segment(resource_id)}/versions/{segment(number)}"),
        )

    def get_resource_vocabulary(self) -> VocabularyOut:
        """Topics, aims of the national curriculum, and licences that a resource may name."""
        return answer(VocabularyOut, self._transport.send("GET", "/v1/resources/vocabulary"))

    def list_comments(self, resource_id: UUID, *, limit: int | None = None) -> Iterator[CommentOut]:
        """What those who used it said, oldest first; nobody is named."""
        return self._transport.each(
            CommentOut, "GET", f"/v1/resources/{segment(resource_id)}/comments", query={"limit": limit}
        )

    def list_own_resources(
        self,
        *,
        status: Literal["draft", "submitted", "in_review", "returned", "published", "superseded", "withdrawn"]
        | None = None,
        limit: int | None = None,
    ) -> Iterator[ResourceVersionOut]:
        """Versions of the caller's own resources, whatever became of them."""
        return self._transport.each(
            ResourceVersionOut, "GET", "/v1/resources/own", query={"status": status, "limit": limit}
        )

    def list_resource_reviews(self, *, limit: int | None = None) -> Iterator[QueuedVersionOut]:
        """Versions that wait for a decision, without the caller's own."""
        return self._transport.each(QueuedVersionOut, "GET", "/v1/resources/reviews", query={"limit": limit})

    def list_resources(
        self,
        *,
        q: str | None = None,
        key_stage: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]] | None = None,
        topic: list[str] | None = None,
        aim: list[str] | None = None,
        type: list[
            Literal[
                "unit_of_work",
                "lesson_plan",
                "activity",
                "worksheet",
                "presentation",
                "assessment",
                "video",
                "software_project",
                "teacher_guide",
            ]
        ]
        | None = None,
        licence: list[
            Literal["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "OGL-UK-3.0", "MIT"]
        ]
        | None = None,
        organisation_id: UUID | None = None,
        sort: Literal["relevance", "newest", "best_rated", "most_used"] | None = None,
        limit: int | None = None,
    ) -> Iterator[ResourceOut]:
        """Published resources; 304 for who holds this page already."""
        return self._transport.each(
            ResourceOut,
            "GET",
            "/v1/resources",
            query={
                "q": q,
                "key_stage": key_stage,
                "topic": topic,
                "aim": aim,
                "type": type,
                "licence": licence,
                "organisation_id": organisation_id,
                "sort": sort,
                "limit": limit,
            },
        )

    def list_waiting_comments(self, *, limit: int | None = None) -> Iterator[WaitingCommentOut]:
        """Comments that nobody sees until a moderator has read them, oldest first, without the caller's own."""
        return self._transport.each(WaitingCommentOut, "GET", "/v1/resources/comments", query={"limit": limit})

    def rate_resource(self, resource_id: UUID, body: RatingIn) -> UseOut:
        """Rate what you used, in place of your rating before. Stars count at once, a comment once it was read."""
        return answer(UseOut, self._transport.send("PUT", f"/v1/resources/{segment(resource_id)}/rating", body=body))

    def record_use(self, resource_id: UUID) -> UseOut:
        """Say that you used it with a class. It counts once, however often it is said."""
        return answer(UseOut, self._transport.send("PUT", f"/v1/resources/{segment(resource_id)}/use"))

    def reinstate_resource(
        self, resource_id: UUID, body: ReinstatementIn, *, idempotency_key: str | None = None
    ) -> ResourceStandingOut:
        """Bring back what another moderator withdrew; what it had earned its author counts again."""
        return answer(
            ResourceStandingOut,
            self._transport.send(
                "POST",
                f"/v1/resources/{segment(resource_id)}/reinstatement",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def review_resource_version(self, resource_id: UUID, number: int, body: ReviewIn) -> ResourceVersionOut:
        """Take a version in hand, so that two moderators do not do the same work."""
        return answer(
            ResourceVersionOut,
            self._transport.send(
                "POST", f"/v1/resources/{segment(resource_id)}/versions/{segment(number)}/review", body=body
            ),
        )

    def submit_resource_version(self, resource_id: UUID, number: int) -> ResourceVersionOut:
        """Put a version before the moderators. A teacher's first to be accepted earns community credit."""
        return answer(
            ResourceVersionOut,
            self._transport.send("POST", f"/v1/resources/{segment(resource_id)}/versions/{segment(number)}/submission"),
        )

    def withdraw_resource(
        self, resource_id: UUID, body: HubsResourcesSchemasWithdrawalIn, *, idempotency_key: str | None = None
    ) -> ResourceStandingOut:
        """Take a published resource away: the author, or a moderator, who alone does so for cause."""
        return answer(
            ResourceStandingOut,
            self._transport.send(
                "POST",
                f"/v1/resources/{segment(resource_id)}/withdrawal",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
