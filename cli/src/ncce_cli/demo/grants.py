"""The demo's one grant: applied for, scored, awarded, drawn, claimed and paid.

There is one, however often the demo runs: every step looks at what is there and does what is missing, and so carries on
what an earlier run left unfinished. Only a payment run that was prepared and not released waits for people.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from ncce_cli.demo.people import Cast
from ncce_cli.demo.transcript import Body, Caller, Transcript, all_of

BUDGET = "demo-network-grants"
FUND = "lot-1-national-centre"
ALLOCATED_PENCE = 10_000_000
CALL_TITLE = "STEM skills hubs, demonstration round"
SCHOOL_URN, SCHOOL_NAME = "900003", "Lead school of a demonstration alliance"
"""The school of the demo's school lead; it has made-up bank details, as every synthetic school has."""
REQUESTED_PENCE = 4_800_000
DRAWN_PENCE = 2_400_000
TRAVEL_PENCE = 4_250
APPROVED = {"outcome": "approved", "reason": "The demo's evidence shows it."}

TERMS: Body = {
    "questions": [
        {"question": "requested_pence", "title": "What you ask for, in pence", "kind": "number"},
        {"question": "schools", "title": "Schools of the alliance", "kind": "number"},
        {"question": "meets", "title": "Do the schools meet regularly?", "kind": "yes_no"},
        {"question": "plan", "title": "What you plan", "kind": "text"},
    ],
    "checks": [
        {"question": "schools", "at_least": "2", "otherwise": "A hub is a group of schools."},
        {"question": "meets", "has_to_be_yes": True, "otherwise": "A hub is an alliance that meets regularly."},
    ],
    "criteria": [
        {"criterion": "reach", "title": "Reach", "weight": 60, "at_most": 5},
        {"criterion": "plan", "title": "The plan", "weight": 40, "at_most": 5},
    ],
    "scorers": 2,
}
ANSWERS: Body = {
    "requested_pence": str(REQUESTED_PENCE),
    "schools": "10",
    "meets": True,
    "plan": "Lend class sets of sensors between ten schools.",
}
AGREEMENT: Body = {
    "version": "2026-1",
    "reference": "Terms of set-up grants, edition 2026-1",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}


