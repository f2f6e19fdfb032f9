"""Those who call a running platform through its gateway: the demo's people, a partner's program, and nobody at all."""

from dataclasses import dataclass
from time import monotonic
from typing import Any

import requests

from identity.api_keys.models import Scope

PASSWORD = "three-random-words-demo"
TOKEN_SECONDS = 200.0
"""How long a token is used: it is good for five minutes."""
JSON = dict[str, Any]


@dataclass
class Caller:
    """Somebody with a credential, renewed when it is old or no longer good."""

    name: str
    role: str | None
    base_url: str
    session: requests.Session
    credential: str = ""
    got_at: float = 0.0

    def headers(self) -> dict[str, str]:
        """What makes a request theirs."""
        if self.name == "anonymous":
            return {}
        if not self.credential or monotonic() - self.got_at > TOKEN_SECONDS:
            self.credential, self.got_at = self._signed_in(self.name) if self.role else self._key(), monotonic()
        return {"Authorization": f"Bearer {self.credential}"}

    def forget(self) -> None:
        """Get another credential before the next request: this one has been ended."""
        self.credential = ""

    def may_call(self, operation: JSON) -> bool:
        """Whether an operation is theirs: the school's lead takes what is for everybody who is signed in."""
        for allowed in operation["x-callers"]:
            if self.name == "anonymous" and allowed["kind"] == "public":
                return True
            if self.role is None and allowed["kind"] == "partner" and self.name != "anonymous":
                return True
            if self.role in allowed.get("roles", ()) or (self.role == "school_lead" and allowed == {"kind": "person"}):
                return True
        return False

    def _signed_in(self, name: str) -> str:
        body = {"email": f"{name}@demo.example.org", "password": PASSWORD}
        reply = self.session.post(f"{self.base_url}/v1/auth/login", json=body, timeout=30)
        return str(reply.json()["access_token"])

    def _key(self) -> str:
        administrator = {"Authorization": f"Bearer {self._signed_in('administrator')}"}
        organisations = self.session.get(f"{self.base_url}/v1/organisations", timeout=30).json()["data"]
        [own] = [one for one in organisations if one["slug"] == "stem-learning"]
        listed = self.session.get(f"{self.base_url}/v1/api-keys", headers=administrator, timeout=30).json()["data"]
        for old in (one for one in listed if one["organisation_id"] == own["id"]):
            self.session.delete(f"{self.base_url}/v1/api-keys/{old['id']}", headers=administrator, timeout=30)
        wanted = {"organisation_id": own["id"], "name": self.name, "scopes": [one.value for one in Scope]}
        made = self.session.post(f"{self.base_url}/v1/api-keys", json=wanted, headers=administrator, timeout=30)
        return str(made.json()["key"])
