"""A process that dies while it exchanges a refresh token signs nobody out: the client asks another one."""

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from builders import GATEWAY_SIGNER, anonymous
from chassis.principal import HEADER, sign_principal
from harness import NEEDED_BY, ServiceHarness
from identity.app import SERVICE
from identity_steps import CHEAP_HASHES, IdentitySteps
from ncce_cli.broker import RunningBroker
from real_parts import RunningProcess

StartService = Callable[..., Awaitable[ServiceHarness]]


class Replicas:
    """Identity's `serve`, several times, on the database of a harness."""

    def __init__(self, identity: IdentitySteps, broker: RunningBroker, folder: Path) -> None:
        self._environment = {
            f"IDENTITY_{name.upper()}": str(value) for name, value in NEEDED_BY["identity"].items()
        } | {
            "IDENTITY_DATABASE_URL": identity.harness.settings.database_url.get_secret_value(),
            "IDENTITY_MAILDIR": str(folder),
            "NATS_URL": broker.url,
            "NCCE_ENVIRONMENT": "development",
        }
        self._folder = folder
        self.begun: list[RunningProcess] = []

    async def start(self, **settings: str) -> RunningProcess:
        """One more process, ready."""
        log = self._folder / f"serve-{len(self.begun)}.log"
        more = {f"IDENTITY_{name.upper()}": value for name, value in settings.items()}
        self.begun.append(RunningProcess(["serve"], self._environment | more, log, module="identity"))
        return await self.begun[-1].ready()


@pytest.fixture
async def identity(start_service: StartService, tmp_path: Path) -> IdentitySteps:
    """Identity with somebody who has an account."""
    harness = await start_service(SERVICE, maildir=tmp_path / "mail", password_queue=100, **CHEAP_HASHES)
    steps = IdentitySteps(harness, tmp_path / "mail")
    await steps.sign_up()
    return steps


@pytest.fixture
async def replicas(identity: IdentitySteps, own_broker: RunningBroker, tmp_path: Path) -> AsyncIterator[Replicas]:
    """None yet started."""
    found = Replicas(identity, own_broker, tmp_path)
    yield found
    for process in found.begun:
        process.stop()


async def _ask(process: RunningProcess, token: str) -> httpx.Response:
    headers = {HEADER: sign_principal(anonymous(), GATEWAY_SIGNER, "identity", lifetime_seconds=600)}
    async with httpx.AsyncClient(base_url=process.url, headers=headers, timeout=30) as client:
        return await client.post("/v1/auth/refresh", json={"refresh_token": token})


async def exchange(process: RunningProcess, token: str) -> str | None:
    """The next refresh token; None when the process died before it answered."""
    try:
        answer = await _ask(process, token)
    except httpx.TransportError:
        return None
    assert answer.status_code == 200, answer.text
    return str(answer.json()["refresh_token"])


async def refusal(process: RunningProcess, token: str) -> str:
    """Why the token is not exchanged."""
    answer = await _ask(process, token)
    assert answer.status_code == 401, answer.text
    return str(answer.json()["code"])


@pytest.mark.parametrize(
    "point", ["transaction.after_commit", pytest.param("transaction.before_commit", marks=pytest.mark.campaign)]
)
async def test_a_reply_that_died_with_its_process_is_had_from_another(
    identity: IdentitySteps, replicas: Replicas, point: str
) -> None:
    doomed, staying = await asyncio.gather(replicas.start(fault_point=point), replicas.start())
    token = (await identity.log_in()).json()["refresh_token"]
    assert await exchange(doomed, token) is None
    assert await doomed.ended() == -signal.SIGKILL
    [row] = await identity.query("SELECT count(*) AS used FROM refresh_token WHERE used_at IS NOT NULL")
    assert row.used == (point == "transaction.after_commit")
    following = await exchange(staying, token)
    assert following is not None
    assert await exchange(staying, following) is not None


async def test_two_processes_know_the_same_of_a_family_of_tokens(identity: IdentitySteps, replicas: Replicas) -> None:
    """What one exchanged, the other repeats within the grace; what one finds stolen, the other refuses at once."""
    both = await asyncio.gather(replicas.start(), replicas.start())
    token = (await identity.log_in()).json()["refresh_token"]
    for _ in range(4):
        answers = await asyncio.gather(*(exchange(process, token) for process in (*both, *both)))
        assert len(set(answers)) == 1
        assert answers[0] is not None
        former, token = token, answers[0]
    following = await exchange(both[0], token)
    assert following is not None
    assert await exchange(both[1], token) == following
    assert await refusal(both[1], former) == "refresh-token-refused"
    assert [await refusal(process, following) for process in both] == ["refresh-token-refused"] * 2

    token = (await identity.log_in()).json()["refresh_token"]
    following = await exchange(both[0], token)
    assert following is not None
    await identity.query("UPDATE refresh_token SET used_at = used_at - interval '11 seconds'")
    assert await refusal(both[1], token) == "refresh-token-refused"
    assert await refusal(both[0], following) == "refresh-token-refused"
    ended = await identity.query("SELECT ended_because FROM sign_in")
    assert [row.ended_because for row in ended] == ["token_reused"] * 2


@pytest.mark.campaign
async def test_kills_at_any_moment_sign_nobody_out(identity: IdentitySteps, replicas: Replicas) -> None:
    chosen, lost, kills = random.Random(20261122), 0, 40
    staying = await replicas.start()
    tokens = [(await identity.log_in()).json()["refresh_token"] for _ in range(20)]
    for _ in range(kills):
        doomed = await replicas.start()
        asked = [asyncio.create_task(exchange(doomed, token)) for token in tokens]
        await asyncio.sleep(chosen.uniform(0.0, 0.25))
        doomed.process.kill()
        answers = await asyncio.gather(*asked)
        lost += answers.count(None)
        tokens = [answer or await exchange(staying, token) or "" for answer, token in zip(answers, tokens, strict=True)]
    assert all(tokens)
    print(f"{kills} kills, {lost} replies lost, {len(tokens)} families, seed 20261122")  # noqa: T201
    assert lost >= kills, "the kills met requests"
    [row] = await identity.query("SELECT count(*) AS ended FROM sign_in WHERE ended_at IS NOT NULL")
    assert row.ended == 0
