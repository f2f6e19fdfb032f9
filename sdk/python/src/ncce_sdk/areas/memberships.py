"""Memberships. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.memberships import (
    Ending,
    InvitationOut,
    MembershipOut,
    NewInvitation,
    NewMembership,
    NewProposal,
    ProposalDecision,
    ProposalOut,
)
from ncce_sdk.transport import Area, answer, segment


class MembershipsArea(Area):
    """Roles at organisations: invited, proposed, decided, ended."""

    def decide_role_proposal(
        self, proposal_id: UUID, body: ProposalDecision, *, idempotency_key: str | None = None
    ) -> ProposalOut:
        """Grant a proposed role, or decline. Neither who proposed it nor whom it is about may."""
        return answer(
            ProposalOut,
            self._transport.send(
                "POST",
                f"/v1/memberships/proposals/{segment(proposal_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def end_membership(self, membership_id: UUID, body: Ending) -> MembershipOut:
        """End a role at once, or on a day to come. A role that has ended stays as it is."""
        return answer(
            MembershipOut, self._transport.send("POST", f"/v1/memberships/{segment(membership_id)}/end", body=body)
        )

    def grant_membership(self, body: NewMembership, *, idempotency_key: str | None = None) -> MembershipOut:
        """Grant a role from today on. An organisation grants to people it knows; it invites others."""
        return answer(
            MembershipOut,
            self._transport.send(
                "POST", "/v1/memberships", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def invite_member(self, body: NewInvitation, *, idempotency_key: str | None = None) -> InvitationOut:
        """Offer a role by mail, for a fortnight."""
        return answer(
            InvitationOut,
            self._transport.send(
                "POST",
                "/v1/memberships/invitations",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def list_invitations(self, *, limit: int | None = None) -> Iterator[InvitationOut]:
        """The open invitations of the organisations you look after."""
        return self._transport.each(InvitationOut, "GET", "/v1/memberships/invitations", query={"limit": limit})

    def list_memberships(
        self, *, organisation_id: UUID | None = None, present: bool | None = None, limit: int | None = None
    ) -> Iterator[MembershipOut]:
        """Who holds which role at the organisations you look after. Everybody shown can read that you looked."""
        return self._transport.each(
            MembershipOut,
            "GET",
            "/v1/memberships",
            query={"organisation_id": organisation_id, "present": present, "limit": limit},
        )

    def list_role_proposals(self, *, limit: int | None = None) -> Iterator[ProposalOut]:
        """Proposals of the strongest roles, oldest first."""
        return self._transport.each(ProposalOut, "GET", "/v1/memberships/proposals", query={"limit": limit})

    def propose_role(self, body: NewProposal, *, idempotency_key: str | None = None) -> ProposalOut:
        """Propose one of the strongest roles for somebody. Another administrator decides."""
        return answer(
            ProposalOut,
            self._transport.send(
                "POST",
                "/v1/memberships/proposals",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def withdraw_invitation(self, invitation_id: UUID) -> None:
        """Take an open invitation back."""
        self._transport.send("DELETE", f"/v1/memberships/invitations/{segment(invitation_id)}")
