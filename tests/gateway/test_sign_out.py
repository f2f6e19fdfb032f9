"""Signing out: the answer that says so is the last thing that anybody hears who shows the session or its tokens."""

import asyncio
import time
from uuid import uuid4

import aiohttp

from gateway.policy.shared_endings import KEPT, SharedEndings
from gateway_harness import CSRF, SESSION, Platform, Services, sign_in_by_cookie
from gateway_processes import processes, services, status_by

PROCESSES = 2


def cookies(session: str = SESSION) -> str:
    return f"__Host-ncce_session={session}; ncce_csrf={CSRF}"


async def kinds_by(behind: Services, port: int, session: str) -> set[str]:
    """What the services believe of callers with the cookie, of each process once at least."""
    before = len(behind.seen)
    statuses = await status_by(port, PROCESSES, f"Cookie: {cookies(session)}\r\n")
    assert list(statuses.values()) == [b"200"] * PROCESSES
    return {seen.principal().kind for seen in behind.seen[before:]}


async def sign_out(port: int, session: str) -> None:
    """By cookie, at whichever process takes the connection."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(
        b"DELETE /v1/auth/browser-session HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n"
        b"Origin: http://127.0.0.1:%d\r\nCookie: %b\r\nX-CSRF-Token: %b\r\n\r\n"
        % (port, port, cookies(session).encode(), CSRF.encode())
    )
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 204 "), answer
    assert b"x-ncce-" not in answer.lower()


async def test_after_signing_out_no_process_of_the_gateway_answers_for_the_session_any_more() -> None:
    async with services() as (behind, running), processes(running.url, PROCESSES) as (_, port):
        for number in range(3):
            session = f"{number:032x}"
            sign_in = sign_in_by_cookie(behind, time.time(), session)
            bearer = f"Authorization: Bearer {behind.issuer.token(attributes={'sign_in_id': sign_in})}\r\n"
            assert await kinds_by(behind, port, session) == {"person"}
            assert set((await status_by(port, PROCESSES, bearer)).values()) == {b"200"}
            await sign_out(port, session)
            # Nothing is waited for, and there is no broker: the next request is refused already.
            assert await kinds_by(behind, port, session) == {"anonymous"}
            assert set((await status_by(port, PROCESSES, bearer)).values()) == {b"401"}


async def test_only_identity_is_believed_about_what_has_ended(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    sign_in = sign_in_by_cookie(platform.services, platform.clock())
    for path, has_ended in (("/v1/hubs", False), ("/v1/organisations", True)):
        for told in ("nonsense", "", f"nonsense,{sign_in}"):
            async with client.get(f"{platform.url}{path}/liar?{told}") as reply:
                assert reply.status == 200
                assert "x-ncce-ended" not in reply.headers
        assert platform.gateway.authenticator.has_ended(sign_in) is has_ended


async def test_a_session_is_looked_at_every_five_seconds_while_nobody_would_tell_that_it_ended(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    sign_in_by_cookie(platform.services, platform.clock())
    lookups = []
    for hears in (False, True):
        platform.gateway.authenticator.hears = hears
        for _ in range(3):
            platform.clock.advance(5)
            async with client.get(platform.url + "/v1/hubs", headers={"Cookie": cookies()}) as reply:
                assert reply.status == 200
        lookups.append(platform.services.session_lookups)
    assert lookups == [3, 4]


def test_every_process_is_told_once_what_another_saw_end() -> None:
    one = SharedEndings(3)
    assert not one.has_news
    told = [uuid4() for _ in range(4)]
    for column, sign_in in zip((0, 2, 2, 1), told, strict=True):
        one.column = column
        one.tell(sign_in)
    assert one.has_news
    assert (set(one.news().ended), one.news().ended, one.has_news) == (set(told), [], False)


def test_who_has_missed_some_is_told_so() -> None:
    one = SharedEndings(2)
    told = [uuid4() for _ in range(KEPT + 1)]
    for sign_in in told:
        one.tell(sign_in)
    news = one.news()
    assert (news.ended, news.is_whole) == (told[1:], False)
    one.tell(told[0])
    assert one.news() == ([told[0]], True)
