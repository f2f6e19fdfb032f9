"""What identity holds about people, why, and until when."""

from datetime import timedelta

from chassis.holdings import ERASED
from chassis.retention import Line, Retention, stays
from identity.base import Base

DAY = timedelta(days=1)
ACCOUNT = "The account ends: the person asks to be forgotten"
SIGNING_IN = "So that nobody else signs in as this person"
TRUST = "Who was trusted with what, and by whom: accountability for public money"
ANSWER = "So that questions about a message can be answered, and none is sent twice"

RETENTION = Retention(
    Base.metadata,
    Line("mail", "Messages that were sent: to whom, of which kind, with which subject", ANSWER, "contract",
         "13 months after it was sent", since="sent_at", keep=400 * DAY),
    Line("mail", "Messages that could not be delivered", ANSWER, "contract", "13 months after it was refused",
         since="refused_at", keep=400 * DAY, rule="mail-refused"),
    Line("refused_address", "Addresses to which nothing can be delivered",
         "So that nothing is sent there again and again", "legitimate_interests",
         "13 months after the last refusal", since="refused_at", keep=400 * DAY),
    Line("registration", "Accounts whose address was never confirmed", "To open the account once it is", "contract",
         "7 days after the link in the mail has lapsed", since="expires_at", keep=7 * DAY),
    Line("waiting_message", "Messages for somebody who has no account yet", "To send them once there is one",
         "contract", "It is of no more use, or 90 days", since="drop_at"),
    Line("password_reset", "Links to choose another password", SIGNING_IN, "contract",
         "7 days after the link has lapsed", since="expires_at", keep=7 * DAY),
    Line("email_change", "Addresses that wait to be confirmed or can be taken back", SIGNING_IN, "contract",
         "7 days after the link has lapsed", since="expires_at", keep=7 * DAY),
    Line("proof_challenge", "Questions put to a second factor", SIGNING_IN, "contract",
         "A day after it has lapsed", since="expires_at", keep=DAY),
    Line("federated_flow", "Sign-ins begun at another organisation", SIGNING_IN, "contract",
         "A day after it has lapsed", since="expires_at", keep=DAY),
    Line("federated_link", "Accounts of others that wait to be linked", SIGNING_IN, "contract",
         "A day after it has lapsed", since="expires_at", keep=DAY),
    Line("browser_session", "Cookies of the website", SIGNING_IN, "contract",
         "13 months after it was last seen", since="last_seen_at", keep=400 * DAY),
    Line("refresh_token", "Tokens that prolong a sign-in, as hashes", SIGNING_IN, "contract",
         "13 months after it was issued", since="issued_at", keep=400 * DAY),
    Line("sign_in", "When somebody signed in, how, and when that ended", SIGNING_IN, "contract",
         "13 months after it ended", since="expires_at", keep=400 * DAY),
    Line("sign_in_attempts", "Failed attempts to sign in, by a hash", "To slow down guessing", "legitimate_interests",
         "A day after the last", since="retry_at", keep=DAY),
    Line("invitation", "Addresses that organisations invited", "To send the invitation and to know who sent it",
         "public_task", "6 months after it was sent: the address goes, the rest stays with the roles",
         since="invited_at", keep=183 * DAY, clears={"email": ERASED, "email_key": ERASED}),
    Line("role_proposal", "Words about why somebody should have a role", TRUST, "public_task",
         "2 years after the decision: the words go", since="decided_at", keep=730 * DAY, clears={"reason": ERASED}),
    Line("factor_reset", "Words about why a lost second factor was removed", SIGNING_IN, "public_task",
         "2 years after the decision: the words go", since="decided_at", keep=730 * DAY, clears={"reason": ERASED}),
    Line("person_export", "That somebody asked for everything held about them", "Their right of access",
         "legal_obligation", "90 days after the archive has lapsed", since="expires_at", keep=90 * DAY),
    Line("data_view", "Who of the staff saw somebody's data", "So that the person can see it", "legal_obligation",
         "6 years after the look", since="viewed_at", keep=2192 * DAY),
    *stays("Who somebody is and how they are reached", "To give them an account", "contract", ACCOUNT,
           "person", "account", "federated_identity", "unwanted_mail"),
    *stays("What somebody signs in with, beside the password", SIGNING_IN, "contract", "It is removed, or: " + ACCOUNT,
           "passkey", "totp_factor", "recovery_code"),
    *stays("Where somebody taught, and their teacher reference number",
           "Places, awards and money depend on it; so do national statistics about teachers", "public_task", ACCOUNT,
           "employment", "teacher_number"),
    *stays("Roles, from when to when, and who granted them", TRUST, "public_task", "6 years after the last payment",
           "role_grant"),
    *stays("That two accounts were one person's, who decided it, and why", TRUST, "public_task", ACCOUNT,
           "person_merge"),
    *stays("Proof that somebody was forgotten, by number", "To show that it was done", "legal_obligation",
           "The platform ends; it names nobody", "erasure", "erasure_step", "person_export_part"),
    about_nobody={
        "webhook": "addresses of machines of partners, with the partner's own words",
        "webhook_delivery": "events by number",
    },
)  # fmt: skip
"""Children stand before what they refer to: rules run in this order."""
