"""The client. Written by `./ncce sdk`; do not edit."""

from types import TracebackType

import httpx

from ncce_sdk.areas.accounts import AccountsArea
from ncce_sdk.areas.activities import ActivitiesArea
from ncce_sdk.areas.alliances import AlliancesArea
from ncce_sdk.areas.api_keys import ApiKeysArea
from ncce_sdk.areas.area_lists import AreaListsArea
from ncce_sdk.areas.assessment_providers import AssessmentProvidersArea
from ncce_sdk.areas.assessments import AssessmentsArea
from ncce_sdk.areas.audit import AuditArea
from ncce_sdk.areas.badges import BadgesArea
from ncce_sdk.areas.bank_returns import BankReturnsArea
from ncce_sdk.areas.bookings import BookingsArea
from ncce_sdk.areas.budgets import BudgetsArea
from ncce_sdk.areas.bursaries import BursariesArea
from ncce_sdk.areas.calendars import CalendarsArea
from ncce_sdk.areas.centres import CentresArea
from ncce_sdk.areas.certificates import CertificatesArea
from ncce_sdk.areas.changes import ChangesArea
from ncce_sdk.areas.chartered_status import CharteredStatusArea
from ncce_sdk.areas.claims import ClaimsArea
from ncce_sdk.areas.completion_rules import CompletionRulesArea
from ncce_sdk.areas.completions import CompletionsArea
from ncce_sdk.areas.courses import CoursesArea
from ncce_sdk.areas.dashboards import DashboardsArea
from ncce_sdk.areas.diagnostics import DiagnosticsArea
from ncce_sdk.areas.eligibility import EligibilityArea
from ncce_sdk.areas.endorsements import EndorsementsArea
from ncce_sdk.areas.enrichment import EnrichmentArea
from ncce_sdk.areas.enrolments import EnrolmentsArea
from ncce_sdk.areas.equipment import EquipmentArea
from ncce_sdk.areas.federated_sign_in import FederatedSignInArea
from ncce_sdk.areas.gcse_offers import GcseOffersArea
from ncce_sdk.areas.grants import GrantsArea
from ncce_sdk.areas.group_documents import GroupDocumentsArea
from ncce_sdk.areas.group_spaces import GroupSpacesArea
from ncce_sdk.areas.groups import GroupsArea
from ncce_sdk.areas.hub_plans import HubPlansArea
from ncce_sdk.areas.hubs import HubsArea
from ncce_sdk.areas.keys import KeysArea
from ncce_sdk.areas.ledger import LedgerArea
from ncce_sdk.areas.mail import MailArea
from ncce_sdk.areas.memberships import MembershipsArea
from ncce_sdk.areas.merges import MergesArea
from ncce_sdk.areas.moderation import ModerationArea
from ncce_sdk.areas.networks import NetworksArea
from ncce_sdk.areas.oauth import OauthArea
from ncce_sdk.areas.open_data import OpenDataArea
from ncce_sdk.areas.organisations import OrganisationsArea
from ncce_sdk.areas.passwords import PasswordsArea
from ncce_sdk.areas.payees import PayeesArea
from ncce_sdk.areas.payment_runs import PaymentRunsArea
from ncce_sdk.areas.payments import PaymentsArea
from ncce_sdk.areas.people import PeopleArea
from ncce_sdk.areas.policies import PoliciesArea
from ncce_sdk.areas.prices import PricesArea
from ncce_sdk.areas.privacy import PrivacyArea
from ncce_sdk.areas.professional_development_log import ProfessionalDevelopmentLogArea
from ncce_sdk.areas.programmes_for_pupils import ProgrammesForPupilsArea
from ncce_sdk.areas.progress import ProgressArea
from ncce_sdk.areas.project_applications import ProjectApplicationsArea
from ncce_sdk.areas.project_leads import ProjectLeadsArea
from ncce_sdk.areas.project_reports import ProjectReportsArea
from ncce_sdk.areas.question_banks import QuestionBanksArea
from ncce_sdk.areas.recoveries import RecoveriesArea
from ncce_sdk.areas.registers import RegistersArea
from ncce_sdk.areas.reports import ReportsArea
from ncce_sdk.areas.resources import ResourcesArea
from ncce_sdk.areas.reviews import ReviewsArea
from ncce_sdk.areas.sandbox import SandboxArea
from ncce_sdk.areas.schemes import SchemesArea
from ncce_sdk.areas.schools import SchoolsArea
from ncce_sdk.areas.second_factors import SecondFactorsArea
from ncce_sdk.areas.sessions import SessionsArea
from ncce_sdk.areas.statements import StatementsArea
from ncce_sdk.areas.transparency import TransparencyArea
from ncce_sdk.areas.webhooks import WebhooksArea
from ncce_sdk.transport import Transport


