"""Whether an address has an account is told by nothing: not by the answer, the work done for it, or its time."""

import random
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher
from sqlalchemy import event
from sqlalchemy.engine import Engine

from identity.erasures.own import erase
from identity.passwords.schemas import ResetRequested
from identity.sessions.rules import account_allowance
from identity_steps import IdentitySteps, registration
from rank_test import chance_of_such_ranks

KNOWN, UNKNOWN = "sam.teacher@example.org", "nobody.here@example.org"
UNCONFIRMED, ERASED = "not.yet@example.org", "was.here@example.org"
LINKED, WITH_FACTOR = "from.elsewhere@example.org", "has.an.app@example.org"
ADDRESSES = (KNOWN, UNKNOWN, UNCONFIRMED, ERASED, LINKED, WITH_FACTOR)
SEED = 20261122


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


@contextmanager
def work() -> Iterator[tuple[list[str], list[str]]]:
    """What hashes passwords meanwhile, without salts and hashes, and every statement."""
    hashed: list[str] = []
    patch = pytest.MonkeyPatch()
    really_verify, really_hash = PasswordHasher.verify, PasswordHasher.hash

    def verify(hasher: PasswordHasher, expected: str, password: str) -> bool:
        hashed.append("verified " + expected.rpartition("$")[0].rpartition("$")[0])
        return really_verify(hasher, expected, password)

    def hash_anew(hasher: PasswordHasher, password: str) -> str:
        hashed.append("hashed")
        return really_hash(hasher, password)

    patch.setattr(PasswordHasher, "verify", verify)
    patch.setattr(PasswordHasher, "hash", hash_anew)
    try:
        with statements() as seen:
            yield hashed, seen
    finally:
        patch.undo()


async def _everybody(identity: IdentitySteps) -> None:
    """Accounts as they can be: one with a password alone, one whose owner comes from elsewhere, one with a second
    factor, one that was erased; and a registration that nobody has confirmed."""
    for email in (KNOWN, LINKED, WITH_FACTOR):
        await identity.sign_up(email)
    of = "SELECT person_id, :value, now() FROM account WHERE email_key = :key"
    await identity.query(
        "INSERT INTO federated_identity (id, person_id, provider, issuer, subject, linked_at)"
        " SELECT gen_random_uuid(), person_id, 'one-login', :value, 'sam', now() FROM account WHERE email_key = :key",
        value="https://login.example.org",
        key=LINKED,
    )
    await identity.query(
        f"INSERT INTO recovery_code (person_id, code_hash, created_at) {of}", value=b"x", key=WITH_FACTOR
    )
    assert (await identity.post("/v1/auth/register", registration(UNCONFIRMED))).status_code == 202
    await identity.sign_up(ERASED)
    [row] = await identity.query("SELECT person_id FROM account WHERE email_key = :key", key=ERASED)
    async with identity.harness.session() as session:
        await erase(session, row.person_id)
    await identity.query("DELETE FROM mail")


LOGIN, REGISTER, RESET = "login", "register", "password-resets"


def _body(path: str, email: str) -> dict[str, object]:
    bodies: dict[str, dict[str, object]] = {
        LOGIN: {"email": email, "password": "not the password"},
        REGISTER: registration(email),
        RESET: {"email": email},
    }
    return bodies[path]


@pytest.mark.parametrize(
    ("path", "status", "hashes", "least"), [(LOGIN, 401, 1, 3), (REGISTER, 202, 1, 5), (RESET, 202, 0, 3)]
)
async def test_the_work_for_an_address_is_the_same_whoever_has_it(
    identity: IdentitySteps, path: str, status: int, hashes: int, least: int
) -> None:
    await _everybody(identity)
    await identity.post(f"/v1/auth/{path}", _body(path, "somebody.else@example.org"))  # prepares what is prepared once
    costs = []
    for email in ADDRESSES:
        with work() as (hashed, seen):
            assert (await identity.post(f"/v1/auth/{path}", _body(path, email))).status_code == status
        costs.append((list(hashed), list(seen)))
    assert all(cost == costs[0] for cost in costs)
    assert len(costs[0][0]) == hashes
    assert len(costs[0][1]) >= least


