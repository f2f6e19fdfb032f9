"""The composition root of hubs."""

from fastapi import FastAPI

from chassis import audit_api, export_api
from chassis.service import Service, build_app
from contracts.hubs import HubsAuditChained
from hubs.area_lists import api as area_lists
from hubs.base import Base
from hubs.bookings import api as bookings
from hubs.bookings.background import end_passed_holds
from hubs.calendars import api as calendars
from hubs.centres import api as centres
from hubs.completion_rules import api as completion_rules
from hubs.completion_thresholds import api as completion_thresholds
from hubs.completions import api as completions
from hubs.courses import api as courses
from hubs.coverage import api as coverage
from hubs.directory import administration_api as hub_administration
from hubs.directory import api as directory
from hubs.directory import network_api as hub_network
from hubs.enrichment import api as enrichment
from hubs.equipment import api as equipment
from hubs.establishment_types import api as establishment_types
from hubs.establishment_types.background import follow_verdicts
from hubs.gcse_offers import api as gcse_offers
from hubs.handlers import subscriptions
from hubs.matches import api as matches
from hubs.meetings import api as meetings
from hubs.messages.background import send_reminders
from hubs.privacy.registry import HOLDINGS
from hubs.programmes import api as programmes
from hubs.pupil_events import api as pupil_events
from hubs.registers import api as registers
from hubs.resources import api as resources
from hubs.resources import review_api as resource_reviews
from hubs.resources import use_api as resource_use
from hubs.run_search import api as run_search
from hubs.school_imports import api as school_imports
from hubs.school_imports.background import apply_approved_imports
from hubs.schools import api as schools
from hubs.seeds import DEMO_SEEDS, SEEDS
from hubs.settings import Settings
from hubs.successions import api as successions
from hubs.targets import api as targets

SERVICE = Service(
    name="hubs",
    title="Hubs",
    settings=Settings,
    metadata=Base.metadata,
    migrations="hubs.migrations",
    routers=[
        audit_api.router_for("hubs"),
        export_api.router_for("hubs", HOLDINGS.tell),
        directory.exports_router,
        targets.router,  # before the hubs: /hubs/delivery is no hub, nor is what follows
        coverage.router,
        directory.router,
        hub_administration.router,
        hub_network.router,
        meetings.router,
        school_imports.router,  # before the schools: its paths are under theirs
        successions.router,  # as above
        schools.router,
        establishment_types.router,
        area_lists.router,
        gcse_offers.router,
        run_search.router,  # before the courses: /course-runs/facets is no run
        courses.router,
        bookings.router,
        calendars.router,
        registers.router,
        registers.closure_router,
        registers.sign_in_router,
        completion_rules.router,
        matches.router,  # before the completions: /completions/matches is no partner's number
        completions.router,
        completion_thresholds.router,
        resource_reviews.router,  # before the resources: /resources/reviews is no resource
        resources.router,
        resource_use.router,
        enrichment.router,
        programmes.router,
        pupil_events.router,
        centres.router,
        equipment.router,
    ],
    subscriptions=subscriptions,
    seeds=SEEDS,
    demo_seeds=DEMO_SEEDS,
    background=[end_passed_holds, send_reminders, apply_approved_imports, follow_verdicts],
    audit_head=HubsAuditChained,
)


def create_app(settings: Settings) -> FastAPI:
    """The application of `serve`."""
    return build_app(SERVICE, settings)