class Ncce:
    """The platform at an address, for one caller: a partner's key, a person's access token, or nobody."""

    def __init__(
        self,
        base_url: str,
        *,
        api_key: str | None = None,
        access_token: str | None = None,
        retries: int = 4,
        timeout_seconds: float = 90.0,
        http: httpx.BaseTransport | None = None,
    ) -> None:
        if api_key and access_token:
            raise ValueError("the platform takes one credential")
        headers = {"X-API-Key": api_key} if api_key else {}
        headers |= {"Authorization": f"Bearer {access_token}"} if access_token else {}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=timeout_seconds, transport=http)
        transport = Transport(self._http, retries)
        self.gcse_offers = GcseOffersArea(transport)
        self.accounts = AccountsArea(transport)
        self.activities = ActivitiesArea(transport)
        self.alliances = AlliancesArea(transport)
        self.api_keys = ApiKeysArea(transport)
        self.area_lists = AreaListsArea(transport)
        self.assessment_providers = AssessmentProvidersArea(transport)
        self.assessments = AssessmentsArea(transport)
        self.audit = AuditArea(transport)
        self.badges = BadgesArea(transport)
        self.bank_returns = BankReturnsArea(transport)
        self.bookings = BookingsArea(transport)
        self.budgets = BudgetsArea(transport)
        self.bursaries = BursariesArea(transport)
        self.calendars = CalendarsArea(transport)
        self.centres = CentresArea(transport)
        self.certificates = CertificatesArea(transport)
        self.changes = ChangesArea(transport)
        self.chartered_status = CharteredStatusArea(transport)
        self.claims = ClaimsArea(transport)
        self.completion_rules = CompletionRulesArea(transport)
        self.completions = CompletionsArea(transport)
        self.courses = CoursesArea(transport)
        self.dashboards = DashboardsArea(transport)
        self.diagnostics = DiagnosticsArea(transport)
        self.eligibility = EligibilityArea(transport)
        self.endorsements = EndorsementsArea(transport)
        self.enrichment = EnrichmentArea(transport)
        self.enrolments = EnrolmentsArea(transport)
        self.equipment = EquipmentArea(transport)
        self.federated_sign_in = FederatedSignInArea(transport)
        self.grants = GrantsArea(transport)
        self.group_documents = GroupDocumentsArea(transport)
        self.group_spaces = GroupSpacesArea(transport)
        self.groups = GroupsArea(transport)
        self.hub_plans = HubPlansArea(transport)
        self.hubs = HubsArea(transport)
        self.keys = KeysArea(transport)
        self.ledger = LedgerArea(transport)
        self.mail = MailArea(transport)
        self.memberships = MembershipsArea(transport)
        self.merges = MergesArea(transport)
        self.moderation = ModerationArea(transport)
        self.networks = NetworksArea(transport)
        self.oauth = OauthArea(transport)
        self.open_data = OpenDataArea(transport)
        self.organisations = OrganisationsArea(transport)
        self.passwords = PasswordsArea(transport)
        self.payees = PayeesArea(transport)
        self.payment_runs = PaymentRunsArea(transport)
        self.payments = PaymentsArea(transport)
        self.people = PeopleArea(transport)
        self.policies = PoliciesArea(transport)
        self.prices = PricesArea(transport)
        self.privacy = PrivacyArea(transport)
        self.professional_development_log = ProfessionalDevelopmentLogArea(transport)
        self.programmes_for_pupils = ProgrammesForPupilsArea(transport)
        self.progress = ProgressArea(transport)
        self.project_applications = ProjectApplicationsArea(transport)
        self.project_leads = ProjectLeadsArea(transport)
        self.project_reports = ProjectReportsArea(transport)
        self.question_banks = QuestionBanksArea(transport)
        self.recoveries = RecoveriesArea(transport)
        self.registers = RegistersArea(transport)
        self.reports = ReportsArea(transport)
        self.resources = ResourcesArea(transport)
        self.reviews = ReviewsArea(transport)
        self.sandbox = SandboxArea(transport)
        self.schemes = SchemesArea(transport)
        self.schools = SchoolsArea(transport)
        self.second_factors = SecondFactorsArea(transport)
        self.sessions = SessionsArea(transport)
        self.statements = StatementsArea(transport)
        self.transparency = TransparencyArea(transport)
        self.webhooks = WebhooksArea(transport)

    def __enter__(self) -> "Ncce":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        self._http.close()
