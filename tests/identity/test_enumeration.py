"""Whether an address has an account is told by nothing: not by the answer, the work done for it, or its time."""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from identity.passwords.schemas import ResetRequested
from identity_steps import IdentitySteps, registration

KNOWN, UNKNOWN = "sam.teacher@example.org", "nobody.here@example.org"


@contextmanager
def statements() -> Iterator[list[str]]:
    """Every statement that any engine of this process runs meanwhile, without its values."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def test_a_sign_in_that_fails_asks_the_database_the_same_whoever_it_is_for(identity: IdentitySteps) -> None:
    await identity.sign_up()
    await identity.log_in("somebody.else@example.org", "not the password")  # what is prepared once is prepared now
    asked = []
    for email in (KNOWN, UNKNOWN):
        with statements() as seen:
            assert (await identity.log_in(email, "not the password")).status_code == 401
        asked.append(seen)
    assert asked[0] == asked[1]
    assert len(asked[0]) >= 3


async def test_registering_and_resetting_answer_the_same_to_the_letter(identity: IdentitySteps) -> None:
    await identity.sign_up()
    for path, body in (("register", registration), ("password-resets", lambda email: {"email": email})):
        known, unknown = [await identity.post(f"/v1/auth/{path}", body(email)) for email in (KNOWN, UNKNOWN)]
        assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
        assert known.headers.keys() == unknown.headers.keys()
    assert ResetRequested().model_dump() == unknown.json()


@pytest.mark.campaign
async def test_the_time_of_a_sign_in_tells_nothing_of_the_address(identity: IdentitySteps) -> None:
    """300 of each, taken in turn: their medians lie within 5 ms of each other."""
    state = identity.harness.app.state
    state.settings = state.settings.model_copy(update={"argon2_memory_kib": 47_104, "argon2_iterations": 2})
    await identity.sign_up()
    taken: dict[str, list[float]] = {KNOWN: [], UNKNOWN: []}
    for _ in range(300):
        for email, times in taken.items():
            await identity.query("DELETE FROM sign_in_attempts")
            began = time.perf_counter()
            assert (await identity.log_in(email, "not the password")).status_code == 401
            times.append(time.perf_counter() - began)
    known, unknown = (statistics.median(times) for times in taken.values())
    assert abs(known - unknown) < 0.005, f"{known * 1000:.1f} ms and {unknown * 1000:.1f} ms"
