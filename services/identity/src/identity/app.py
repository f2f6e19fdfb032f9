"""The composition root of identity."""

from fastapi import FastAPI

from chassis import audit_api, export_api, merge_effects_api, retention_api
from chassis.service import Seed, Service, build_app
from contracts.identity import IdentityAuditChained
from identity.accounts import api as accounts
from identity.accounts.letters import write_asked_letters
from identity.api_keys import api as api_keys
from identity.api_keys.notices import tell_of_ending_keys
from identity.base import Base
from identity.browser_sessions import api as browser_sessions
from identity.changes import api as changes
from identity.email_changes import api as email_changes
from identity.employments import api as employments
from identity.erasures import api as erasures
from identity.erasures.background import carry_out_erasures
from identity.erasures.own import tell
from identity.factor_resets import api as factor_resets
from identity.federation import api as federation
from identity.handlers import subscriptions, witness
from identity.invariants import INVARIANTS
from identity.keys import api as keys
from identity.keys.rotation import rotate_when_due
from identity.mail import api as mail
from identity.mail.receipts import ask_after_mail
from identity.mail.sender import send_queued_mail
from identity.measures import MEASURES
from identity.memberships import api as memberships
from identity.merges import api as merges
from identity.merges.background import tell_of_merges_again
from identity.merges.registry import TABLES
from identity.messages import api as messages
from identity.oauth_clients import api as oauth_clients
from identity.oauth_tokens import api as oauth_tokens
from identity.organisations import api as organisations
from identity.organisations.seed import seed_organisations
from identity.passwords import api as passwords
from identity.people import api as people
from identity.people.demo import seed_demo_people
from identity.person_exports import api as person_exports
from identity.person_exports.background import gather_exports
from identity.privacy.retention import RETENTION
from identity.resealing import RESEALING
from identity.sandbox import api as sandbox
from identity.sandbox.seed import seed_sandbox
from identity.second_factors import api as second_factors
from identity.sessions import api as sessions
from identity.settings import Settings
from identity.teacher_numbers import api as teacher_numbers
from identity.teachers import api as teachers
from identity.webhooks import api as webhooks
from identity.webhooks.sender import send_webhooks

SERVICE = Service(
    name="identity",
    title="Identity",
    settings=Settings,
    metadata=Base.metadata,
    migrations="identity.migrations",
    routers=[
        audit_api.router_for("identity", witness),
        export_api.router_for("identity", tell),
        merge_effects_api.router_for("identity", TABLES),
        retention_api.router_for("identity", RETENTION),
        accounts.router,
        sessions.router,
        sessions.own_router,
        second_factors.router,
        factor_resets.router,
        federation.router,
        federation.own_router,
        browser_sessions.router,
        browser_sessions.internal_router,
        passwords.router,
        email_changes.router,
        people.router,
        employments.router,
        teacher_numbers.router,
        teachers.router,
        erasures.router,
        merges.router,
        person_exports.router,
        messages.router,
        mail.router,
        organisations.router,
        memberships.router,
        memberships.public_router,
        api_keys.router,
        api_keys.limits_router,
        api_keys.internal_router,
        keys.router,
        changes.router,
        webhooks.router,
        oauth_clients.router,
        oauth_tokens.router,
        sandbox.router,
    ],
    subscriptions=subscriptions,
    seeds=[Seed("organisations", seed_organisations)],
    demo_seeds=[Seed("demo-people", seed_demo_people)],
    sandbox_seeds=[Seed("sandbox", seed_sandbox)],
    background=[
        write_asked_letters,
        send_queued_mail,
        ask_after_mail,
        rotate_when_due,
        tell_of_ending_keys,
        carry_out_erasures,
        tell_of_merges_again,
        gather_exports,
    ],
    audit_head=IdentityAuditChained,
    witness=witness,
    retention=RETENTION,
    invariants=INVARIANTS,
    resealing=RESEALING,
    measures=MEASURES,
    processes={"webhooks": [send_webhooks]},
)


def create_app(settings: Settings) -> FastAPI:
    """The HTTP application."""
    return build_app(SERVICE, settings)
