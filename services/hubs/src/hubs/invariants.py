"""What must be true of hubs' records, and the facts that it owes others or is owed."""

from chassis.invariants import Invariants, Rule
from hubs.bookings.models import LIVE, TAKES_PLACE
from hubs.group_documents.checking import documents_are_as_given

RULES = (
    Rule(
        "places-are-those-booked",
        """
        SELECT run.id::text AS subject, places_taken || ' places are counted, ' || booked || ' are booked.' AS detail
        FROM course_run AS run CROSS JOIN LATERAL (
            SELECT count(*) AS booked FROM booking
            WHERE course_run_id = run.id AND status = ANY(CAST(:taking AS text[]))
        ) AS found WHERE places_taken <> booked
        """,
        {"taking": TAKES_PLACE},
    ),
    Rule(
        "nobody-is-booked-twice",
        """
        SELECT course_run_id || ' ' || teacher_id AS subject, count(*) || ' bookings of one run.' AS detail
        FROM booking WHERE status = ANY(CAST(:live AS text[])) GROUP BY course_run_id, teacher_id HAVING count(*) > 1
        """,
        {"live": LIVE},
    ),
    Rule(
        "runs-are-not-overbooked",
        """
        SELECT run.id::text AS subject, booked || ' places are booked of ' || capacity || '.' AS detail
        FROM course_run AS run CROSS JOIN LATERAL (
            SELECT count(*) AS booked FROM booking
            WHERE course_run_id = run.id AND status = ANY(CAST(:taking AS text[]))
        ) AS found WHERE booked > capacity
        """,
        {"taking": TAKES_PLACE},
    ),
    Rule(
        "holds-and-offers-end",
        "SELECT id::text AS subject, 'Its time was over at ' || expires_at || '.' AS detail"
        " FROM booking WHERE expires_at < clock_timestamp() - interval '1 minute'",
    ),
    Rule(
        "who-attended-has-completed",
        """
        SELECT booking.id::text AS subject, 'Attended, and no completion.' AS detail FROM booking
        JOIN register_entry ON register_entry.booking_id = booking.id
        WHERE status = 'attended' AND NOT EXISTS (
            SELECT FROM completion WHERE completion.course_run_id = booking.course_run_id
            AND (completion.booking_id = booking.id OR completion.teacher_id = booking.teacher_id))
        """,
    ),
    Rule(
        "every-booking-was-told",
        "SELECT id::text AS subject, 'Confirmed, and nobody was told.' AS detail FROM booking"
        " WHERE confirmed_at IS NOT NULL AND NOT EXISTS (SELECT FROM outbox"
        " WHERE subject = 'booking.placed' AND data ->> 'booking_id' = booking.id::text)",
    ),
    Rule(
        "every-completion-was-told-once",
        """
        SELECT completion.id::text AS subject, count(event_id) || ' times told.' AS detail
        FROM completion LEFT JOIN outbox
            ON outbox.subject = 'cpd.completed' AND data ->> 'completion_id' = completion.id::text
        GROUP BY completion.id HAVING count(event_id) <> 1
        """,
    ),
    Rule(
        "pupils-are-those-booked",
        """
        SELECT event.id::text AS subject,
            pupils_booked || ' pupils of ' || schools_booked || ' schools are counted, '
            || pupils || ' of ' || schools || ' are booked.' AS detail
        FROM pupil_event AS event CROSS JOIN LATERAL (
            SELECT coalesce(sum(pupils), 0) AS pupils, count(*) AS schools FROM pupil_booking
            WHERE event_id = event.id AND status = 'booked'
        ) AS found WHERE (pupils_booked, schools_booked) <> (pupils, schools)
        """,
    ),
)

TELLS = {
    "school": "SELECT urn AS id FROM school",
    "booking": """
        SELECT id::text AS id FROM booking WHERE confirmed_at IS NOT NULL
        AND teacher_id NOT IN (SELECT merged_id FROM merged_person UNION SELECT person_id FROM erased_person)
    """,
    "cancelled booking": """
        SELECT id::text AS id FROM booking WHERE confirmed_at IS NOT NULL AND status = 'cancelled'
        AND teacher_id NOT IN (SELECT merged_id FROM merged_person UNION SELECT person_id FROM erased_person)
    """,
    "attendance": """
        SELECT booking_id::text AS id FROM completion WHERE booking_id IS NOT NULL
        AND teacher_id NOT IN (SELECT merged_id FROM merged_person UNION SELECT person_id FROM erased_person)
    """,
    "completion": """
        SELECT id::text AS id FROM completion
        WHERE NOT EXISTS (SELECT FROM completion_correction WHERE completion_id = completion.id)
        AND teacher_id NOT IN (SELECT merged_id FROM merged_person UNION SELECT person_id FROM erased_person)
    """,
    "membership": """
        SELECT teacher_id || ' ' || hub_id AS id FROM hub_member
        WHERE teacher_id NOT IN (SELECT merged_id FROM merged_person UNION SELECT person_id FROM erased_person)
    """,
}
"""Without people who were merged or forgotten: the others know those by another number or not at all."""

INVARIANTS = Invariants(
    rules=RULES,
    checks=[documents_are_as_given],
    tells=TELLS,
    holds={"teacher": "SELECT id::text AS id FROM teacher"},
)
