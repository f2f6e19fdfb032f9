"""The funding service, put together."""

from fastapi import FastAPI

from chassis import audit_api, export_api, merge_effects_api, retention_api
from chassis.service import Seed, Service, build_app
from contracts.funding import FundingAuditChained, FundingRecordsViewed
from funding import seeds
from funding.allocations import api as allocations
from funding.bank_files import api as bank_files
from funding.bank_returns import api as bank_returns
from funding.base import Base
from funding.budgets import api as budgets
from funding.bursaries import api as bursaries
from funding.claims import api as claims
from funding.eligibility import api as eligibility
from funding.explanations import api as explanations
from funding.fee_policies import api as fee_policies
from funding.fee_policy_drafts import api as fee_policy_drafts
from funding.fees import api as fees
from funding.fees.background import settle_reopened
from funding.grant_adjustments import api as grant_adjustments
from funding.grant_applications import api as grant_applications
from funding.grant_cards import api as grant_cards
from funding.grant_claims import api as grant_claims
from funding.grant_drawdowns import api as grant_drawdowns
from funding.grant_explanations import api as grant_explanations
from funding.grant_spending import api as grant_spending
from funding.grants import api as grants
from funding.group_grants import api as group_grants
from funding.group_grants.background import answer_groups, tell_of_groups
from funding.handlers import subscriptions, witness
from funding.impacts import api as impacts
from funding.impacts.background import end_what_has_passed, work_off_impacts
from funding.invariants import INVARIANTS
from funding.ledger import api as ledger
from funding.measures import MEASURES
from funding.merges.questions import ask
from funding.merges.registry import TABLES
from funding.open_data import api as open_data
from funding.overrides import api as overrides
from funding.payables import api as payables
from funding.payees import api as payees
from funding.payees.resealing import PAYEE_DETAILS
from funding.payment_runs import api as payment_runs
from funding.policies import api as policies
from funding.policy_drafts import api as policy_drafts
from funding.privacy.registry import HOLDINGS
from funding.privacy.retention import RETENTION
from funding.quotes import api as quotes
from funding.recoveries import api as recoveries
from funding.remittances import api as remittances
from funding.reports import api as reports
from funding.reviews import api as reviews
from funding.sandbox.scenarios import lay_out
from funding.settings import Settings
from funding.statements import api as statements
from funding.verification.heads import make_heads

SERVICE = Service(
    name="funding",
    title="Funding",
    settings=Settings,
    metadata=Base.metadata,
    migrations="funding.migrations",
    routers=[
        audit_api.router_for("funding", witness),
        merge_effects_api.router_for("funding", TABLES, ask),
        retention_api.router_for("funding", RETENTION),
        export_api.router_for("funding", HOLDINGS.tell),
        eligibility.router,
        policies.router,
        policy_drafts.router,
        fee_policy_drafts.router,
        fee_policies.router,
        quotes.router,
        fees.router,
        bursaries.router,
        reviews.router,
        overrides.router,
        impacts.router,
        claims.router,
        payees.router,
        bank_files.router,
        payment_runs.router,
        bank_returns.router,
        grant_cards.cards,
        grant_cards.calculations,
        grants.router,
        grant_adjustments.router,
        grant_drawdowns.router,
        grant_spending.router,
        grant_claims.rates,
        grant_claims.claims,
        grant_applications.calls,
        grant_applications.applications,
        group_grants.router,
        payables.router,
        budgets.router,
        budgets.funds_router,
        allocations.router,
        ledger.router,
        statements.router,
        recoveries.router,
        explanations.router,
        grant_explanations.router,
        remittances.router,
        reports.router,
        open_data.router,
    ],
    subscriptions=subscriptions,
    seeds=seeds.SEEDS,
    demo_seeds=seeds.DEMO_SEEDS,
    sandbox_seeds=[Seed("sandbox-bursaries", lay_out)],
    background=[settle_reopened, work_off_impacts, end_what_has_passed, answer_groups, tell_of_groups, make_heads],
    audit_head=FundingAuditChained,
    witness=witness,
    records_viewed=FundingRecordsViewed,
    retention=RETENTION,
    invariants=INVARIANTS,
    resealing={"payee_details": PAYEE_DETAILS},
    measures=MEASURES,
)


def create_app(settings: Settings) -> FastAPI:
    """The application of `serve`."""
    return build_app(SERVICE, settings)
