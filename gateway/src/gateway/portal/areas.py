"""What the API is divided into, as a reader looks for it: groups of areas, an area being what operations are tagged."""

from dataclasses import dataclass

TITLES = {"api-keys": "API keys", "keys": "Signing keys", "oauth": "OAuth clients and tokens"}


@dataclass(frozen=True)
class Area:
    """A tag of the description, with one sentence about what is done there."""

    tag: str
    about: str

    @property
    def title(self) -> str:
        """Its name on pages."""
        return TITLES.get(self.tag, self.tag[:1].upper() + self.tag[1:])

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.tag.lower().replace(" ", "-")


@dataclass(frozen=True)
class Group:
    """Areas that the same readers use."""

    name: str
    areas: tuple[Area, ...]


GROUPS = (
    Group(
        "People and access",
        (
            Area("accounts", "Register, confirm an address, change it."),
            Area("sessions", "Sign in, renew access, see and end sign-ins."),
            Area("federated sign-in", "Sign in with an account of another organisation, and link it."),
            Area("second factors", "Authenticator apps, passkeys and recovery codes; proving again that it is you."),
            Area("passwords", "Replace a forgotten password, change a known one."),
            Area("people", "Who the caller is to the platform."),
            Area("merges", "Two accounts that are one person's: found, merged by two people, separated."),
            Area("privacy", "What the platform holds about the caller."),
            Area("mail", "Which mail somebody gets, and how it is stopped."),
            Area("audit", "What was done and by whom, chained so that nothing can be left out."),
            Area("organisations", "The organisations that people and keys act for."),
            Area("memberships", "Roles at organisations: invited, proposed, decided, ended."),
            Area("api-keys", "Keys for partners' systems: made, listed, revoked."),
            Area("oauth", "Tokens for partners' systems, by client credentials."),
            Area("changes", "What changes for a partner, followed from a cursor on."),
            Area("webhooks", "Events sent to a partner's address: where to, what, and what came of it."),
            Area("keys", "The public keys that verify access tokens."),
        ),
    ),
    Group(
        "Hubs, schools and places",
        (
            Area("hubs", "Computing hubs, what they cover, who belongs to them."),
            Area("networks", "Networks of hubs, their projects as documents in versions, and who takes part."),
            Area("groups", "Work groups, cohorts and communities of projects: who is in them and what they do."),
            Area("alliances", "Schools that become STEM skills hubs, guests of hubs, and the national plan for both."),
            Area("group documents", "Files that a group keeps, for its people, its hub and the national team."),
            Area("group spaces", "What people of a group write to each other: topics, posts, and those who moderate."),
            Area("project reports", "What a project's evaluation asks for: written, handed in, decided on, counted."),
            Area("project applications", "Schools and people who want to take part in projects, and what hubs decide."),
            Area("project leads", "Who leads projects at hubs, the days that gives them, and their duties."),
            Area("hub plans", "What hubs mean to run in a year: findings, agreement, and all plans together."),
            Area("dashboards", "A network's year in figures: for its team, for a hub, and for one's own groups."),
            Area("schools", "The register of schools, with history and successors."),
            Area("area lists", "Lists of districts that policies refer to, in versions."),
            Area("centres", "Places with rooms, and their booking."),
            Area("equipment", "Kits that schools borrow, loans and damage."),
        ),
    ),
    Group(
        "Courses and bookings",
        (
            Area("courses", "The catalogue of courses, and their runs with dates and places."),
            Area("bookings", "A teacher's place on a run, from offer to cancellation."),
            Area("registers", "Who attended which session of a run."),
            Area("calendars", "Runs and bookings as calendar feeds."),
            Area("completion rules", "How much attendance completes a course."),
            Area("prices", "What a place costs, for whom, and quotes for it."),
        ),
    ),
    Group(
        "Partners",
        (
            Area("sandbox", "The clock of the sandbox, and beginning again there."),
            Area("completions", "What people completed on partners' own systems, reported in batches."),
            Area("assessment providers", "Results that providers of assessments deliver."),
        ),
    ),
    Group(
        "Resources and enrichment",
        (
            Area("resources", "Teaching resources, reviewed and versioned."),
            Area("enrichment", "Offers of enrichment for schools."),
            Area("programmes for pupils", "Events and programmes that schools book for pupils."),
            Area("GCSE offers", "Which schools offer computer science at GCSE."),
        ),
    ),
    Group(
        "Certificates",
        (
            Area("schemes", "Certificates on offer and the rules they are awarded by."),
            Area("activities", "What counts towards a certificate."),
            Area("enrolments", "A teacher's entry to a scheme."),
            Area("progress", "How far a teacher is, and why."),
            Area("diagnostics", "Questionnaires that say where somebody stands."),
            Area("assessments", "Tests that are sat and marked."),
            Area("question banks", "Questions of assessments, in versions."),
            Area("professional development log", "What teachers record themselves, with evidence."),
            Area("moderation", "The queue of log entries to be decided."),
            Area("certificates", "Certificates awarded, shown, checked and revoked."),
            Area("badges", "Certificates as Open Badges."),
            Area("transparency", "The public log that every certificate is in."),
            Area("chartered status", "The pathway to chartered status."),
            Area("endorsements", "Who vouches for an application."),
        ),
    ),
    Group(
        "Funding",
        (
            Area("eligibility", "What the teachers of a school can get, criterion by criterion."),
            Area("policies", "The rules of funding, in versions with days of effect."),
            Area("bursaries", "Bursaries applied for, decided, and their state."),
            Area("reviews", "Decisions looked at again."),
            Area("claims", "Claims on approved bursaries."),
            Area("grants", "Grants to hubs and schools, from call to settlement."),
            Area("budgets", "Money set aside, and what of it is left."),
            Area("payees", "Who is paid, and into which account."),
            Area("payment runs", "Payments made together, released by a second person."),
            Area("payments", "What was paid, and what came back."),
            Area("bank returns", "What the bank says did not arrive."),
            Area("recoveries", "Money to be paid back."),
            Area("statements", "A period's figures, closed and sealed."),
            Area("ledger", "Double entries behind every amount."),
            Area("reports", "Figures for those who account for the money."),
            Area("open data", "What is published for everybody."),
        ),
    ),
)

AREAS = {area.tag: area for group in GROUPS for area in group.areas}
