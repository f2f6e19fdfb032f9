"""What other services ask to be told: mailed once, to whom it is for, with what their calendar needs."""

import asyncio
import email
import email.policy
from datetime import timedelta
from uuid import UUID

import pytest

from builders import a_teacher, anonymous
from chassis import clock
from chassis.calendars import one_line
from chassis.ids import new_id
from contracts.messages import MessageKind
from identity.mail.maildir import POLICY, compose
from identity.mail.models import Mail
from identity.messages.rules import OPTIONAL
from identity.people.demo import STAFF
from identity_steps import IdentitySteps
from message_requests import a_meeting, a_message, a_reminder, calendars_in, event_in, text_of

NASTY = "Robots\r\nBcc: eve@example.org\u2028\r\n\r\nEvil body\x00\x85\u202e"
KINDS = MessageKind.__args__  # type: ignore[attr-defined]  # a Literal has them


@pytest.fixture
async def person_id(identity: IdentitySteps) -> UUID:
    """Somebody with an account."""
    await identity.sign_up()
    [row] = await identity.query("SELECT id FROM person")
    found: UUID = row.id
    return found


async def test_a_message_goes_to_the_person_with_an_invitation(identity: IdentitySteps, person_id: UUID) -> None:
    await identity.harness.deliver(a_message(person_id))
    mail = (await identity.mails())[-1]
    assert mail["Subject"] == "Your place is confirmed: Programming with robots"
    words = text_of(mail)
    assert "Hello Samira," in words
    assert "  Friday 24 October 2036, 09:30 to 15:30\n  Town Hall, Ashton, OL6 6NX\n" in words
    [calendar] = calendars_in(mail)
    event = event_in(calendar)
    assert (calendar["METHOD"], event["STATUS"], event.uid, event.sequence) == (
        "REQUEST",
        "CONFIRMED",
        "run-1@ncce.example.org",
        1,
    )
    assert str(event["ATTENDEE"]) == "mailto:sam.teacher@example.org"
    assert str(event["ORGANIZER"]) == "mailto:no-reply@ncce.example.org"
    assert (mail.get_content_type(), mail["List-Unsubscribe"]) == ("multipart/alternative", None)


async def test_a_message_is_mailed_once_however_often_it_is_asked_for(identity: IdentitySteps, person_id: UUID) -> None:
    asked = a_message(person_id)
    assert await identity.harness.deliver(asked, times=3, event_id=new_id()) == 1
    await identity.harness.deliver(asked.model_copy(update={"message_id": new_id()}))
    assert len([mail for mail in await identity.mails() if "Your place" in mail["Subject"]]) == 1


async def test_several_deliveries_at_once_are_one_mail(identity: IdentitySteps, person_id: UUID) -> None:
    asked = a_message(person_id)
    await asyncio.gather(*(identity.harness.deliver(asked) for _ in range(5)))
    assert len([mail for mail in await identity.mails() if "Your place" in mail["Subject"]]) == 1


async def test_meetings_are_moved_and_withdrawn_each_by_its_name(identity: IdentitySteps, person_id: UUID) -> None:
    meetings = (a_meeting(1), a_meeting(2, days_later=3))
    changed = a_message(
        person_id,
        kind="run_changed",
        occasion="run_changed:1",
        sequence=4,
        meetings=meetings,
        withdrawn=(a_meeting(3, days_later=5),),
        changes=("dates",),
        reason="The trainer's train.",
    )
    await identity.harness.deliver(changed)
    mail = (await identity.mails())[-1]
    told = [
        (calendar["METHOD"], event_in(calendar).uid, event_in(calendar).sequence) for calendar in calendars_in(mail)
    ]
    assert told == [
        ("REQUEST", "run-1@ncce.example.org", 4),
        ("REQUEST", "run-2@ncce.example.org", 4),
        ("CANCEL", "run-3@ncce.example.org", 4),
    ]
    words = text_of(mail)
    assert "Monday 27 October 2036, 08:30 to 14:30" in words, "the clocks went back in between"
    assert "No more:\n  Wednesday 29 October 2036" in words
    assert "The hub says: The trainer's train." in words


