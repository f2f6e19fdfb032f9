"""Grants. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from uuid import UUID

from ncce_sdk.models.grants import (
    ApplicationDecision,
    ApplicationSubmission,
    CalculationRequest,
    CallList,
    CallOpening,
    CallOut,
    CardList,
    CardOut,
    CardProposal,
    DrawdownList,
    DrawdownOut,
    DrawdownRequest,
    FundingAcceptance,
    FundingAdjustmentRequest,
    FundingApplicationOut,
    FundingEnding,
    FundingGrantSpendingSchemasReceipt,
    FundingGrantsSchemasWithdrawal,
    GrantClaimList,
    GrantClaimOut,
    GrantClaimSubmission,
    GrantOut,
    GrantProposal,
    GrantStatus,
    GrantSummary,
    GroupGrantDetail,
    GroupGrantOut,
    GroupRecoveryDecision,
    Moderation,
    PanelScore,
    Ranking,
    RateList,
    RecipientKind,
    SourceStep,
    SpendingInput,
    SpendingOut,
)
from ncce_sdk.models.shared import ApprovalDecision, Calculation
from ncce_sdk.transport import Area, answer, segment


class GrantsArea(Area):
    """Grants to hubs and schools, from call to settlement."""

    def accept_grant(self, grant_id: UUID, body: FundingAcceptance, *, idempotency_key: str | None = None) -> GrantOut:
        """Agree for the recipient, by name and position, to the agreement's version."""
        return answer(
            GrantOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/acceptance",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def calculate_grant(self, body: CalculationRequest) -> Calculation:
        """What a card comes to for these inputs, line by line. Nothing is stored or held."""
        return answer(Calculation, self._transport.send("POST", "/v1/grant-calculations", body=body))

    def complete_grant(self, grant_id: UUID, body: FundingEnding, *, idempotency_key: str | None = None) -> GrantOut:
        """End an award that did what it was for. What was not drawn is released, what was not spent is due back."""
        return answer(
            GrantOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/completion",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_grant(self, grant_id: UUID, body: ApprovalDecision, *, idempotency_key: str | None = None) -> GrantOut:
        """Approve or decline, as a person other than the one who proposed it. Approving reserves the money."""
        return answer(
            GrantOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/approval",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_grant_adjustment(
        self, grant_id: UUID, snapshot_number: int, body: ApprovalDecision, *, idempotency_key: str | None = None
    ) -> GrantOut:
        """Approve or decline, as a person other than the one who asked. The difference is reserved or released at
        once.
        """
        return answer(
            GrantOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/adjustments/{segment(snapshot_number)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_grant_application(
        self, application_id: UUID, body: ApplicationDecision, *, idempotency_key: str | None = None
    ) -> FundingApplicationOut:
        """Fund or decline, as somebody with no other part in it. Funding proposes an award, which another
        approves.
        """
        return answer(
            FundingApplicationOut,
            self._transport.send(
                "POST",
                f"/v1/grant-applications/{segment(application_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_grant_card(
        self, card_code: str, card_version: int, body: ApprovalDecision, *, idempotency_key: str | None = None
    ) -> CardOut:
        """Approve or decline a draft, as a person other than the one who proposed it."""
        return answer(
            CardOut,
            self._transport.send(
                "POST",
                f"/v1/grant-cards/{segment(card_code)}/versions/{segment(card_version)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_grant_claim(
        self, grant_id: UUID, grant_claim_id: UUID, body: ApprovalDecision, *, idempotency_key: str | None = None
    ) -> GrantClaimOut:
        """Approve or decline, as a person other than the claimant. What is approved waits for a payment run."""
        return answer(
            GrantClaimOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/claims/{segment(grant_claim_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_grant_drawdown(
        self, grant_id: UUID, drawdown_id: UUID, body: ApprovalDecision, *, idempotency_key: str | None = None
    ) -> DrawdownOut:
        """Approve or decline, as a person other than the one who asked. What is approved waits for a payment run."""
        return answer(
            DrawdownOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/drawdowns/{segment(drawdown_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def decide_group_recovery(
        self, group_id: UUID, body: GroupRecoveryDecision, *, idempotency_key: str | None = None
    ) -> GroupGrantDetail:
        """End the grant of a group that was called off after something was drawn, or let it go on."""
        return answer(
            GroupGrantDetail,
            self._transport.send(
                "POST",
                f"/v1/group-grants/{segment(group_id)}/recovery-decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_grant(self, grant_id: UUID) -> GrantOut:
        """One award: every calculation line by line, funders' parts, instalments, history."""
        return answer(GrantOut, self._transport.send("GET", f"/v1/grants/{segment(grant_id)}"))

    def get_grant_application(self, application_id: UUID) -> FundingApplicationOut:
        """One application with its checks; for funding staff and the panel with every score."""
        return answer(
            FundingApplicationOut, self._transport.send("GET", f"/v1/grant-applications/{segment(application_id)}")
        )

    def get_grant_card(self, card_code: str, card_version: int) -> CardOut:
        """One version of a card."""
        return answer(
            CardOut,
            self._transport.send("GET", f"/v1/grant-cards/{segment(card_code)}/versions/{segment(card_version)}"),
        )

    def get_grant_spending(self, grant_id: UUID) -> SpendingOut:
        """What an award was spent on, and what goes back."""
        return answer(SpendingOut, self._transport.send("GET", f"/v1/grants/{segment(grant_id)}/spending"))

    def get_group_grant(self, group_id: UUID) -> GroupGrantDetail:
        """What one group's hub can expect, has drawn and is owed, line by line."""
        return answer(GroupGrantDetail, self._transport.send("GET", f"/v1/group-grants/{segment(group_id)}"))

    def list_grant_applications(
        self, *, call_id: UUID | None = None, limit: int | None = None
    ) -> Iterator[FundingApplicationOut]:
        """Applications of organisations one speaks for; for funding staff and the panel, all. The latest first."""
        return self._transport.each(
            FundingApplicationOut, "GET", "/v1/grant-applications", query={"call_id": call_id, "limit": limit}
        )

    def list_grant_calls(self) -> CallList:
        """Calls with their windows, forms and criteria, the latest first."""
        return answer(CallList, self._transport.send("GET", "/v1/grant-calls"))

    def list_grant_cards(self, *, programme: str | None = None, project_year: str | None = None) -> CardList:
        """Approved cards with all that they pay; funding staff and auditors see drafts too."""
        return answer(
            CardList,
            self._transport.send(
                "GET", "/v1/grant-cards", query={"programme": programme, "project_year": project_year}
            ),
        )

    def list_grant_claims(self, grant_id: UUID) -> GrantClaimList:
        """Every claim of days and travel on an award, and what was paid of them."""
        return answer(GrantClaimList, self._transport.send("GET", f"/v1/grants/{segment(grant_id)}/claims"))

    def list_grant_drawdowns(self, grant_id: UUID) -> DrawdownList:
        """Every request to draw of an award, and what was paid of them."""
        return answer(DrawdownList, self._transport.send("GET", f"/v1/grants/{segment(grant_id)}/drawdowns"))

    def list_grant_rates(self) -> RateList:
        """Day rates and caps, each from a day on, with its source."""
        return answer(RateList, self._transport.send("GET", "/v1/grant-rates"))

    def list_grants(
        self,
        *,
        status: GrantStatus | None = None,
        recipient_kind: RecipientKind | None = None,
        limit: int | None = None,
    ) -> Iterator[GrantSummary]:
        """Awards to the organisations one speaks for; for funding staff and auditors, all. The latest first."""
        return self._transport.each(
            GrantSummary,
            "GET",
            "/v1/grants",
            query={"status": status, "recipient_kind": recipient_kind, "limit": limit},
        )

    def list_group_grants(
        self, *, hub_id: UUID | None = None, network: str | None = None, limit: int | None = None
    ) -> Iterator[GroupGrantOut]:
        """Money of the groups of one's hubs and networks; for funding staff and auditors, of all. By project."""
        return self._transport.each(
            GroupGrantOut, "GET", "/v1/group-grants", query={"hub_id": hub_id, "network": network, "limit": limit}
        )

    def moderate_grant_application(
        self, application_id: UUID, body: Moderation, *, idempotency_key: str | None = None
    ) -> FundingApplicationOut:
        """Settle the total, once as many have scored as the call asks for."""
        return answer(
            FundingApplicationOut,
            self._transport.send(
                "POST",
                f"/v1/grant-applications/{segment(application_id)}/moderation",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def open_grant_call(self, body: CallOpening, *, idempotency_key: str | None = None) -> CallOut:
        """Open a call. It never changes: a change is another call."""
        return answer(
            CallOut,
            self._transport.send(
                "POST", "/v1/grant-calls", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def propose_grant(self, body: GrantProposal, *, idempotency_key: str | None = None) -> GrantOut:
        """Propose an award to an organisation; the card says what it comes to. Nothing is held before it is
        approved.
        """
        return answer(
            GrantOut,
            self._transport.send(
                "POST", "/v1/grants", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def propose_grant_card(self, body: CardProposal, *, idempotency_key: str | None = None) -> CardOut:
        """Propose a version; the worked examples in it have to come out."""
        return answer(
            CardOut,
            self._transport.send(
                "POST", "/v1/grant-cards", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def rank_grant_applications(self, call_id: UUID) -> Ranking:
        """Moderated applications, the best first, and how far the budget reaches."""
        return answer(Ranking, self._transport.send("GET", f"/v1/grant-calls/{segment(call_id)}/ranking"))

    def receive_grant_return(
        self,
        grant_id: UUID,
        return_id: UUID,
        body: FundingGrantSpendingSchemasReceipt,
        *,
        idempotency_key: str | None = None,
    ) -> SpendingOut:
        """Book money that came back; the budget can promise it again."""
        return answer(
            SpendingOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/returns/{segment(return_id)}/receipt",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def record_grant_spending(
        self, grant_id: UUID, body: SpendingInput, *, idempotency_key: str | None = None
    ) -> SpendingOut:
        """Show what the grant was spent on. What is not shown by the end is due back."""
        return answer(
            SpendingOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/spending",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def request_grant_adjustment(
        self, grant_id: UUID, body: FundingAdjustmentRequest, *, idempotency_key: str | None = None
    ) -> GrantOut:
        """Calculate an award anew, for another person to approve. Nothing changes before."""
        return answer(
            GrantOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/adjustments",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def request_grant_drawdown(
        self, grant_id: UUID, body: DrawdownRequest, *, idempotency_key: str | None = None
    ) -> DrawdownOut:
        """Ask for a part of an instalment, with what shows that its condition is met."""
        return answer(
            DrawdownOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/drawdowns",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def score_grant_application(
        self, application_id: UUID, body: PanelScore, *, idempotency_key: str | None = None
    ) -> FundingApplicationOut:
        """Score once, or declare a conflict of interest."""
        return answer(
            FundingApplicationOut,
            self._transport.send(
                "POST",
                f"/v1/grant-applications/{segment(application_id)}/scores",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def step_grant_source(
        self, grant_id: UUID, source_number: int, funder: str, body: SourceStep, *, idempotency_key: str | None = None
    ) -> GrantOut:
        """Say that another funder's part was claimed from them, and later that it has come."""
        return answer(
            GrantOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/sources/{segment(source_number)}/{segment(funder)}/steps",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def submit_grant_application(
        self, body: ApplicationSubmission, *, idempotency_key: str | None = None
    ) -> FundingApplicationOut:
        """Apply for an organisation one speaks for. What makes it ineligible is said at once, check by check."""
        return answer(
            FundingApplicationOut,
            self._transport.send(
                "POST",
                "/v1/grant-applications",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def submit_grant_claim(
        self, grant_id: UUID, body: GrantClaimSubmission, *, idempotency_key: str | None = None
    ) -> GrantClaimOut:
        """Claim days and travel: each line at the rate of its day, within the rate's cap and the award."""
        return answer(
            GrantClaimOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/claims",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def terminate_grant(self, grant_id: UUID, body: FundingEnding, *, idempotency_key: str | None = None) -> GrantOut:
        """End an award early, as a person other than the one who proposed it."""
        return answer(
            GrantOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/termination",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def withdraw_grant(
        self, grant_id: UUID, body: FundingGrantsSchemasWithdrawal, *, idempotency_key: str | None = None
    ) -> GrantOut:
        """Take a proposal back before it is decided."""
        return answer(
            GrantOut,
            self._transport.send(
                "POST",
                f"/v1/grants/{segment(grant_id)}/withdrawal",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )
