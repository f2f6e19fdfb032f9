"""The journey of one teacher, step by step, through the gateway (the eight steps of the platform's first issue)."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from ncce_cli.demo.grants import GrantStory
from ncce_cli.demo.mailbox import confirmation_token
from ncce_cli.demo.people import Cast
from ncce_cli.demo.transcript import Body, Caller, Surprise, Transcript, all_of

HUB_SLUG = "greater-manchester"
HUB_DISTRICTS = [f"E080000{number:02}" for number in range(1, 11)]
"""The ten districts of Greater Manchester."""
PRIORITY_URN = "900001"
"""The synthetic register's primary school in a district of category 5."""
PARTNER = "raspberry-pi-foundation"
ONLINE_COURSES = 4
COMMUNITY_CREDITS = Decimal(25)


@dataclass
class Journey:
    """What the steps pass on to each other."""

    cast: Cast
    transcript: Transcript
    mail: Path
    school: Body = field(default_factory=dict)
    hub: Body = field(default_factory=dict)
    run: Body = field(default_factory=dict)
    teacher_id: str = ""
    booking_id: str = ""
    bursary_id: str = ""
    amount_pence: int = 0

    def play(self) -> None:
        """All steps; Surprise when one of them does not go as it should."""
        steps = [
            ("A teacher registers, confirms the e-mail, signs in", self.register),
            ("The local hub: looked up by postcode and by school, then joined", self.join_hub),
            ("What the school is eligible for", self.ask_eligibility),
            ("A course near the hub, a place on it, a bursary for it", self.book_and_apply),
            ("The diagnostic, the register, and a partner's batch of completions", self.complete_cpd),
            ("Community activity, recorded and moderated", self.support_community),
            ("Progress, the certificate, and its public verification", self.be_certified),
            ("The bursary is claimed and paid, by different people at every step", self.be_paid),
            (
                "A grant: applied for, scored, awarded, drawn, claimed and paid; once, however often this runs",
                self.be_granted,
            ),
            ("What must be refused is refused", self.be_refused),
        ]
        self.pick_school()
        for title, step in steps:
            with self.transcript.chapter(title):
                step()

    def pick_school(self) -> None:
        """A school of the demo hub's area whose one bursary of the year is still free."""
        taken = {bursary["school_urn"] for bursary in all_of(self.cast.staff("auditor"), "/v1/bursaries")}
        visitor = self.cast.anyone()
        self.hub = next(hub for hub in all_of(visitor, "/v1/hubs") if hub["slug"] == HUB_SLUG)
        for district in HUB_DISTRICTS:
            for school in all_of(visitor, "/v1/schools", phase="primary", district=district):
                if school["urn"] not in taken and school["is_open"] and school["is_state_funded"]:
                    self.school = school
                    return
        raise Surprise("Every school near the demo hub has had its bursary: ./ncce reset makes a fresh platform.")

    def register(self) -> None:
        """Step 1."""
        visitor, cast = self.cast.anyone(), self.cast
        person = {"email": cast.email, "password": cast.password, "given_name": "Sam", "family_name": "Teacher"}
        visitor.post("/v1/auth/register", person | {"school_urn": self.school["urn"], "phase": "primary"}, expect=202)
        visitor.post("/v1/auth/confirm", {"token": confirmation_token(self.mail, cast.email)})
        teacher = cast.sign_in("teacher", cast.email, cast.password)
        self.teacher_id = teacher.get("/v1/me")["id"]
        progress = teacher.eventually(
            "/v1/progress", lambda body: _recorded(body, "commitment") > 0, "teacher.registered opens the log"
        )
        self.transcript.note(
            f"The log is open: {_recorded(progress, 'commitment')} commitment credits for registering.",
            teacher_id=self.teacher_id,
            school_urn=self.school["urn"],
        )

    def join_hub(self) -> None:
        """Step 2."""
        visitor, teacher = self.cast.anyone(), self.cast.teacher()
        by_postcode = visitor.get("/v1/hubs/lookup", postcode=self.hub["postcode"])
        by_urn = visitor.get("/v1/hubs/lookup", urn=self.school["urn"])
        self.transcript.note(f"{by_postcode['basis']}: {by_postcode['explanation']}")
        _same(by_urn["hub"]["id"], self.hub["id"], "the school's hub")
        before = _recorded(teacher.get("/v1/progress"), "commitment")
        teacher.post(f"/v1/hubs/{self.hub['id']}/members", expect=201)
        teacher.eventually(
            "/v1/progress", lambda body: _recorded(body, "commitment") > before, "hub.joined earns credits"
        )

    def ask_eligibility(self) -> None:
        """Step 3."""
        visitor = self.cast.anyone()
        for urn in (self.school["urn"], PRIORITY_URN):
            answer = visitor.eventually("/v1/eligibility", lambda _: True, "school.changed reaches funding", urn=urn)
            self.transcript.note(f"[bold]{answer['school_name']}[/bold]")
            for rule in answer["rules"]:
                self.transcript.note(f"[cyan]{rule['outcome']:12}[/cyan] {rule['title']}: {rule['reason']}")

    def book_and_apply(self) -> None:
        """Step 4."""
        teacher = self.cast.teacher()
        self.run = self._find_run(teacher)
        quote = teacher.post("/v1/quotes", {"course_run_id": self.run["id"]}, expect=201)
        self.transcript.note(f"Quote: {quote['reason']}")
        booked = teacher.post("/v1/bookings", {"course_run_id": self.run["id"]}, expect=201)
        self.booking_id = booked["id"]
        preview = teacher.eventually(
            "/v1/bursaries/preview", lambda _: True, "booking.placed reaches funding", booking_id=self.booking_id
        )
        self.transcript.note(f"Preview: {preview['reason']}")
        self._see_fee(teacher, quote)
        key = str(uuid4())
        applied = teacher.post("/v1/bursaries", {"booking_id": self.booking_id}, expect=201, key=key)
        again = teacher.post("/v1/bursaries", {"booking_id": self.booking_id}, expect=201, key=key)
        _same(again["id"], applied["id"], "the repeated application")
        self.bursary_id, self.amount_pence = applied["id"], applied["amount_pence"]
        decision = {"outcome": "approved", "reason": "The rule and the budget allow it."}
        approved = self.cast.staff("approver").post(f"/v1/bursaries/{self.bursary_id}/approval", decision)
        self.transcript.note(
            f"Approved and reserved: £{self.amount_pence / 100:,.2f} for {self.run['title']}.",
            bursary_id=approved["id"],
            amount_pence=self.amount_pence,
        )

    def _see_fee(self, teacher: Caller, quote: Body) -> None:
        found = teacher.eventually(
            "/v1/fees", lambda body: bool(body["data"]), "booking.placed makes the fee", booking_id=self.booking_id
        )
        fee = found["data"][0]
        _same(fee["at_most_pence"], quote["at_most_pence"], "what was promised and what is due at most")
        self.transcript.note(f"Fee: {fee['status']}, £{fee['at_most_pence'] / 100:,.2f} at most.")

    def _find_run(self, teacher: Caller) -> Body:
        wanted: Body = {"hub_id": self.hub["id"], "mode": "face_to_face", "programme": "core"}
        for run in all_of(teacher, "/v1/course-runs", **wanted):
            if run["places_left"] > 0 and run["phase"] == "primary":
                return run
        raise Surprise("Every primary course of the demo hub is full: ./ncce reset makes a fresh platform.")

    def complete_cpd(self) -> None:
        """Step 5."""
        self._take_diagnostic()
        mark = {"entries": [{"booking_id": self.booking_id, "outcome": "attended"}]}
        early = {"early": True, "reason": "The demo does not wait for the day of the course."}
        self.cast.staff("hub lead").put(f"/v1/registers/{self.run['id']}", mark | early)
        teacher = self.cast.teacher()
        teacher.eventually(
            "/v1/progress", lambda body: _recorded(body, "professional_knowledge") > 0, "cpd.completed earns credits"
        )
        teacher.eventually(
            f"/v1/bursaries/{self.bursary_id}",
            lambda body: body["status"] == "claimable",
            "cpd.completed makes it claimable",
        )
        self._report_online_courses()

    def _take_diagnostic(self) -> None:
        teacher = self.cast.teacher()
        questionnaire = teacher.get("/v1/diagnostics/subject-knowledge")
        answers = [{"question": question["number"], "answer": 3} for question in questionnaire["questions"]]
        result = teacher.post("/v1/diagnostics/subject-knowledge/responses", {"answers": answers}, expect=201)
        self.transcript.note(f"Recommended pathway: {result['pathway']['title']}. {result['reason']}")

    def _report_online_courses(self) -> None:
        administrator = self.cast.staff("administrator")
        organisation = next(one for one in all_of(administrator, "/v1/organisations") if one["slug"] == PARTNER)
        for old in all_of(administrator, "/v1/api-keys"):
            if old["name"] == "ncce demo" and old["revoked_at"] is None:
                administrator.delete(f"/v1/api-keys/{old['id']}")
        wish = {
            "name": "ncce demo",
            "organisation_id": organisation["id"],
            "scopes": ["completions:write"],
            "expires_on": str(date.today() + timedelta(days=30)),  # noqa: DTZ011  a day well ahead, any zone will do
        }
        made = administrator.post("/v1/api-keys", wish, expect=201)
        self._send_batch(self.cast.partner(made["key"]))
        administrator.delete(f"/v1/api-keys/{made['id']}")

    def _send_batch(self, partner: Caller) -> None:
        courses = all_of(partner, "/v1/courses", mode="online")[:ONLINE_COURSES]
        learner, stranger = f"learner-{uuid4().hex[:8]}", f"stranger-{uuid4().hex[:8]}"
        completions: list[Body] = [
            _completion(course["code"], learner, "3.5") | {"teacher_id": self.teacher_id} for course in courses
        ]
        completions.append(_completion(courses[0]["code"], stranger, "3.5"))
        told = partner.post("/v1/completions:batch", {"completions": completions})
        _same((told["recorded"], told["queued"]), (len(courses), 1), "recorded and queued")
        moderator = self.cast.staff("moderator")
        queued = all_of(moderator, "/v1/completions/matches")
        if not any(match["external_learner_id"] == stranger for match in queued):
            raise Surprise("the unknown learner is not in the match queue")
        self.cast.teacher().eventually(
            "/v1/progress",
            lambda body: _component(body, "professional_knowledge")["needed"] in (0, "0", "0.00"),
            "the partner's hours complete the component",
        )

    def support_community(self) -> None:
        """Step 6."""
        teacher, moderator = self.cast.teacher(), self.cast.staff("moderator")
        earned = Decimal(0)
        for activity in all_of(teacher, "/v1/activities", category="community"):
            credits_ = Decimal(str(activity["published_credits"]))
            if earned >= COMMUNITY_CREDITS:
                break
            if not activity["self_certifiable"] or activity["status"] != "current" or credits_ < 5:
                continue
            if activity["counts_as"] != activity["code"]:
                continue  # listed once more for another phase: it would earn nothing more
            entry = {
                "activity": activity["code"],
                "occurred_on": str(date.today() - timedelta(days=30)),  # noqa: DTZ011  a month ago, any zone will do
                "description": f"{activity['title']}, with colleagues from four schools nearby.",
            }
            recorded = teacher.post("/v1/log-entries", entry, expect=201)
            decision = {"outcome": "accepted", "reason": "The description shows what was done."}
            moderator.post(f"/v1/log-entries/{recorded['id']}/decision", decision)
            earned += credits_

    def be_certified(self) -> None:
        """Step 7."""
        teacher, visitor = self.cast.teacher(), self.cast.anyone()
        held = teacher.eventually("/v1/certificates", lambda body: bool(body["data"]), "the certificate is awarded")
        for component in _scheme(teacher.get("/v1/progress"))["components"]:
            self.transcript.note(
                f"{component['component']}: {component['recorded']} recorded, {component['required']} required"
            )
        certificate = held["data"][0]
        _same(visitor.get(f"/v1/verify/{certificate['code']}")["status"], "valid", "the public verification")
        forged = certificate["code"][:-1] + ("0" if certificate["code"][-1] != "0" else "1")
        visitor.get(f"/v1/verify/{forged}", expect=404)
        self.transcript.note(f"{certificate['title']}, code {certificate['code']}.", certificate=certificate["code"])

    def be_paid(self) -> None:
        """Step 8."""
        claim = self.cast.teacher().post("/v1/claims", {"bursary_id": self.bursary_id}, expect=201)
        right = {"outcome": "approved", "reason": "The course was attended."}
        self.cast.staff("funding officer").post(f"/v1/claims/{claim['id']}/approval", right)
        self.cast.pay(claim["budget"], "Agrees with the claim.")
        paid = self.cast.teacher().get(f"/v1/bursaries/{self.bursary_id}")
        _same(paid["status"], "paid", "the bursary")
        balance = self.cast.staff("auditor").get("/v1/ledger/trial-balance")
        _same(balance["total_pence"], 0, "the ledger's sum")
        self.transcript.note(f"Paid: £{self.amount_pence / 100:,.2f} to the school; the ledger sums to zero.")

    def be_granted(self) -> None:
        """Beside the journey: money for a school's alliance."""
        GrantStory(self.cast, self.transcript).play()

    def be_refused(self) -> None:
        """Beside the journey: three refusals everybody relies on."""
        visitor, teacher = self.cast.anyone(), self.cast.teacher()
        visitor.get("/v1/me", expect=401)
        teacher.post(
            f"/v1/bursaries/{self.bursary_id}/approval", {"outcome": "approved", "reason": "Mine."}, expect=403
        )
        teacher.get(f"/v1/bookings/{uuid4()}", expect=404)


def _completion(code: str, learner: str, hours: str) -> Body:
    done_on = str(date.today() - timedelta(days=2))  # noqa: DTZ011  two days ago, any zone will do
    return {
        "external_id": uuid4().hex,
        "external_learner_id": learner,
        "activity_code": code,
        "hours": hours,
        "completed_on": done_on,
    }


def _scheme(progress: Body) -> Body:
    return next(one for one in progress["data"] if one["scheme"] == "primary")


def _component(progress: Body, name: str) -> Body:
    if not progress["data"]:
        return {"recorded": 0, "needed": None}
    return next(one for one in _scheme(progress)["components"] if one["component"] == name)


def _recorded(progress: Body, component: str) -> Decimal:
    return Decimal(str(_component(progress, component)["recorded"]))


def _same(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        raise Surprise(f"{what}: expected {wanted}, found {found}")
