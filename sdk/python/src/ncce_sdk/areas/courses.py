"""Courses. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.courses import (
    CourseOut,
    CourseRunDetail,
    CourseRunOut,
    NewRun,
    RunCancellation,
    RunCounts,
    RunEdit,
)
from ncce_sdk.transport import Area, answer, segment


class CoursesArea(Area):
    """The catalogue of courses, and their runs with dates and places."""

    def cancel_course_run(self, run_id: UUID, body: RunCancellation) -> CourseRunDetail:
        """Call a run off for good; every booking of it is cancelled, and what was counted of it taken back if so
        asked.
        """
        return answer(
            CourseRunDetail, self._transport.send("POST", f"/v1/course-runs/{segment(run_id)}/cancellation", body=body)
        )

    def count_course_runs(
        self,
        *,
        q: str | None = None,
        course: str | None = None,
        programme: Literal["core", "gcse_subject_knowledge"] | None = None,
        mode: list[Literal["face_to_face", "live_remote", "online"]] | None = None,
        key_stage: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]] | None = None,
        subject: list[str] | None = None,
        region: list[
            Literal[
                "North East",
                "North West",
                "Yorkshire and The Humber",
                "East Midlands",
                "West Midlands",
                "East of England",
                "London",
                "South East",
                "South West",
            ]
        ]
        | None = None,
        hub_id: list[UUID] | None = None,
        near: str | None = None,
        within_km: float | None = None,
        starts_from: dt.date | None = None,
        starts_to: dt.date | None = None,
        with_places: bool | None = None,
    ) -> RunCounts:
        """How many runs the same search finds, and how many it would find with another value of each filter."""
        return answer(
            RunCounts,
            self._transport.send(
                "GET",
                "/v1/course-runs/facets",
                query={
                    "q": q,
                    "course": course,
                    "programme": programme,
                    "mode": mode,
                    "key_stage": key_stage,
                    "subject": subject,
                    "region": region,
                    "hub_id": hub_id,
                    "near": near,
                    "within_km": within_km,
                    "starts_from": starts_from,
                    "starts_to": starts_to,
                    "with_places": with_places,
                },
            ),
        )

    def create_course_run(self, body: NewRun, *, idempotency_key: str | None = None) -> CourseRunDetail:
        """Plan a run at the caller's own hub."""
        return answer(
            CourseRunDetail,
            self._transport.send(
                "POST", "/v1/course-runs", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def edit_course_run(self, run_id: UUID, body: RunEdit, *, if_match: str) -> CourseRunDetail:
        """Change a run of the caller's own hub. Places that become free are offered down the waiting list at once."""
        return answer(
            CourseRunDetail,
            self._transport.send(
                "PATCH", f"/v1/course-runs/{segment(run_id)}", headers={"if-match": if_match}, body=body
            ),
        )

    def get_course(self, code: str) -> CourseOut:
        """One course."""
        return answer(CourseOut, self._transport.send("GET", f"/v1/courses/{segment(code)}"))

    def get_course_run(self, run_id: UUID) -> CourseRunDetail:
        """One run, with the places left now; how to join it for those with a place and for its hub's staff."""
        return answer(CourseRunDetail, self._transport.send("GET", f"/v1/course-runs/{segment(run_id)}"))

    def list_course_runs(
        self,
        *,
        q: str | None = None,
        course: str | None = None,
        programme: Literal["core", "gcse_subject_knowledge"] | None = None,
        mode: list[Literal["face_to_face", "live_remote", "online"]] | None = None,
        key_stage: list[Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"]] | None = None,
        subject: list[str] | None = None,
        region: list[
            Literal[
                "North East",
                "North West",
                "Yorkshire and The Humber",
                "East Midlands",
                "West Midlands",
                "East of England",
                "London",
                "South East",
                "South West",
            ]
        ]
        | None = None,
        hub_id: list[UUID] | None = None,
        near: str | None = None,
        within_km: float | None = None,
        starts_from: dt.date | None = None,
        starts_to: dt.date | None = None,
        with_places: bool | None = None,
        limit: int | None = None,
    ) -> Iterator[CourseRunOut]:
        """Runs to come, soonest first; with `near`, nearest first. Places left are those of this moment."""
        return self._transport.each(
            CourseRunOut,
            "GET",
            "/v1/course-runs",
            query={
                "q": q,
                "course": course,
                "programme": programme,
                "mode": mode,
                "key_stage": key_stage,
                "subject": subject,
                "region": region,
                "hub_id": hub_id,
                "near": near,
                "within_km": within_km,
                "starts_from": starts_from,
                "starts_to": starts_to,
                "with_places": with_places,
                "limit": limit,
            },
        )

    def list_courses(
        self,
        *,
        q: str | None = None,
        mode: Literal["face_to_face", "live_remote", "online"] | None = None,
        key_stage: Literal["early_years", "ks1", "ks2", "ks3", "ks4", "post_16"] | None = None,
        subject: str | None = None,
        programme: Literal["core", "gcse_subject_knowledge"] | None = None,
        limit: int | None = None,
    ) -> Iterator[CourseOut]:
        """Courses by code."""
        return self._transport.each(
            CourseOut,
            "GET",
            "/v1/courses",
            query={
                "q": q,
                "mode": mode,
                "key_stage": key_stage,
                "subject": subject,
                "programme": programme,
                "limit": limit,
            },
        )
