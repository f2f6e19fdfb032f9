"""What must be true of certification's records: credits, awards, the log of awards; and the facts owed either way."""

from collections.abc import AsyncIterator, Mapping
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from certification.certificates import codes
from certification.certificates.models import Certificate, CertificateHolder, CertificateRegistration
from certification.certificates.signing import Signature, SigningKeys, canonical
from certification.settings import head_keys, signing_keys
from certification.transparency import tree
from certification.transparency.models import IssuanceEntry, IssuanceHead, IssuanceNode
from certification.transparency.statements import head_message, record_hash
from chassis.invariants import Broken, Invariants, Rule

Row = TypeVar("Row", Certificate, CertificateHolder)

RULES = (
    Rule(
        "every-certificate-is-registered",
        "SELECT id::text AS subject, 'It has no number.' AS detail FROM certificate"
        " WHERE NOT EXISTS (SELECT FROM certificate_registration WHERE certificate_id = certificate.id)",
    ),
    Rule(
        "certificates-are-numbered-without-gap",
        """
        SELECT scheme || '-' || year AS subject, count(*) || ' numbers up to ' || max(serial) || '.' AS detail
        FROM certificate_registration GROUP BY scheme, year HAVING count(*) <> max(serial) OR min(serial) <> 1
        """,
    ),
    Rule(
        "every-award-was-told-once",
        """
        SELECT certificate.id::text AS subject, count(event_id) || ' times told.' AS detail
        FROM certificate LEFT JOIN outbox
            ON outbox.subject = 'certificate.awarded' AND data ->> 'certificate_id' = certificate.id::text
        WHERE reissue_of IS NULL AND school_urn IS NULL GROUP BY certificate.id HAVING count(event_id) <> 1
        """,
    ),
    Rule(
        "credits-rest-on-what-was-done",
        """
        SELECT entry.id::text AS subject, 'The record it rests on is of another activity or person.' AS detail
        FROM credit_entry AS entry JOIN activity_record AS record ON record.id = activity_record_id
        WHERE entry.teacher_id <> record.teacher_id OR entry.activity_key <> record.activity_key
        """,
    ),
    Rule(
        "a-reversal-takes-back-the-whole",
        """
        SELECT back.id::text AS subject, 'It takes back another amount than was given.' AS detail
        FROM credit_entry AS back JOIN credit_entry AS given ON given.id = back.reverses_id
        WHERE (back.credits, back.hours, back.component) <> (-given.credits, -given.hours, given.component)
        """,
    ),
    Rule(
        "revisions-follow-each-other",
        """
        SELECT teacher_id || ' ' || scheme || ' ' || activity_key AS subject, 'Revisions are missing.' AS detail
        FROM credit_entry GROUP BY teacher_id, scheme, activity_key
        HAVING count(*) <> max(revision) OR sum(credits) < 0
        """,
    ),
    Rule(
        "awards-come-when-due",
        "SELECT teacher_id || ' ' || scheme AS subject, 'It was due at ' || due_at || '.' AS detail"
        " FROM pending_award WHERE due_at < clock_timestamp() - interval '1 minute'",
    ),
    Rule(
        "the-log-has-no-gap",
        "SELECT 'log' AS subject, count(*) || ' entries up to position ' || max(position) || '.' AS detail"
        " FROM issuance_entry HAVING count(*) <> max(position) + 1",
    ),
)


async def certificates_are_genuine(session: AsyncSession) -> AsyncIterator[Broken]:
    """Every signature fits its facts, every code its digest, and the log tells of each certificate as it is."""
    keys = signing_keys(session)
    entries = select(IssuanceEntry.certificate_id, IssuanceEntry.body).where(IssuanceEntry.kind == "issued")
    logged = {row.certificate_id: row.body for row in await session.execute(entries)}
    numbers = {one.certificate_id: one.number for one in await session.scalars(select(CertificateRegistration))}
    for one in await session.scalars(select(Certificate)):
        if not _is_signed(keys, one):
            yield Broken("certificate-is-as-signed", str(one.id), "Its signature is of something else.")
        if codes.digest(one.code) != one.code_digest:
            yield Broken("certificate-is-found-by-its-code", str(one.id), "Its code has another digest.")
        number = numbers.get(one.id)
        if number is not None and record_hash(one.record(number)) not in logged.get(one.id, ""):
            yield Broken("certificate-is-logged", str(one.id), "The log does not tell of it, or of another.")
    for holder in await session.scalars(select(CertificateHolder)):
        if not _is_signed(keys, holder):
            yield Broken("name-is-as-signed", str(holder.certificate_id), "Its signature is of another name.")


def _is_signed(keys: SigningKeys, row: Row) -> bool:
    return keys.verifies(canonical(row.facts()), Signature(row.key_id, row.signature))


async def the_log_is_as_at_its_heads(session: AsyncSession) -> AsyncIterator[Broken]:
    """Leaves are the hashes of entries, nodes of their children, and every head is signed and over just those."""
    stored = {(row.level, row.node_index): row.hash for row in await session.scalars(select(IssuanceNode))}
    entries = select(IssuanceEntry.position, IssuanceEntry.body).order_by(IssuanceEntry.position)
    leaves = [tree.leaf_hash(row.body.encode()) for row in await session.execute(entries)]
    for place, leaf in enumerate(leaves):
        if stored.get((0, place)) != leaf:
            yield Broken("log-entry-is-as-hashed", str(place), "The entry has another hash than its leaf.")
    for (level, index), own in sorted(stored.items()):
        below = [stored.get((level - 1, 2 * index + side)) for side in (0, 1)]
        if level and (None in below or tree.node_hash(below[0] or b"", below[1] or b"") != own):
            yield Broken("log-node-is-as-its-children", f"{level}/{index}", "It is not the hash of its children.")
    keys = head_keys(session)
    for head in await session.scalars(select(IssuanceHead)):
        if not _stands(keys, head, leaves, stored):
            yield Broken("log-head-stands", str(head.tree_size), "The root or the signature is of another log.")


def _stands(keys: SigningKeys, head: IssuanceHead, leaves: list[bytes], nodes: Mapping[tree.Node, bytes]) -> bool:
    if head.tree_size > len(leaves) or any(node not in nodes for node in tree.nodes_of((0, head.tree_size))):
        return False
    said = head_message(head.tree_size, head.root_hash, head.signed_at)
    is_signed = keys.verifies(said, Signature(head.key_id, head.signature))
    return is_signed and tree.hash_of((0, head.tree_size), nodes) == head.root_hash


INVARIANTS = Invariants(
    rules=RULES,
    checks=(certificates_are_genuine, the_log_is_as_at_its_heads),
    tells={
        "certificate": """
            SELECT teacher_id || ' ' || scheme AS id FROM certificate
            WHERE reissue_of IS NULL AND school_urn IS NULL
            AND teacher_id NOT IN (SELECT merged_id FROM merged_person)
        """
    },
    holds={
        "teacher": "SELECT teacher_id::text AS id FROM teacher",
        "school": "SELECT urn AS id FROM school",
        "completion": "SELECT substr(source, 12) AS id FROM activity_record WHERE source LIKE 'completion:%'",
        "membership": "SELECT teacher_id || ' ' || substr(source, 5) AS id FROM activity_record"
        " WHERE kind = 'hub_membership'",
    },
)