async def test_what_is_stored_for_a_request_tells_nothing_until_the_letter_is_written(
    identity: IdentitySteps,
) -> None:
    await _everybody(identity)
    for email in (KNOWN, UNKNOWN, UNCONFIRMED, ERASED):
        await identity.post("/v1/auth/password-resets", {"email": email})
    waiting = await identity.query("SELECT template, subject, body, person_id, attempts FROM mail")
    assert [tuple(row) for row in waiting] == [("reset_asked", "", "", None, 0)] * 4
    await identity.write_letters()
    written = await identity.query("SELECT to_key, template FROM mail WHERE body <> '' ORDER BY queued_at")
    templates = ["reset_password", *["reset_without_account"] * 3]
    assert [tuple(row) for row in written] == list(zip((KNOWN, UNKNOWN, UNCONFIRMED, ERASED), templates, strict=True))


async def test_who_tried_too_often_is_told_the_same_whether_or_not_there_is_such_an_account(
    identity: IdentitySteps,
) -> None:
    await identity.sign_up()
    answers = []
    for email in (KNOWN, UNKNOWN):
        tried = [await identity.log_in(email, "not the password") for _ in range(12)]
        with statements() as seen:
            last = await identity.log_in(email, "not the password")
        answers.append(([one.status_code for one in tried], last.status_code, last.json()["code"], seen))
    assert answers[0] == answers[1]
    assert answers[0][1] == 429


async def test_registering_and_resetting_answer_the_same_to_the_letter(identity: IdentitySteps) -> None:
    await identity.sign_up()
    for path, body in (("register", registration), ("password-resets", lambda email: {"email": email})):
        known, unknown = [await identity.post(f"/v1/auth/{path}", body(email)) for email in (KNOWN, UNKNOWN)]
        assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
        assert known.headers.keys() == unknown.headers.keys()
    assert ResetRequested().model_dump() == unknown.json()


def test_what_differs_by_half_of_its_noise_is_found_and_what_does_not_is_not() -> None:
    chosen = random.Random(SEED)
    same = [[chosen.gauss(100, 2) for _ in ADDRESSES] for _ in range(200)]
    assert chance_of_such_ranks(same, shuffles=99, seed=SEED) > 0.05
    slower = [[row[0] + 1.0, *row[1:]] for row in same]
    assert chance_of_such_ranks(slower, shuffles=99, seed=SEED) == 0.01


async def _until_it_must_wait(identity: IdentitySteps, email: str) -> None:
    """Have the address wait for an hour, as after many wrong passwords."""
    await identity.query(
        "INSERT INTO sign_in_attempts (subject, failures, counted_since, retry_at)"
        " VALUES (:subject, 99, now(), now() + interval '1 hour')",
        subject=account_allowance(email).subject,
    )


@pytest.mark.campaign
@pytest.mark.parametrize(
    ("path", "rounds", "is_waiting"),
    [(LOGIN, 300, False), (LOGIN, 500, True), (REGISTER, 100, False), (RESET, 300, False)],
    ids=["login", "login-that-must-wait", "register", "reset"],
)
async def test_the_time_of_an_answer_tells_nothing_of_the_address(
    identity: IdentitySteps, path: str, rounds: int, is_waiting: bool
) -> None:
    """Everybody once a round, in random order: ranks so far apart are seen by chance more than once in a hundred runs.

    Medians are printed: on an idle machine they are less than 5 ms apart, beside other work that says nothing.
    """
    state, chosen = identity.harness.app.state, random.Random(SEED)
    state.settings = state.settings.model_copy(update={"argon2_memory_kib": 47_104, "argon2_iterations": 2})
    await _everybody(identity)
    taken: list[list[float]] = []
    for _ in range(rounds):
        times = dict.fromkeys(ADDRESSES, 0.0)
        for email in chosen.sample(ADDRESSES, len(ADDRESSES)):
            await identity.query("DELETE FROM sign_in_attempts")
            await identity.query("DELETE FROM mail")
            if is_waiting:
                await _until_it_must_wait(identity, email)
            began = time.perf_counter()
            answer = await identity.post(f"/v1/auth/{path}", _body(path, email))
            times[email] = time.perf_counter() - began
            assert answer.status_code == (429 if is_waiting else 401 if path == LOGIN else 202)
        taken.append(list(times.values()))
    medians = [1000 * statistics.median(column) for column in zip(*taken, strict=True)]
    chance = chance_of_such_ranks(taken, shuffles=1999, seed=SEED)
    told = ", ".join(f"{email} {one:.2f} ms" for email, one in zip(ADDRESSES, medians, strict=True))
    print(f"{path}, waiting: {is_waiting}, {rounds} rounds, seed {SEED}: p = {chance:.3f}; {told}")  # noqa: T201
    assert chance > 0.01, told
