"""A frozen statement as CSV and as a tagged PDF, both made from the text that the digest is of."""

import json
from importlib.resources import files

import typst

from funding.spreadsheets import csv_of, pounds
from funding.statements.models import LineKind
from funding.statements.schemas import Document

TEMPLATE = files(__package__).joinpath("statement.typ").read_bytes()
HEADER = ("position", "occurred_at", "kind", "narrative", "amount_pence", "source", "line_id", "reverses_id")
IN_WORDS = {
    LineKind.BURSARY_PAID: "Bursary paid",
    LineKind.BURSARY_REVERSED: "Bursary taken back",
    LineKind.FEE_OWED: "Fee owed",
    LineKind.FEE_EARNED: "Fee earned",
    LineKind.FEE_REVERSED: "Fee taken back",
    LineKind.TO_BE_RECOVERED: "Part to be paid back",
    LineKind.RECOVERED: "Paid back",
    LineKind.WRITTEN_OFF: "Written off",
    LineKind.GRANT_PAID: "Grant paid",
    LineKind.GRANT_REVERSED: "Grant taken back",
}


def as_csv(text: str) -> bytes:
    """A line for each line."""
    document = Document.model_validate_json(text)
    lines = (line.model_dump(mode="json") for line in document.lines)
    return csv_of(HEADER, ([line[name] for name in HEADER] for line in lines))


def as_pdf(text: str, digest: str) -> bytes:
    """A tagged PDF (PDF/UA-1). Only the typesetter's own fonts are used, so that every machine makes the same bytes."""
    document = Document.model_validate_json(text)
    closed = document.closed_at
    told = {
        "whose": document.party_name or f"{document.party_kind} {document.party}",
        "party": f"{document.party_kind} {document.party}",
        "month": document.month,
        "statement": str(document.statement_id),
        "digest": digest,
        "closed": f"{closed:%d %B %Y}".lstrip("0"),
        "date": [closed.year, closed.month, closed.day],
        "total": pounds(document.total_pence),
        "totals": [[IN_WORDS[kind], pounds(pence)] for kind, pence in document.totals_pence.items()],
        "lines": [
            (
                str(line.position),
                f"{line.occurred_at:%d/%m/%Y}",
                IN_WORDS[line.kind],
                line.narrative,
                pounds(line.amount_pence),
            )
            for line in document.lines
        ],
    }
    given = {"told": json.dumps(told, ensure_ascii=False)}
    return typst.compile(TEMPLATE, format="pdf", pdf_standards=["ua-1"], sys_inputs=given, ignore_system_fonts=True)
