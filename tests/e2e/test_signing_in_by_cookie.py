"""A browser's session on a running platform: begun, used, guarded and ended through the gateway."""

import httpx

from identity.people.demo import PASSWORD
from ncce_cli.processes import wait_until
from platform_harness import Platform

SESSION, CSRF = "__Host-ncce_session", "ncce_csrf"
ENDED_WITHIN_SECONDS = 10


def test_a_session_by_cookie_works_until_it_is_ended_and_for_nobody_elses_page(platform: Platform) -> None:
    url = platform.state.base_url
    with httpx.Client(base_url=url, timeout=30) as client:
        body = {"email": "moderator@demo.example.org", "password": PASSWORD, "mode": "cookie"}
        begun = client.post("/v1/auth/login", json=body)
        assert (begun.status_code, begun.json()["status"]) == (200, "session_started")
        cookies = f"{SESSION}={begun.cookies[SESSION]}; {CSRF}={begun.cookies[CSRF]}"
        client.cookies.clear()
        seen = {"Cookie": cookies}
        assert client.get("/v1/me", headers=seen).json()["email"] == "moderator@demo.example.org"
        refused = client.delete("/v1/auth/browser-session", headers=seen)
        assert (refused.status_code, refused.json()["code"]) == (403, "csrf-failed")
        own = {**seen, "Origin": url, "X-CSRF-Token": begun.json()["csrf_token"]}
        ended = client.delete("/v1/auth/browser-session", headers=own)
        assert ended.status_code == 204, ended.text
        client.cookies.clear()
        # The gateway hears of it by an event, not by a lapse: without one it believes a cookie for a minute.
        assert wait_until(lambda: client.get("/v1/me", headers=seen).status_code == 401, ENDED_WITHIN_SECONDS)
        assert "code" in client.get("/v1/me", headers=seen).json()
        assert client.delete("/v1/auth/browser-session", headers=own).status_code == 401
