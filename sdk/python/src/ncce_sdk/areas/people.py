"""People. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.people import (
    ConfirmedTrn,
    DataView,
    Employments,
    FoundTeachers,
    Leaving,
    Me,
    Move,
    OwnTrn,
    TeacherNumberOut,
    TeacherRecord,
    TeacherSearch,
)
from ncce_sdk.transport import Area, answer, segment


class PeopleArea(Area):
    """Who the caller is to the platform."""

    def confirm_trn(self, person_id: UUID, body: ConfirmedTrn) -> TeacherNumberOut:
        """Record that a teacher's number was matched in the register, or verified. A verified number is one
        person's.
        """
        return answer(
            TeacherNumberOut, self._transport.send("PUT", f"/v1/teachers/{segment(person_id)}/trn", body=body)
        )

    def declare_trn(self, body: OwnTrn) -> TeacherNumberOut:
        """Say what your teacher reference number is. It counts as declared by you until staff have confirmed it."""
        return answer(TeacherNumberOut, self._transport.send("PUT", "/v1/me/trn", body=body))

    def describe_me(self) -> Me:
        """Tell the signed-in person what is held about them."""
        return answer(Me, self._transport.send("GET", "/v1/me"))

    def end_employment_of_teacher(self, person_id: UUID, body: Leaving) -> Employments:
        """Say for a teacher that they teach nowhere any more."""
        return answer(
            Employments, self._transport.send("POST", f"/v1/teachers/{segment(person_id)}/school/leaving", body=body)
        )

    def get_teacher(self, person_id: UUID) -> TeacherRecord:
        """A person with number, employments and roles. The person can read that you looked."""
        return answer(TeacherRecord, self._transport.send("GET", f"/v1/teachers/{segment(person_id)}"))

    def leave_school(self, body: Leaving) -> Employments:
        """Say that you teach nowhere any more. Your account and your log stay."""
        return answer(Employments, self._transport.send("POST", "/v1/me/school/leaving", body=body))

    def list_own_data_views(self, *, limit: int | None = None) -> Iterator[DataView]:
        """Who saw your data, in any part of the platform."""
        return self._transport.each(DataView, "GET", "/v1/me/data-views", query={"limit": limit})

    def list_own_employments(self) -> Employments:
        """Where you teach and taught."""
        return answer(Employments, self._transport.send("GET", "/v1/me/employments"))

    def list_views_of_teacher(self, person_id: UUID, *, limit: int | None = None) -> Iterator[DataView]:
        """Who saw a person's data, in any part of the platform."""
        return self._transport.each(DataView, "GET", f"/v1/teachers/{segment(person_id)}/views", query={"limit": limit})

    def move_teacher_to_school(self, person_id: UUID, body: Move) -> Employments:
        """Say for a teacher at which school they teach now."""
        return answer(Employments, self._transport.send("PUT", f"/v1/teachers/{segment(person_id)}/school", body=body))

    def move_to_school(self, body: Move) -> Employments:
        """Say at which school you teach now. Your next access token names it; what you did before stays with your
        log.
        """
        return answer(Employments, self._transport.send("PUT", "/v1/me/school", body=body))

    def search_teachers(self, body: TeacherSearch) -> FoundTeachers:
        """Look for people. A POST, so that names and addresses are in no URL; everybody found can read that you
        looked.
        """
        return answer(FoundTeachers, self._transport.send("POST", "/v1/teachers/search", body=body))
