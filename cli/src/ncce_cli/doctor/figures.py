"""What the processes tell of themselves at /metrics, held against the limits at which alerts fire."""

import json
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import isnan

from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families

from ncce_cli import processes
from ncce_cli.doctor.findings import Finding, runbook

ANSWER_SECONDS = 10.0
BUDGETS = "funding_budget_pence"
NEARLY_GONE = 0.05


@dataclass(frozen=True)
class Sign:
    """A number that means something is wrong once it is above its limit."""

    code: str
    limit: float
    says: Callable[[float], str]
    runbook: str


SIGNS = {
    "identity_webhook_oldest_due_seconds": Sign(
        "webhooks-late", 300, lambda number: f"A webhook has been due for {number:.0f} s", "webhooks-are-late"
    ),
    "identity_mail_oldest_due_seconds": Sign(
        "mail-late", 300, lambda number: f"A message has been due for {number:.0f} s", "mail-is-late"
    ),
    "identity_erasure_oldest_seconds": Sign(
        "erasure-hangs", 3600, lambda number: f"An erasure hangs since {number / 60:.0f} minutes", "erasure-hangs"
    ),
    "identity_export_oldest_seconds": Sign(
        "export-hangs", 3600, lambda number: f"An export hangs since {number / 60:.0f} minutes", "export-hangs"
    ),
    "funding_overdrawn_budgets": Sign(
        "budget-overdrawn", 0, lambda number: f"{number:.0f} budgets are overdrawn", "budget-is-overdrawn"
    ),
    "certification_unlogged_certificates": Sign(
        "certificate-unlogged",
        0,
        lambda number: f"{number:.0f} certificates are not in the public log",
        "certificate-is-not-logged",
    ),
    "certification_award_overdue_seconds": Sign(
        "awards-late", 900, lambda number: f"An award has been due for {number:.0f} s", "awards-are-late"
    ),
    "ncce_broker_servers_that_gave_up": Sign(
        "broker-gave-up",
        0,
        lambda number: f"{number:.0f} servers of the broker take nothing more since a write failed",
        "broker-gave-up",
    ),
    "ncce_audit_disputes": Sign(
        "audit-disputed",
        0,
        lambda number: f"{number:.0f} audit trails do not fit their witnesses",
        "audit-trails-disagree",
    ),
    "ncce_audit_unchained_seconds": Sign(
        "audit-unchained", 300, lambda number: f"The audit trail is {number:.0f} s behind", "audit-is-not-chained"
    ),
}


def look(part: str, port: int) -> Iterator[Finding]:
    """What a process's numbers say."""
    try:
        url = f"http://{processes.LOOPBACK}:{port}/metrics"
        with urllib.request.urlopen(url, timeout=ANSWER_SECONDS) as page:
            told = page.read().decode()
    except OSError:
        return  # that it does not answer is said of the process already
    yield from judge(part, list(text_string_to_metric_families(told)))


def judge(part: str, told: Sequence[Metric]) -> Iterator[Finding]:
    """Signs among numbers."""
    for metric in told:
        values = [sample.value for sample in metric.samples if not isnan(sample.value)]
        sign = SIGNS.get(metric.name)
        if sign and values and max(values) > sign.limit:
            sentence = f"{sign.says(max(values))}: see {runbook(sign.runbook)}."
            yield Finding(sign.code, part, sentence)
        if metric.name == "funding_ledger_imbalance_pence" and any(values):
            sentence = f"The ledger does not sum to zero: stop payments, then see {runbook('ledger-does-not-balance')}."
            yield Finding("ledger-imbalance", part, sentence)
        if metric.name == BUDGETS:
            yield from _budgets(part, metric)


def _budgets(part: str, metric: Metric) -> Iterator[Finding]:
    held = {(one.labels["budget"], one.labels["account"]): one.value for one in metric.samples}
    for (budget, account), funded in sorted(held.items()):
        left = held.get((budget, "available"), 0.0)
        if account == "funding" and funded < 0 and left < NEARLY_GONE * -funded:
            sentence = (
                f"£{left / 100:,.2f} of £{-funded / 100:,.2f} are left in the budget {budget}: allocate more, or tell "
                f"who decides that it runs out; see {runbook('budget-runs-out')}."
            )
            yield Finding("budget-nearly-gone", part, sentence, "soon")


def reached(admin_port: int) -> Iterator[Finding]:
    """Services that the gateway has given up asking for now, by its own account."""
    try:
        url = f"http://{processes.LOOPBACK}:{admin_port}/services"
        with urllib.request.urlopen(url, timeout=ANSWER_SECONDS) as page:
            services = json.load(page)
    except OSError:
        return
    for service in services:
        for replica in service["replicas"]:
            if replica["is_open"]:
                sentence = (
                    f"The gateway cannot reach {service['name']} at {replica['origin']} and has stopped asking it for "
                    f"now: see whether {service['name']}-serve runs there, and ./ncce logs gateway."
                )
                yield Finding("service-unreachable", "gateway", sentence)