async def test_a_cancellation_takes_the_meeting_out_of_the_calendar(identity: IdentitySteps, person_id: UUID) -> None:
    await identity.harness.deliver(a_message(person_id, kind="booking_cancelled", method="CANCEL", sequence=2))
    [calendar] = calendars_in((await identity.mails())[-1])
    event = event_in(calendar)
    assert (calendar["METHOD"], event["STATUS"], event.sequence) == ("CANCEL", "CANCELLED", 2)


async def test_a_postponed_course_is_on_none_of_the_dates_it_has(identity: IdentitySteps, person_id: UUID) -> None:
    postponed = {"kind": "run_changed", "is_postponed": True, "method": "CANCEL"}
    for number, (changes, words) in enumerate(
        [
            (("postponed",), "  not on Friday"),
            (("dates",), "  perhaps on Friday"),
            (("postponed", "dates"), "  perhaps on"),
        ]
    ):
        await identity.harness.deliver(a_message(person_id, occasion=f"x:{number}", changes=changes, **postponed))
        mail = (await identity.mails())[-1]
        assert str(mail["Subject"]).startswith("Postponed: ")
        assert words in text_of(mail)
        assert calendars_in(mail)[0]["METHOD"] == "CANCEL"


async def test_an_online_meeting_comes_with_its_link(identity: IdentitySteps, person_id: UUID) -> None:
    link = "https://meet.example.org/room?a=1;b=2,3"
    await identity.harness.deliver(a_message(person_id, is_online=True, place=None, joining_link=link))
    mail = (await identity.mails())[-1]
    assert f"  Online\n  Join here: {link}\n" in text_of(mail)
    event = event_in(calendars_in(mail)[0])
    assert (event["URL"], event["LOCATION"]) == (link, "Online")


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_has_its_words(identity: IdentitySteps, person_id: UUID, kind: str) -> None:
    asked = a_message(
        person_id, kind=kind, expires_at=clock.now(), days_before=1, reason="Why.", changes=("moved_online", "dates")
    )
    await identity.harness.deliver(asked)
    mail = (await identity.mails())[-1]
    words = text_of(mail)
    assert "Programming with robots" in words
    assert "\n\n\n" not in words
    assert (mail["List-Unsubscribe"] is not None) is (kind in OPTIONAL)


async def test_nothing_that_was_typed_gets_into_headers_or_out_of_its_line(
    identity: IdentitySteps, person_id: UUID
) -> None:
    texts = {"title": NASTY * 5, "place": NASTY, "hub_name": NASTY, "reason": NASTY, "joining_link": NASTY}
    for number, kind in enumerate(KINDS):
        nasty = a_message(person_id, kind=kind, occasion=f"nasty:{number}", expires_at=clock.now(), **texts)
        await identity.harness.deliver(nasty)
    mails = (await identity.mails())[1:]
    assert len(mails) == len(KINDS)
    allowed = {
        "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
        "List-Unsubscribe", "List-Unsubscribe-Post",
    }  # fmt: skip
    for mail in mails:
        assert set(mail.keys()) <= allowed | {"Content-Transfer-Encoding"}
        assert "\nBcc" not in text_of(mail)
        assert "\nEvil" not in text_of(mail)
        for calendar in calendars_in(mail):
            assert event_in(calendar)["SUMMARY"] == one_line(NASTY * 5)


async def test_what_is_of_no_use_any_more_is_not_sent(identity: IdentitySteps, person_id: UUID) -> None:
    before = len(await identity.mails())
    await identity.harness.deliver(a_message(person_id, useless_from_at=clock.now() - timedelta(seconds=1)))
    assert len(await identity.mails()) == before


async def test_a_message_for_somebody_unknown_waits_and_comes_with_their_account(identity: IdentitySteps) -> None:
    lead = STAFF[0]
    for _ in range(2):
        await identity.harness.deliver(a_message(lead.id, occasion="booking_confirmed:1"))
    await identity.harness.deliver(a_message(lead.id, occasion="booking_offered:1", useless_from_at=clock.now()))
    assert await identity.mails(lead.email) == []
    assert len(await identity.query("SELECT occasion FROM waiting_message")) == 1
    await identity.harness.seed("demo-people")
    [mail] = await identity.mails(lead.email)
    assert mail["Subject"] == "Your place is confirmed: Programming with robots"
    assert await identity.query("SELECT occasion FROM waiting_message") == []