@dataclass
class GrantStory:
    """The steps, and the award they are about."""

    cast: Cast
    transcript: Transcript
    grant: Body = field(default_factory=dict)

    def play(self) -> None:
        """All steps; Surprise when one of them does not go as it should."""
        self._have_money()
        application = self._be_funded(self._have_application(self._have_call()))
        self._be_awarded(application["grant_id"])
        self._draw()
        self._claim()
        self._be_paid()
        grant = self._school_lead().get(self._path())
        self.transcript.note(
            f"{grant['title']}: £{grant['own_pence'] / 100:,.2f} awarded, £{grant['drawn_pence'] / 100:,.2f} drawn.",
            grant_id=grant["id"],
            grant_drawn_pence=grant["drawn_pence"],
        )

    def _have_money(self) -> None:
        officer, approver = self.cast.staff("funding officer"), self.cast.staff("approver")
        held = {one["budget"]: one for one in officer.get("/v1/budgets")["data"]}
        if BUDGET not in held:
            opening = {"budget": BUDGET, "fund": FUND, "title": "Grants of the demonstration", "scheme": "grants"}
            held[BUDGET] = officer.post("/v1/budgets", opening, expect=201)
        if held[BUDGET]["allocated_pence"] == 0:
            wish = {"to_budget": BUDGET, "amount_pence": ALLOCATED_PENCE, "reason": "SANDBOX: for the demonstration"}
            proposed = officer.post("/v1/allocations", wish, expect=201)
            approver.post(f"/v1/allocations/{proposed['id']}/approval", APPROVED)

    def _have_call(self) -> Body:
        officer, today = self.cast.staff("funding officer"), datetime.now(UTC).date()
        calls: list[Body] = self.cast.anyone().get("/v1/grant-calls")["data"]
        for call in calls:
            if call["title"] == CALL_TITLE:
                return call
        window = {"opens_on": str(today - timedelta(days=1)), "closes_on": str(today + timedelta(days=90))}
        told = {"title": CALL_TITLE, "card": "stem-hub-set-up", "budget": BUDGET, **window}
        return officer.post("/v1/grant-calls", told | {"terms": TERMS, "agreement": AGREEMENT}, expect=201)

    def _have_application(self, call: Body) -> Body:
        lead = self._school_lead()
        for made in all_of(lead, "/v1/grant-applications", call_id=call["id"]):
            return made
        recipient = {"kind": "school", "id": SCHOOL_URN, "name": SCHOOL_NAME}
        applied = {"call_id": call["id"], "recipient": recipient, "answers": ANSWERS}
        return lead.post("/v1/grant-applications", applied, expect=201)

    def _be_funded(self, application: Body) -> Body:
        path, officer = f"/v1/grant-applications/{application['id']}", self.cast.staff("funding officer")
        seen = officer.get(path)
        if seen["status"] == "submitted":
            panel = [self.cast.staff("moderator"), officer]
            for member in panel[len(seen["scores"]) :]:
                member.post(f"{path}/scores", {"points": {"reach": 4, "plan": 3}, "comment": "Clear."}, expect=201)
            seen = officer.post(f"{path}/moderation", {"reason": "Both scores are alike; the mean stands."})
            self.transcript.note(f"The panel of two gives it {seen['percent']} of 100.")
        if seen["status"] == "moderated":
            funded = {"outcome": "funded", "feedback": "A strong plan for ten schools."}
            seen = self.cast.staff("approver").post(f"{path}/decision", funded)
        return seen

    def _be_awarded(self, grant_id: str) -> None:
        self.grant = self._school_lead().get(f"/v1/grants/{grant_id}")
        if self.grant["status"] == "proposed":
            self.grant = self.cast.staff("second approver").post(f"{self._path()}/approval", APPROVED)
        if self.grant["status"] == "awarded":
            agreed = {"agreement_version": AGREEMENT["version"], "name": "Sunny Schoollead", "position": "Headteacher"}
            self.grant = self._school_lead().post(f"{self._path()}/acceptance", agreed)

    def _draw(self) -> None:
        instalment = self.grant["instalments"][0]
        wish = {
            "instalment_id": instalment["id"],
            "amount_pence": DRAWN_PENCE,
            "evidence": ["Minutes of the first meeting"],
        }
        self._ask_and_decide("drawdowns", wish)

    def _claim(self) -> None:
        day = datetime.now(UTC).date() - timedelta(days=3)
        line = {"rate": "school-visit-travel", "what": "Visits to the schools", "happened_on": str(day)}
        self._ask_and_decide("claims", {"lines": [line | {"cost_pence": TRAVEL_PENCE, "evidence": "Mileage log"}]})

    def _ask_and_decide(self, kind: str, wish: Body) -> None:
        """Ask as the school and approve as the officer, each only if it was not done before."""
        path = f"{self._path()}/{kind}"
        asked = self._school_lead().get(path)["data"] or [self._school_lead().post(path, wish, expect=201)]
        if asked[0]["decided_at"] is None:
            self.cast.staff("funding officer").post(f"{path}/{asked[0]['id']}/decision", APPROVED)

    def _be_paid(self) -> None:
        waiting = all_of(self.cast.staff("auditor"), "/v1/payables", budget=BUDGET, status="ready")
        owed = [one for one in waiting if one["subject"] == f"grant:{self.grant['id']}"]
        if owed:
            self.cast.pay(BUDGET, "Agrees with the award.")
            self.transcript.note(f"{len(owed)} payments of the grant are released by a fourth person.")

    def _school_lead(self) -> Caller:
        return self.cast.staff("school lead")

    def _path(self) -> str:
        return f"/v1/grants/{self.grant['id']}"
