"""Who plays in the demo: the staff of the demo data set, a fresh teacher, and a partner with a key."""

import random
from dataclasses import dataclass, field
from uuid import uuid4

import httpx

from ncce_cli.demo.transcript import Caller, Transcript

DEMO_PASSWORD = "three-random-words-demo"  # noqa: S105  the published password of the demo data set, found nowhere else
DEMO_DOMAIN = "demo.example.org"

STAFF = {
    "hub lead": "hub.lead",
    "moderator": "moderator",
    "approver": "funding.approver",
    "second approver": "second.funding.approver",
    "funding officer": "funding.officer",
    "payment officer": "payment.officer",
    "second payment officer": "second.payment.officer",
    "third payment officer": "third.payment.officer",
    "fourth payment officer": "fourth.payment.officer",
    "auditor": "auditor",
    "administrator": "administrator",
    "school lead": "school.lead",
}


@dataclass
class Cast:
    """The callers of one journey. Staff sign in when they are first needed."""

    http: httpx.Client
    transcript: Transcript
    email: str = field(default_factory=lambda: f"sam.{uuid4().hex[:12]}@{DEMO_DOMAIN}")
    password: str = field(default_factory=lambda: f"walnut copper {random.randrange(10**6)}")  # noqa: S311  a throw-away
    _signed_in: dict[str, Caller] = field(default_factory=dict)

    def anyone(self) -> Caller:
        """A visitor who has not signed in."""
        return Caller(self.http, self.transcript, "visitor")

    def sign_in(self, who: str, email: str, password: str) -> Caller:
        """Sign in and remember the caller."""
        tokens = self.anyone().post("/v1/auth/login", {"email": email, "password": password})
        self._signed_in[who] = Caller(self.http, self.transcript, who, tokens["access_token"])
        return self._signed_in[who]

    def teacher(self) -> Caller:
        """The teacher of this journey, signed in."""
        return self._signed_in["teacher"]

    def staff(self, who: str) -> Caller:
        """A member of staff of the demo data set."""
        return self._signed_in.get(who) or self.sign_in(who, f"{STAFF[who]}@{DEMO_DOMAIN}", DEMO_PASSWORD)

    def partner(self, key: str) -> Caller:
        """A partner organisation with its API key."""
        return Caller(self.http, self.transcript, "partner", key)

    def pay(self, budget: str, reason: str) -> None:
        """Everything owed of a budget: prepared, checked, approved and released by four people."""
        run = self.staff("payment officer").post("/v1/payment-runs", {"budget": budget}, expect=201)
        path, seen = f"/v1/payment-runs/{run['id']}", {"content_sha256": run["content_sha256"]}
        self.staff("second payment officer").post(f"{path}/check", seen)
        agreed = {"outcome": "approved", "reason": reason}
        self.staff("third payment officer").post(f"{path}/approval", seen | agreed)
        self.staff("fourth payment officer").post(f"{path}/release")
