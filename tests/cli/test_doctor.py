"""What the doctor says of each thing that can be wrong, and that it says nothing where nothing is."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest
from cryptography import x509
from prometheus_client.parser import text_string_to_metric_families

from certificates import Authority
from conftest import StartService
from hubs.app import SERVICE
from ncce_cli import processes
from ncce_cli.doctor import broker, databases, figures, machine
from ncce_cli.doctor.broker import Progress
from ncce_cli.doctor.databases import Archive
from ncce_cli.doctor.findings import Finding
from ncce_cli.parts import ROOT, SERVICES
from ncce_cli.state import NEEDED_BYTES, Home

PLENTY = 100 * NEEDED_BYTES


def codes(found: Iterator[Finding] | list[Finding]) -> list[str]:
    return [f"{one.code} {one.severity}" for one in found]


@pytest.mark.parametrize(
    ("free", "said"),
    [(PLENTY, []), (2 * NEEDED_BYTES, ["disk-nearly-full soon"]), (NEEDED_BYTES - 1, ["disk-nearly-full wrong"])],
)
def test_a_disk_that_is_nearly_full_is_told_of_before_databases_stop(
    tmp_path: Path, free: int, said: list[str]
) -> None:
    assert codes(machine.space(Home(tmp_path / "not yet made"), free)) == said


def test_a_port_that_is_taken_is_told_of() -> None:
    with processes.draw_port() as holder:
        holder.listen()
        assert codes(machine.port(processes.port_of(holder))) == ["port-taken wrong"]
    assert codes(machine.port(processes.free_port())) == []


@pytest.mark.parametrize(
    ("days_from_now", "said"), [(0, []), (364, ["certificate-ends soon"]), (3650, ["certificate-ends wrong"])]
)
def test_a_certificate_that_ends_soon_is_told_of(tmp_path: Path, days_from_now: int, said: list[str]) -> None:
    issued = Authority(tmp_path).issue("funding", "funding")
    ends = x509.load_pem_x509_certificate(issued.certificate.read_bytes()).not_valid_after_utc
    now = {0: ends - timedelta(days=30), 364: ends - timedelta(days=1), 3650: ends + timedelta(days=1)}[days_from_now]
    assert codes(machine.certificates({"FUNDING_TLS_CERTIFICATE": str(issued.certificate)}, "funding", now)) == said


@pytest.mark.parametrize(("ahead", "said"), [(0.5, []), (3, ["clock-skew wrong"]), (-60, ["clock-skew wrong"])])
def test_clocks_that_disagree_are_told_of(ahead: float, said: list[str]) -> None:
    assert codes(machine.clock("the database", ahead)) == said


@pytest.mark.parametrize(
    ("archive", "said"),
    [
        (Archive(is_archived=False, fails=False, age=None), []),
        (Archive(is_archived=True, fails=False, age=60), []),
        (Archive(is_archived=True, fails=True, age=60), ["backup-old wrong"]),
        (Archive(is_archived=True, fails=False, age=7200), ["backup-old wrong"]),
        (Archive(is_archived=True, fails=False, age=None), ["backup-old wrong"]),
    ],
)
def test_a_log_that_does_not_get_into_its_archive_is_told_of(archive: Archive, said: list[str]) -> None:
    assert codes(databases.backups("hubs", archive)) == said


def test_a_consumer_that_gets_no_further_is_stuck_and_a_slow_one_is_not() -> None:
    before = {"hubs-a": Progress(5, 10, 1), "hubs-b": Progress(5, 10, 0), "hubs-c": Progress(0, 10, 0)}
    after = {"hubs-a": Progress(7, 10, 1), "hubs-b": Progress(5, 11, 0), "hubs-c": Progress(3, 10, 0)}
    [told] = broker.stuck(before, after)
    assert (told.code, told.part) == ("consumer-stuck", "hubs")
    assert told.sentence.startswith("hubs-a gets no further while 7 events wait")


FIGURES = """\
# TYPE funding_budget_pence gauge
funding_budget_pence{budget="a",account="funding"} -1000.0
funding_budget_pence{budget="a",account="available"} 49.0
funding_budget_pence{budget="b",account="funding"} -1000.0
funding_budget_pence{budget="b",account="available"} 50.0
# TYPE funding_ledger_imbalance_pence gauge
funding_ledger_imbalance_pence 1.0
# TYPE funding_overdrawn_budgets gauge
funding_overdrawn_budgets NaN
# TYPE ncce_audit_unchained_seconds gauge
ncce_audit_unchained_seconds 301.0
"""


def test_numbers_above_their_limits_are_told_of_and_unknown_ones_are_not() -> None:
    told = list(figures.judge("funding", list(text_string_to_metric_families(FIGURES))))
    assert {one.code for one in told} == {"budget-nearly-gone", "ledger-imbalance", "audit-unchained"}
    [budget] = [one for one in told if one.code == "budget-nearly-gone"]
    assert budget.severity == "soon"
    assert budget.sentence.startswith("£0.49 of £10.00 are left in the budget a")


def test_every_runbook_that_the_doctor_names_is_there_and_every_number_is_an_alerts() -> None:
    alerts = (ROOT / "deploy/observability/rules/alerts.yaml").read_text()
    for metric, sign in figures.SIGNS.items():
        assert (ROOT / "deploy/runbooks" / f"{sign.runbook}.md").is_file()
        assert metric in alerts


async def test_what_is_wrong_with_a_database_is_told(start_service: StartService) -> None:
    """Made really: an unmigrated one, a stranger, an old event, a dead letter, one that is not there."""
    harness = await start_service(SERVICE)
    url = harness.settings.database_url.get_secret_value()
    assert codes(await databases.look(dict.fromkeys(SERVICES, url))) == []
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "INSERT INTO outbox (event_id, subject, type, aggregate, sequence, data, traceparent, recorded_at) "
            "VALUES (gen_random_uuid(), 'hub.changed', 't', 'a', 1, '{}', '', now() - interval '1 hour')"
        )
        await connection.execute("ALTER TABLE alembic_version RENAME TO elsewhere")
        unmigrated = await databases.look(dict.fromkeys(SERVICES, url))
        await connection.execute("ALTER TABLE elsewhere RENAME TO alembic_version")
    finally:
        await connection.close()
    assert {one.code for one in unmigrated} == {"database-unmigrated"}
    nobody = url.replace("postgresql://", "postgresql://nobody_there", 1)
    away = "postgresql://x@127.0.0.1:1/x"
    own = {"identity": url, "hubs": f"{url}_gone", "certification": away, "funding": nobody}
    told = {one.part: one for one in await databases.look(own)}
    assert told["identity"].code == "outbox-old"
    assert told["hubs"].code == "database-missing"
    assert told["certification"].code == "database-down"
    assert told["funding"].code == "database-wrong-role"
    assert all(one.sentence.endswith(".") for one in told.values())
