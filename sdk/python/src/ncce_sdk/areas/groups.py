"""Groups. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.groups import (
    DelegatesIn,
    GroupActivityEdit,
    GroupActivityIn,
    GroupActivityOut,
    GroupContactsOut,
    GroupDelegatesOut,
    GroupDeparture,
    GroupLeadOut,
    GroupLeadsOut,
    GroupOrganisationsOut,
    GroupParticipantOut,
    GroupRegisterIn,
    GroupRegisterOut,
    GroupSchoolsOut,
    GroupStepIn,
    LeadJoins,
    OrganisationJoins,
    PersonJoins,
    ProjectGroupDetail,
    ProjectGroupEdit,
    ProjectGroupIn,
    ProjectGroupOut,
    SchoolJoins,
)
from ncce_sdk.transport import Area, answer, segment


class GroupsArea(Area):
    """Work groups, cohorts and communities of projects: who is in them and what they do."""

    def add_group_lead(self, group_id: UUID, body: LeadJoins, *, idempotency_key: str | None = None) -> GroupLeadOut:
        """Name who leads a group."""
        return answer(
            GroupLeadOut,
            self._transport.send(
                "POST",
                f"/v1/groups/{segment(group_id)}/leads",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def add_group_organisation(
        self, group_id: UUID, body: OrganisationJoins, *, idempotency_key: str | None = None
    ) -> GroupOrganisationsOut:
        """Take an organisation into a group of a project whose unit it is."""
        return answer(
            GroupOrganisationsOut,
            self._transport.send(
                "POST",
                f"/v1/groups/{segment(group_id)}/organisations",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def add_group_participant(
        self, group_id: UUID, body: PersonJoins, *, idempotency_key: str | None = None
    ) -> GroupParticipantOut:
        """Take a person into a group: anybody by the hub, their own teachers by a school that is in it."""
        return answer(
            GroupParticipantOut,
            self._transport.send(
                "POST",
                f"/v1/groups/{segment(group_id)}/participants",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def add_group_school(
        self, group_id: UUID, body: SchoolJoins, *, idempotency_key: str | None = None
    ) -> ProjectGroupDetail:
        """Take a school into a group. Schools that apply join when the hub selects them."""
        return answer(
            ProjectGroupDetail,
            self._transport.send(
                "POST",
                f"/v1/groups/{segment(group_id)}/schools",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def edit_group(self, group_id: UUID, body: ProjectGroupEdit, *, if_match: str) -> ProjectGroupDetail:
        """Change facts of a group, from the version that was read."""
        return answer(
            ProjectGroupDetail,
            self._transport.send("PATCH", f"/v1/groups/{segment(group_id)}", headers={"if-match": if_match}, body=body),
        )

    def edit_group_activity(
        self, group_id: UUID, activity_id: UUID, body: GroupActivityEdit, *, if_match: str
    ) -> GroupActivityOut:
        """Change it, call it off, or say that a visit took place."""
        return answer(
            GroupActivityOut,
            self._transport.send(
                "PATCH",
                f"/v1/groups/{segment(group_id)}/activities/{segment(activity_id)}",
                headers={"if-match": if_match},
                body=body,
            ),
        )

    def end_group_lead(self, group_id: UUID, group_lead_id: UUID, body: GroupDeparture) -> GroupLeadOut:
        """Let a lead give a group up. A repeat changes nothing."""
        return answer(
            GroupLeadOut,
            self._transport.send(
                "POST", f"/v1/groups/{segment(group_id)}/leads/{segment(group_lead_id)}/departure", body=body
            ),
        )

    def end_group_organisation(
        self, group_id: UUID, group_organisation_id: UUID, body: GroupDeparture
    ) -> GroupOrganisationsOut:
        """Let an organisation leave, its people having left. A repeat changes nothing."""
        return answer(
            GroupOrganisationsOut,
            self._transport.send(
                "POST",
                f"/v1/groups/{segment(group_id)}/organisations/{segment(group_organisation_id)}/departure",
                body=body,
            ),
        )

    def end_group_participant(self, group_id: UUID, participant_id: UUID, body: GroupDeparture) -> GroupParticipantOut:
        """Let a person leave. A repeat changes nothing."""
        return answer(
            GroupParticipantOut,
            self._transport.send(
                "POST", f"/v1/groups/{segment(group_id)}/participants/{segment(participant_id)}/departure", body=body
            ),
        )

    def end_group_school(self, group_id: UUID, group_school_id: UUID, body: GroupDeparture) -> ProjectGroupDetail:
        """Let a school leave, its people having left. A repeat changes nothing."""
        return answer(
            ProjectGroupDetail,
            self._transport.send(
                "POST", f"/v1/groups/{segment(group_id)}/schools/{segment(group_school_id)}/departure", body=body
            ),
        )

    def form_group(self, body: ProjectGroupIn, *, idempotency_key: str | None = None) -> ProjectGroupDetail:
        """Form a group of a project at a hub. It is told of once it starts."""
        return answer(
            ProjectGroupDetail,
            self._transport.send(
                "POST", "/v1/groups", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def get_group(self, group_id: UUID) -> ProjectGroupDetail:
        """One group: what it lacks, and what its grant card is filled with. Its ETag is what an edit needs."""
        return answer(ProjectGroupDetail, self._transport.send("GET", f"/v1/groups/{segment(group_id)}"))

    def get_group_activity(self, group_id: UUID, activity_id: UUID) -> GroupActivityOut:
        """One of them; its ETag is what an edit needs."""
        return answer(
            GroupActivityOut,
            self._transport.send("GET", f"/v1/groups/{segment(group_id)}/activities/{segment(activity_id)}"),
        )

    def get_group_register(self, group_id: UUID, activity_id: UUID) -> GroupRegisterOut:
        """Who was there, or who did the task; schools see their own people."""
        return answer(
            GroupRegisterOut,
            self._transport.send("GET", f"/v1/groups/{segment(group_id)}/activities/{segment(activity_id)}/register"),
        )

    def list_group_activities(self, group_id: UUID, *, limit: int | None = None) -> Iterator[GroupActivityOut]:
        """What a group does, in the order in which it was planned."""
        return self._transport.each(
            GroupActivityOut, "GET", f"/v1/groups/{segment(group_id)}/activities", query={"limit": limit}
        )

    def list_group_contacts(self, group_id: UUID) -> GroupContactsOut:
        """The contact list of a group as it is now, for who leads it, its hub and the national team."""
        return answer(GroupContactsOut, self._transport.send("GET", f"/v1/groups/{segment(group_id)}/contacts"))

    def list_group_delegates(self, group_id: UUID) -> GroupDelegatesOut:
        """What a group sends delegates to and whom, for its leads, its hub and the national team."""
        return answer(GroupDelegatesOut, self._transport.send("GET", f"/v1/groups/{segment(group_id)}/delegates"))

    def list_group_leads(self, group_id: UUID) -> GroupLeadsOut:
        """Who leads and led a group."""
        return answer(GroupLeadsOut, self._transport.send("GET", f"/v1/groups/{segment(group_id)}/leads"))

    def list_group_organisations(self, group_id: UUID) -> GroupOrganisationsOut:
        """Organisations that are and were in a group."""
        return answer(
            GroupOrganisationsOut, self._transport.send("GET", f"/v1/groups/{segment(group_id)}/organisations")
        )

    def list_group_participants(self, group_id: UUID, *, limit: int | None = None) -> Iterator[GroupParticipantOut]:
        """People of a group; schools see their own, and everybody themselves."""
        return self._transport.each(
            GroupParticipantOut, "GET", f"/v1/groups/{segment(group_id)}/participants", query={"limit": limit}
        )

    def list_group_schools(self, group_id: UUID) -> GroupSchoolsOut:
        """Schools that are and were in a group."""
        return answer(GroupSchoolsOut, self._transport.send("GET", f"/v1/groups/{segment(group_id)}/schools"))

    def list_groups(
        self,
        *,
        network: str | None = None,
        project_id: UUID | None = None,
        project_code: str | None = None,
        project_year: str | None = None,
        hub_id: UUID | None = None,
        status: Literal["forming", "running", "completed", "cancelled"] | None = None,
        limit: int | None = None,
    ) -> Iterator[ProjectGroupOut]:
        """Groups of the caller's hub, school or network, and those they lead or are in, newest first."""
        return self._transport.each(
            ProjectGroupOut,
            "GET",
            "/v1/groups",
            query={
                "network": network,
                "project_id": project_id,
                "project_code": project_code,
                "project_year": project_year,
                "hub_id": hub_id,
                "status": status,
                "limit": limit,
            },
        )

    def mark_group_register(self, group_id: UUID, activity_id: UUID, body: GroupRegisterIn) -> GroupRegisterOut:
        """Mark participants, by the group's leads or its hub. Marking again corrects."""
        return answer(
            GroupRegisterOut,
            self._transport.send(
                "PUT", f"/v1/groups/{segment(group_id)}/activities/{segment(activity_id)}/register", body=body
            ),
        )

    def plan_group_activity(
        self, group_id: UUID, body: GroupActivityIn, *, idempotency_key: str | None = None
    ) -> GroupActivityOut:
        """Plan a session, a visit, a task or anything else, by the group's leads or its hub."""
        return answer(
            GroupActivityOut,
            self._transport.send(
                "POST",
                f"/v1/groups/{segment(group_id)}/activities",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def set_group_delegates(self, group_id: UUID, body: DelegatesIn) -> GroupDelegatesOut:
        """Say who is sent to one occasion, and afterwards who was there."""
        return answer(
            GroupDelegatesOut, self._transport.send("PUT", f"/v1/groups/{segment(group_id)}/delegates", body=body)
        )

    def step_group(self, group_id: UUID, body: GroupStepIn) -> ProjectGroupDetail:
        """Start, complete or call off a group. A repeat changes nothing."""
        return answer(
            ProjectGroupDetail, self._transport.send("POST", f"/v1/groups/{segment(group_id)}/steps", body=body)
        )
