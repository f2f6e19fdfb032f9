"""What each kind of message looks like, with invented data: for administrators who review the words."""

import html
import re
from datetime import UTC, datetime
from uuid import UUID

from contracts.base import Dispute
from identity.mail.service import rendered, template_names

SOME_ID = UUID("0193a5c6-5c1e-7a6b-9a57-3f4a0f0c9a11")
SAMPLE: dict[str, object] = {
    "amount": "£1,320.00",
    "arrives_on": "Wednesday 25 November 2026",
    "assessment": "gcse-subject-knowledge",
    "because": "failing",
    "booking_id": SOME_ID,
    "cause": "cancelled",
    "changes": ["dates", "place"],
    "code": "the-code-of-the-certificate",
    "days_before": 7,
    "disputes": [Dispute(service="funding", number=4711, holder="hubs", what="another hash of this link")],
    "due_on": "Friday 18 December 2026",
    "entry_id": SOME_ID,
    "expires_at": "29 November 2026 09:30",
    "expires_on": "22 December 2026",
    "export_id": SOME_ID,
    "failing_since": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    "found_where": "a public repository",
    "given_name": "Sam",
    "group_id": SOME_ID,
    "holder": "hubs",
    "hub": "Moorland Computing Hub",
    "is_invitation": True,
    "is_postponed": False,
    "key_name": "Nightly export",
    "link": "https://meet.example.org/computing",
    "merge_id": SOME_ID,
    "meetings": ["Monday 7 December 2026, 09:30 to 15:30"],
    "missing": ["funding"],
    "organisation": "STEM Learning",
    "payment_id": SOME_ID,
    "person_id": SOME_ID,
    "place": "Moorland School, Example Road",
    "posts": 3,
    "project_code": "19-12",
    "public_id": "k3y1d",
    "public_url": "https://ncce.example.org/",
    "reason": "The room is larger.",
    "reference": "NCCE-2026-0042",
    "report_id": SOME_ID,
    "role": "assessor",
    "runs_at": "6 December 2026 09:30",
    "service": "funding",
    "title": "Introduction to algorithms, programming and data in GCSE computer science",
    "topics": 2,
    "token": "the-secret-of-the-link",
    "url": "https://hooks.example.org/ncce",
    "webhook_id": SOME_ID,
    "what": "app_added",
    "why": "SMTPRecipientRefused 550",
    "withdrawn": ["Friday 4 December 2026, 09:30 to 15:30"],
}
LINK = re.compile(r"https://[^\s<]+")


def kinds() -> list[dict[str, str]]:
    """Every kind of message with its subject."""
    return [{"template": name, "subject": rendered(name, SAMPLE)[0]} for name in template_names()]


def preview(template: str) -> dict[str, str]:
    """One kind, as text and as mail programs show it."""
    subject, body = rendered(template, SAMPLE)
    return {"template": template, "subject": subject, "text": body, "html": as_html(subject, body)}


def as_html(subject: str, body: str) -> str:
    """The text as a page: nothing in it is markup, addresses can be followed."""
    told = LINK.sub(lambda found: f'<a href="{found[0]}">{found[0]}</a>', html.escape(body))
    paragraphs = "".join(f"<p>{one.strip()}</p>" for one in told.split("\n\n") if one.strip()).replace("\n", "<br>")
    head = f'<meta charset="utf-8"><title>{html.escape(subject)}</title>'
    return f'<!doctype html><html lang="en-GB"><head>{head}</head><body>{paragraphs}</body></html>'
