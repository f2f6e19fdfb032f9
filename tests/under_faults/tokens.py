"""Tokens against clocks: by whose clock one is issued, and by whose it is believed."""

import httpx

from ncce_cli.demo.people import DEMO_DOMAIN, DEMO_PASSWORD

LIFETIME_SECONDS, LEEWAY_SECONDS = 300, 30
SURELY_SECONDS = 90
"""What a loaded machine may take between issuing and asking, and whole seconds."""
ISSUER, BELIEVER = "identity-serve", "gateway"


class Tokens:
    """Signs in before and after a jump and looks what is believed."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self.refused = self.believed = self.unknown = 0
        self.wrong: list[str] = []

    async def issued(self) -> str | None:
        """A token that nobody has used; None when nobody can sign in now."""
        wanted = {"email": f"auditor@{DEMO_DOMAIN}", "password": DEMO_PASSWORD}
        reply = await self._ask("POST", "/v1/auth/login", json=wanted)
        return reply.json()["access_token"] if reply is not None and reply.is_success else None

    async def look(self, before: str | None, name: str, seconds: int) -> None:
        """`before` was issued in true time; now a process's clock is ahead by so much, or all are."""
        ahead = {name} if name != "all" else {ISSUER, BELIEVER}
        believer = seconds if BELIEVER in ahead else 0
        await self._compare(before, believer, f"{name} by {seconds} s, issued before")
        issuer = seconds if ISSUER in ahead else 0
        await self._compare(await self.issued(), believer - issuer, f"{name} by {seconds} s, issued then")

    async def _compare(self, token: str | None, age: int, told: str) -> None:
        """Whether a token that seems so old to who is asked is believed."""
        must_not = not -LEEWAY_SECONDS - SURELY_SECONDS < age < LIFETIME_SECONDS + LEEWAY_SECONDS + SURELY_SECONDS
        reply = None
        if token is not None:
            reply = await self._ask("GET", "/v1/me/sign-ins", headers={"Authorization": f"Bearer {token}"})
        if reply is None or reply.status_code not in (200, 401, 403):
            self.unknown += 1
        elif reply.status_code == 401:
            self.refused += 1
        else:
            self.believed += 1
            self.wrong += [told] if must_not else []

    async def _ask(self, method: str, path: str, **more: object) -> httpx.Response | None:
        try:
            async with httpx.AsyncClient(base_url=self._base_url, timeout=10) as client:
                return await client.request(method, path, **more)  # type: ignore[arg-type]
        except httpx.TransportError:
            return None
