"""The composition root of certification."""

from fastapi import FastAPI

from certification.accreditations import api as accreditations
from certification.activities import api as activities
from certification.activities.seed import seed_activities
from certification.adjustments import api as adjustments
from certification.assessment_providers import api as assessment_providers
from certification.assessments import api as assessments
from certification.assessments.background import announce_publications, end_overdue_attempts, mark_again
from certification.award_checks import api as award_checks
from certification.badges import api as badges
from certification.base import Base
from certification.certificate_reviews import api as certificate_reviews
from certification.certificates import api as certificates
from certification.certificates.registration import enter_unregistered
from certification.chartered import api as chartered
from certification.chartered.seed import seed_chartered_pathways
from certification.chartered_submissions import api as chartered_submissions
from certification.credits.pending import award_after_windows
from certification.diagnostics import api as diagnostics
from certification.diagnostics import sittings_api as diagnostic_sittings
from certification.diagnostics.seed import seed_diagnostics, seed_pathways
from certification.documents import api as documents
from certification.drafts import api as drafts
from certification.endorsements import api as endorsements
from certification.enrolments import api as enrolments
from certification.evidence import api as evidence
from certification.evidence.resealing import EVIDENCE
from certification.evidence.sweeping import sweep_evidence
from certification.exports import api as exports
from certification.handlers import subscriptions, witness
from certification.invariants import INVARIANTS
from certification.item_statistics import api as item_statistics
from certification.log_entries import api as log_entries
from certification.measures import MEASURES
from certification.merges.registry import TABLES
from certification.moderation import api as moderation
from certification.moderation.seed import seed_moderation
from certification.pages import api as pages
from certification.privacy.retention import RETENTION
from certification.progress import api as progress
from certification.question_banks import api as question_banks
from certification.question_banks.seed import seed_assessments
from certification.questionnaire_drafts import api as questionnaire_drafts
from certification.re_markings import api as re_markings
from certification.reevaluations import api as reevaluations
from certification.reevaluations.background import work_off_re_evaluations
from certification.schemes import api as schemes
from certification.schemes.seed import seed_schemes
from certification.schools.awards import award_schools
from certification.settings import Settings
from certification.transparency import api as transparency
from chassis import audit_api, merge_effects_api, retention_api
from chassis.service import Seed, Service, build_app
from contracts.certification import CertificationAuditChained, CertificationRecordsViewed

SERVICE = Service(
    name="certification",
    title="Certification",
    settings=Settings,
    metadata=Base.metadata,
    migrations="certification.migrations",
    routers=[
        audit_api.router_for("certification", witness),
        merge_effects_api.router_for("certification", TABLES),
        retention_api.router_for("certification", RETENTION),
        schemes.router,
        drafts.router,
        reevaluations.router,
        activities.router,
        enrolments.router,
        progress.router,
        diagnostics.router,
        diagnostic_sittings.router,
        questionnaire_drafts.router,
        chartered.router,
        chartered_submissions.router,
        endorsements.router,
        evidence.router,
        exports.router,
        log_entries.router,
        moderation.router,
        assessments.router,
        adjustments.router,
        question_banks.router,
        item_statistics.router,
        re_markings.router,
        assessment_providers.router,
        certificates.router,
        accreditations.router,
        award_checks.router,
        certificate_reviews.router,
        documents.router,
        pages.router,
        badges.router,
        transparency.router,
    ],
    subscriptions=subscriptions,
    background=[
        work_off_re_evaluations,
        award_after_windows,
        sweep_evidence,
        end_overdue_attempts,
        announce_publications,
        mark_again,
        award_schools,
    ],
    seeds=[
        Seed("schemes", seed_schemes),
        Seed("activities", seed_activities),
        Seed("moderation", seed_moderation),
        Seed("pathways", seed_pathways),
        Seed("diagnostics", seed_diagnostics),
        Seed("chartered-pathways", seed_chartered_pathways),
        Seed("assessments", seed_assessments),
        Seed("registers", enter_unregistered),
    ],
    audit_head=CertificationAuditChained,
    witness=witness,
    records_viewed=CertificationRecordsViewed,
    retention=RETENTION,
    invariants=INVARIANTS,
    resealing={"evidence": EVIDENCE},
    measures=MEASURES,
)


def create_app(settings: Settings) -> FastAPI:
    """The HTTP application."""
    return build_app(SERVICE, settings)