async def test_a_message_that_nobody_came_for_is_dropped_in_the_end(identity: IdentitySteps) -> None:
    await identity.harness.deliver(a_message(new_id(), occasion="booking_confirmed:1"))
    await identity.query("UPDATE waiting_message SET drop_at = now()")
    await identity.harness.deliver(a_message(new_id(), occasion="booking_confirmed:2"))
    [row] = await identity.query("SELECT occasion FROM waiting_message")
    assert row.occasion == "booking_confirmed:2"


async def test_secrets_and_words_do_not_outlive_the_delivery(identity: IdentitySteps, person_id: UUID) -> None:
    await identity.harness.deliver(a_reminder(person_id, method="REQUEST"))
    await identity.mails()
    columns = "body, calendar_parts, unsubscribe_url FROM mail WHERE person_id IS NOT NULL"
    assert [tuple(row) for row in await identity.query(f"SELECT {columns}")] == [("", None, None)]


async def test_one_click_stops_a_kind_and_no_other(identity: IdentitySteps, person_id: UUID) -> None:
    await identity.harness.deliver(a_reminder(person_id))
    mail = (await identity.mails())[-1]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = "/" + mail["List-Unsubscribe"].removeprefix("<http://127.0.0.1:8080/").removesuffix(">")
    assert (await identity.call("GET", path)).json() == {"kind": "booking_reminder", "is_wanted": True}
    for _ in range(2):
        client = await identity.harness.client(anonymous())
        done = await client.post(path, data={"List-Unsubscribe": "One-Click"})
        assert (done.status_code, done.json()) == (200, {"kind": "booking_reminder", "is_wanted": False})
    assert (await identity.call("GET", path)).json()["is_wanted"] is False
    await identity.harness.deliver(a_reminder(person_id))
    await identity.harness.deliver(a_message(person_id))
    subjects = [one["Subject"] for one in (await identity.mails())[1:]]
    assert subjects == ["In 7 days: Programming with robots", "Your place is confirmed: Programming with robots"]
    assert (await identity.audited()).count("mail.unsubscribed") == 1


async def test_a_link_that_came_with_no_mail_is_none(identity: IdentitySteps) -> None:
    for method in ("GET", "POST"):
        refused = await identity.call(method, "/v1/unsubscriptions/guessed")
        assert (refused.status_code, refused.json()["code"]) == (404, "unsubscription-not-found")


async def test_people_say_what_they_do_not_want(identity: IdentitySteps, person_id: UUID) -> None:
    person, path = a_teacher(person_id=person_id), "/v1/me/mail-preferences"
    shown = (await identity.call("GET", path, caller=person)).json()
    assert (shown["unwanted"], {one["kind"] for one in shown["optional"]}) == ([], set(OPTIONAL))
    for unwanted in (["booking_waiting", "booking_reminder"], ["booking_waiting"], []):
        set_to = await identity.call("PUT", path, {"unwanted": [*unwanted, *unwanted]}, caller=person)
        assert set_to.json()["unwanted"] == sorted(unwanted)
        assert (await identity.call("GET", path, caller=person)).json() == set_to.json()
    refused = await identity.call("PUT", path, {"unwanted": ["booking_offered"]}, caller=person)
    assert refused.json()["errors"][0]["pointer"] == "/unwanted/0", "what happens to one's place is always told"
    gone = await identity.call("PUT", path, {"unwanted": []}, caller=a_teacher())
    assert gone.json()["code"] == "person-not-found"


def test_a_long_link_stays_whole_in_its_header() -> None:
    url = "https://a-rather-long-name-of-a-host.platform.example.org/v1/unsubscriptions/" + "x" * 43
    mail = Mail(
        id=new_id(),
        to_address="sam@example.org",
        subject="Grüße " * 20,
        body="x\n",
        queued_at=clock.now(),
        unsubscribe_url=url,
    )
    written = compose(mail, "no-reply@ncce.example.org").as_bytes(policy=POLICY)
    assert f"<{url}>".encode() in written
    read = email.message_from_bytes(written, policy=email.policy.default)
    assert read["Subject"].strip() == ("Grüße " * 20).strip()
