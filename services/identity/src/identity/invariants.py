"""What must be true of identity's records, and the facts that it owes others."""

from chassis.invariants import Invariants, Rule

RULES = (
    Rule(
        "mail-is-sent",
        "SELECT occasion AS subject, 'This message should have gone.' AS detail FROM mail"
        " WHERE sent_at IS NULL AND refused_at IS NULL AND retry_at < clock_timestamp() - interval '1 minute'",
    ),
    Rule(
        "secrets-leave-with-their-mail",
        "SELECT occasion AS subject, 'It was sent, and its words are still here.' AS detail FROM mail"
        " WHERE sent_at IS NOT NULL AND (body <> '' OR unsubscribe_url IS NOT NULL)",
    ),
    Rule(
        "webhooks-are-tried",
        "SELECT webhook_delivery.id::text AS subject, 'Nobody has tried to deliver it.' AS detail"
        " FROM webhook_delivery JOIN webhook ON webhook.id = webhook_id WHERE webhook.status = 'active'"
        " AND webhook_delivery.status = 'waiting' AND due_at < clock_timestamp() - interval '1 minute'",
    ),
    Rule(
        "every-teacher-was-told-once",
        """
        SELECT person.id::text AS subject, count(event_id) || ' times told as registered.' AS detail
        FROM person JOIN account ON account.person_id = person.id LEFT JOIN outbox
            ON outbox.subject = 'teacher.registered' AND data ->> 'teacher_id' = person.id::text
        WHERE EXISTS (SELECT FROM outbox WHERE data ->> 'teacher_id' = person.id::text)
            OR EXISTS (SELECT FROM audit_entry
                WHERE action = 'account.confirmed' AND audit_entry.subject = 'person:' || person.id)
        GROUP BY person.id HAVING count(event_id) <> 1
        """,
    ),
    Rule(
        "a-successor-has-its-predecessor",
        """
        SELECT sign_in.id::text AS subject, 'Two refresh tokens of one sign-in are unused.' AS detail
        FROM refresh_token JOIN sign_in ON sign_in.id = sign_in_id
        WHERE used_at IS NULL GROUP BY sign_in.id HAVING count(*) > 1
        """,
    ),
)

INVARIANTS = Invariants(
    rules=RULES,
    tells={
        "teacher": """
            SELECT data ->> 'teacher_id' AS id FROM outbox WHERE subject = 'teacher.registered'
            AND NOT EXISTS (SELECT FROM merged_person WHERE merged_id::text = data ->> 'teacher_id')
            AND EXISTS (SELECT FROM person WHERE person.id::text = data ->> 'teacher_id')
        """
    },
)
