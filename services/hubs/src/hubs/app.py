"""The composition root of hubs."""

from fastapi import FastAPI

from chassis import audit_api, export_api, merge_effects_api, retention_api
from chassis.service import Service, build_app
from contracts.hubs import HubsAuditChained, HubsRecordsViewed
from hubs.alliances import api as alliances
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
from hubs.dashboards import api as dashboards
from hubs.directory import administration_api as hub_administration
from hubs.directory import api as directory
from hubs.directory import network_api as hub_network
from hubs.enrichment import api as enrichment
from hubs.equipment import api as equipment
from hubs.establishment_types import api as establishment_types
from hubs.establishment_types.background import follow_verdicts
from hubs.gcse_offers import api as gcse_offers
from hubs.group_delegates import api as group_delegates
from hubs.group_documents import api as group_documents
from hubs.group_documents.resealing import GROUP_DOCUMENTS
from hubs.group_documents.sweeping import sweep_group_documents
from hubs.group_organisations import api as group_organisations
from hubs.group_spaces import api as group_spaces
from hubs.group_spaces import moderation_api as group_space_moderation
from hubs.group_spaces.background import send_space_digests
from hubs.groups import activity_api as group_activities
from hubs.groups import api as groups
from hubs.handlers import subscriptions, witness
from hubs.hub_plans import api as hub_plans
from hubs.invariants import INVARIANTS
from hubs.matches import api as matches
from hubs.measures import MEASURES
from hubs.meetings import api as meetings
from hubs.merges.questions import ask
from hubs.merges.registry import TABLES
from hubs.messages.background import send_reminders
from hubs.network_proposals import api as network_proposals
from hubs.networks import api as networks
from hubs.privacy.registry import HOLDINGS
from hubs.privacy.retention import RETENTION
from hubs.programmes import api as programmes
from hubs.project_applications import api as project_applications
from hubs.project_leads import api as project_leads
from hubs.project_reports import api as project_reports
from hubs.project_reports.background import send_report_reminders
from hubs.projects import api as projects
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
from hubs.stem_plans import api as stem_plans
from hubs.successions import api as successions
from hubs.targets import api as targets

SERVICE = Service(
    name="hubs",
    title="Hubs",
    settings=Settings,
    metadata=Base.metadata,
    migrations="hubs.migrations",
    routers=[
        audit_api.router_for("hubs", witness),
        merge_effects_api.router_for("hubs", TABLES, ask),
        retention_api.router_for("hubs", RETENTION),
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
        alliances.router,
        alliances.guests_router,
        stem_plans.router,
        networks.router,
        projects.router,
        network_proposals.router,
        groups.router,
        group_organisations.router,
        group_delegates.router,
        project_reports.router,
        group_activities.router,
        group_documents.router,
        group_spaces.router,
        group_space_moderation.router,
        project_applications.router,
        project_leads.router,
        hub_plans.router,
        hub_plans.network_router,
        dashboards.router,
        dashboards.network_router,
    ],
    subscriptions=subscriptions,
    seeds=SEEDS,
    demo_seeds=DEMO_SEEDS,
    background=[
        end_passed_holds,
        send_reminders,
        send_report_reminders,
        send_space_digests,
        sweep_group_documents,
        apply_approved_imports,
        follow_verdicts,
    ],
    audit_head=HubsAuditChained,
    witness=witness,
    records_viewed=HubsRecordsViewed,
    retention=RETENTION,
    invariants=INVARIANTS,
    resealing={"group_documents": GROUP_DOCUMENTS},
    measures=MEASURES,
)


def create_app(settings: Settings) -> FastAPI:
    """The application of `serve`."""
    return build_app(SERVICE, settings)
