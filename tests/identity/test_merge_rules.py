"""When two accounts look like one person's, and what forbids merging them."""

import pytest

from chassis.errors import ServiceError
from identity.merges.rules import Alike, Reason, Side, is_mistyped, needs_choice, reasons_of, refuse, score
from identity.teacher_numbers.models import Standing

NEARLY = ("sam.teacher@example.org", "sam.teahcer@example.org")


@pytest.mark.parametrize(
    ("alike", "reasons", "points"),
    [
        (Alike(teacher_number=True), ["same_teacher_number"], 60),
        (Alike(federated_subject=True), ["same_federated_subject"], 50),
        (Alike(name=True, school=True, time_at_school=True), ["same_name_same_time_same_school"], 35),
        (Alike(name=True, school=True), ["same_name_same_school"], 25),
        (Alike(teacher_number=True, name=True), ["same_teacher_number", "same_name"], 75),
        (Alike(name=True), [], 0),
        (Alike(name=True, addresses=NEARLY), [], 0),
        (
            Alike(name=True, school=True, addresses=NEARLY),
            ["same_name_same_school", "address_looks_mistyped"],
            30,
        ),
        (
            Alike(teacher_number=True, federated_subject=True, name=True, school=True, time_at_school=True),
            ["same_teacher_number", "same_federated_subject", "same_name_same_time_same_school"],
            100,
        ),
    ],
)
def test_a_name_or_an_address_alone_is_no_reason(alike: Alike, reasons: list[Reason], points: int) -> None:
    assert (reasons_of(alike), score(reasons_of(alike))) == (reasons, points)


@pytest.mark.parametrize(
    ("other", "is_slip"),
    [
        ("sam.teahcer@example.org", True),
        ("sam.teache@example.org", True),
        ("sam.teacherr@example.org", True),
        ("sam.taacher@example.org", True),
        ("sam.teacher@example.org", False),
        ("sam.tecaehr@example.org", False),
        ("pam.teachex@example.org", False),
        ("sam.teahcer@other.example.org", False),
        ("sam.teach@example.org", False),
    ],
)
def test_one_slip_of_the_finger_in_an_address_is_a_hint(other: str, is_slip: bool) -> None:
    assert is_mistyped("sam.teacher@example.org", other) is is_slip
    assert is_mistyped(other, "sam.teacher@example.org") is is_slip


DECLARED, VERIFIED = Standing.SELF_DECLARED, Standing.VERIFIED


@pytest.mark.parametrize(
    ("kept", "merged", "present_school", "code"),
    [
        (Side(), Side(), None, None),
        (Side(trn="1234567", standing=VERIFIED), Side(trn="1234567", standing=DECLARED), None, None),
        (Side(), Side(trn="1234567", standing=VERIFIED), None, None),
        (
            Side(trn="1234567", standing=DECLARED),
            Side(trn="1234567", standing=VERIFIED),
            None,
            "number-better-proven",
        ),
        (
            Side(trn="1234567", standing=VERIFIED),
            Side(trn="7654321", standing=DECLARED),
            None,
            "different-teacher-numbers",
        ),
        (Side(holds_role=True), Side(), None, None),
        (Side(), Side(holds_role=True), None, "merged-person-holds-roles"),
        (Side(goes_by_another=True), Side(), None, "person-merged-already"),
        (Side(), Side(goes_by_another=True), None, "person-merged-already"),
        (Side(asked_to_be_forgotten=True), Side(), None, "erasure-stands-in-the-way"),
        (Side(school_urn="900001"), Side(school_urn="900002"), None, "school-to-be-chosen"),
        (Side(school_urn="900001"), Side(school_urn="900002"), "merged", None),
        (Side(school_urn="900001"), Side(school_urn="900001"), None, None),
    ],
)
def test_what_a_person_has_to_settle_first_is_named(
    kept: Side, merged: Side, present_school: str | None, code: str | None
) -> None:
    refused = None
    try:
        refuse(kept, merged, present_school)
    except ServiceError as error:
        refused = error.code
    assert refused == code


def test_who_has_left_one_school_needs_no_choice() -> None:
    assert not needs_choice(Side(school_urn="900001"), Side())
