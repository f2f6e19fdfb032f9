"""What people do with identity, as steps for its tests."""

import mailbox
import re
from email.message import Message
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import CursorResult, text

from builders import anonymous
from chassis.principal import Principal
from harness import ServiceHarness
from identity.accounts.letters import write_next_letter
from identity.mail.maildir import Maildir
from identity.mail.sender import send_batch

PASSWORD = "walnut copper lighthouse"
CHEAP_HASHES = {"argon2_memory_kib": 8, "argon2_iterations": 1}
"""Argon2 as fast as it goes: tests hash by the hundred."""


def registration(email: str = "sam.teacher@example.org", **changes: object) -> dict[str, object]:
    """The body of a registration."""
    return {
        "email": email,
        "password": PASSWORD,
        "given_name": "Samira",
        "family_name": "Teechur",
        "school_urn": "900001",
        "phase": "primary",
        **changes,
    }


class IdentitySteps:
    """Identity with its maildir, and the steps of somebody who uses it."""

    def __init__(self, harness: ServiceHarness, maildir: Path) -> None:
        self.harness = harness
        self.maildir = maildir

    async def call(
        self, method: str, path: str, body: object = None, *, caller: Principal | None = None
    ) -> httpx.Response:
        """One request, by default from nobody in particular."""
        client = await self.harness.client(caller or anonymous())
        return await client.request(method, path, json=body)

    async def post(self, path: str, body: object, *, caller: Principal | None = None) -> httpx.Response:
        """POST a body."""
        return await self.call("POST", path, body, caller=caller)

    async def mails(self, to: str = "sam.teacher@example.org") -> list[Message]:
        """Everything delivered to an address, after what is queued was sent; oldest first."""
        await self.write_letters()
        while await send_batch(self.harness.database, Maildir(self.maildir, "no-reply@ncce.example.org")):
            pass
        delivered = mailbox.Maildir(self.maildir, create=True)
        return [delivered[key] for key in sorted(delivered.keys()) if delivered[key]["To"] == to]

    async def write_letters(self) -> None:
        """Write the letters that addresses asked for."""
        settings = self.harness.app.state.settings
        while await write_next_letter(self.harness.database, settings):
            pass

    async def tokens_mailed(self, to: str = "sam.teacher@example.org") -> list[str]:
        """The confirmation tokens in an address's mail."""
        bodies = [str(mail.get_payload()) for mail in await self.mails(to)]
        return [token for body in bodies for token in re.findall(r"^token=([A-Za-z0-9_-]{43})$", body, re.MULTILINE)]

    async def sign_up(self, email: str = "sam.teacher@example.org", **changes: object) -> None:
        """Register and confirm."""
        assert (await self.post("/v1/auth/register", registration(email, **changes))).status_code == 202
        token = (await self.tokens_mailed(email))[-1]
        assert (await self.post("/v1/auth/confirm", {"token": token})).status_code == 200

    async def log_in(
        self, email: str = "sam.teacher@example.org", password: str = PASSWORD, *, caller: Principal | None = None
    ) -> httpx.Response:
        """Sign in."""
        return await self.post("/v1/auth/login", {"email": email, "password": password}, caller=caller)

    def ask_for_no_factor(self) -> None:
        """Let staff in by password, as the demo does."""
        state = self.harness.app.state
        state.settings = state.settings.model_copy(update={"second_factor_roles": ()})

    async def log_in_by_cookie(self, email: str = "sam.teacher@example.org") -> str:
        """Sign in as a browser does; the value of the session's cookie."""
        answer = await self.post("/v1/auth/login", {"email": email, "password": PASSWORD, "mode": "cookie"})
        assert answer.status_code == 200, answer.text
        return answer.cookies["__Host-ncce_session"]

    async def refresh(self, token: str) -> httpx.Response:
        """Exchange a refresh token."""
        return await self.post("/v1/auth/refresh", {"refresh_token": token})

    async def query(self, statement: str, **values: object) -> list[Any]:
        """Rows straight from the database."""
        async with self.harness.session() as session:
            result = await session.execute(text(statement), values)
            return list(result) if isinstance(result, CursorResult) and result.returns_rows else []

    async def audited(self) -> list[str]:
        """The actions in the audit trail, in order."""
        return [row.action for row in await self.query("SELECT action FROM audit_entry ORDER BY position")]
