"""Which types of establishment are state-funded: dated verdicts, from `reference/establishment_types.csv`."""

from datetime import date

from hubs.reference import rows

VERDICTS = {"yes": True, "no": False, "unknown": None}


def state_funded_on(day: date) -> dict[int, bool | None]:
    """Each type we know with the verdict in force on a day, or None where it is disputed or not yet decided."""
    found: dict[int, bool | None] = {}
    for row in rows("establishment_types.csv"):
        in_force = row["valid_from"] <= day.isoformat() and (not row["valid_to"] or day.isoformat() < row["valid_to"])
        verdict = VERDICTS[row["state_funded"]] if in_force else None
        found[int(row["code"])] = verdict if in_force else found.get(int(row["code"]))
    return found
