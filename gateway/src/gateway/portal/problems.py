"""A page for each problem, so that the `type` of every refusal leads somewhere, and a catalogue of all."""

import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TypedDict

from chassis.refusals import PROBLEM_TYPE

AGAIN = {
    408: "Yes: the body did not arrive.",
    409: "Read the state again first, then decide.",
    412: "Read the resource again, apply your change to that, and send it with the new tag.",
    428: "Yes, with the header that is missing.",
    429: "Yes, after as many seconds as Retry-After says.",
    500: "Once, with the same Idempotency-Key; then ask for help and quote the request id.",
    502: "The outcome is unknown. A GET, or a request with its Idempotency-Key, can be sent again.",
    503: "Yes, after as many seconds as Retry-After says.",
    504: "The outcome is unknown. A GET, or a request with its Idempotency-Key, can be sent again.",
}
NOT_AGAIN = "No: the same request gets the same answer. Change it first."
STATUS = {
    400: "The request cannot be read",
    401: "Nobody is known by this credential",
    403: "Known, and not allowed",
    404: "Not there, or not yours to see",
    405: "The method is not used here",
    408: "Too slow",
    409: "It does not fit what is there",
    410: "It is over",
    412: "Somebody was faster",
    413: "Too large",
    422: "A rule is broken",
    428: "A header is needed",
    429: "Too many",
    500: "Our fault",
    502: "A service broke off",
    503: "Not at the moment",
    504: "No answer in time",
}


class Described(TypedDict):
    """What `problems.json` holds of a code."""

    status: int
    title: str
    meaning: str


@cache
def read_problems() -> dict[str, Described]:
    """The packaged table, which `python -m ncce_cli.reference` writes from the error classes."""
    found: dict[str, Described] = json.loads(files("gateway").joinpath("problems.json").read_text())
    return found


def by_status() -> Iterator[tuple[int, str, list[tuple[str, Described]]]]:
    """Statuses with what they mean and their codes."""
    ordered = sorted(read_problems().items(), key=lambda item: (item[1]["status"], item[0]))
    for status, found in groupby(ordered, key=lambda item: item[1]["status"]):
        yield status, STATUS.get(status, "Refused"), list(found)


def again(status: int) -> str:
    """Whether sending the same once more can help."""
    return AGAIN.get(status, NOT_AGAIN)


def as_text(code: str) -> str:
    """The page for programs and terminals."""
    problem = read_problems()[code]
    return (
        f"{problem['status']} {code}\n{problem['title']}\n\n{problem['meaning']}\n\nAgain? {again(problem['status'])}\n"
    )


def address(code: str) -> str:
    """Where the page is: the `type` of the problem."""
    return f"{PROBLEM_TYPE}{code}"
