"""The recomputation of a simulated year by itself: lines of a journal in, totals out."""

from simulated_year.records import Journal
from simulated_year.year import recomputed

HUB, OTHER = "Hub of the north", "Hub of the south"


def a_journal() -> Journal:
    journal = Journal()
    journal.note("hub", hub=HUB, value="North East")
    journal.note("hub", hub=OTHER, value="South West")
    return journal


def applies(journal: Journal, code: str, value: str, hub: str = HUB) -> None:
    journal.note("application", hub=hub, code=code, subject="900001", value=value)


def test_who_comes_with_another_project_after_being_declined_has_two_applications() -> None:
    journal = a_journal()
    applies(journal, "19-09", "applied")
    applies(journal, "19-09", "declined")
    applies(journal, "19-14", "applied")
    found = recomputed(journal.lines)["applications"]["19-09"]
    assert (found["declined"], found["applied"]) == (1, 1)


def test_who_has_applied_does_not_come_again_with_another_project() -> None:
    journal = a_journal()
    applies(journal, "19-09", "applied")
    applies(journal, "19-14", "applied")
    assert recomputed(journal.lines)["applications"]["19-09"]["applied"] == 1


def test_an_application_counts_on_the_dashboard_of_the_hub_that_it_was_made_to() -> None:
    journal = a_journal()
    applies(journal, "19-09", "applied", OTHER)
    applies(journal, "19-09", "declined", OTHER)
    applies(journal, "19-14", "applied")
    found = recomputed(journal.lines)["dashboards"]
    assert found[f"hub {OTHER}, 19-09"] == {"recruitment.declined": 1}
    assert found[f"hub {HUB}, 19-09"] == {"recruitment.applied": 1}
    assert found["project 19-09"] == {"recruitment.applied": 1, "recruitment.declined": 1}
    assert found["region North East"] == {"recruitment.applied": 2}


def test_a_school_in_two_groups_is_two_places_and_one_school_reached() -> None:
    journal = a_journal()
    for group, code in (("one", "19-09"), ("two", "19-12")):
        journal.note("formed", hub=HUB, code=code, group=group)
        journal.note("school in", group=group, subject="900001")
        journal.note("started", group=group, on="2019-10-07")
    found = recomputed(journal.lines)["dashboards"]["all"]
    assert (found["delivery.running"], found["delivery.schools"], found["delivery.schools_reached"]) == (2, 2, 1)


def test_a_contribution_counts_while_the_post_that_it_rests_on_is_no_abuse() -> None:
    journal = a_journal()
    journal.note("formed", hub=HUB, code="19-11", group="one")
    journal.note("topic", code="19-11", group="one")
    for person, post in (("kim", "1"), ("kim", "2"), ("noor", "3")):
        journal.note("posted", code="19-11", group="one", subject=person, value=post)
    counting = []
    for kind, subject, value in (
        ("confirmed", "kim", "1"),
        ("confirmed", "noor", "3"),
        ("post hidden", "", "1"),
        ("confirmed", "kim", "2"),
        ("post restored", "", "1"),
    ):
        journal.note(kind, code="19-11", group="one", subject=subject, value=value)
        counting.append(recomputed(journal.lines)["spaces"]["one"]["counting"])
    assert counting == [1, 2, 1, 2, 2]
    assert recomputed(journal.lines)["spaces"]["one"]["posts"] == 4


def test_two_posts_are_enough_where_nobody_confirms_them_and_abuse_is_none_of_them() -> None:
    journal = a_journal()
    journal.note("formed", hub=HUB, code="19-05", group="one", subject="primary")
    journal.note("topic", code="19-05", group="one")
    for post in ("1", "2"):
        journal.note("posted", code="19-05", group="one", subject="kim", value=post)
    journal.note("post hidden", code="19-05", group="one", value="2")
    found = recomputed(journal.lines)["spaces"]["one"]
    assert (found["accepted"], found["counting"], found["hidden"]) == (1, 0, 1)


def test_delegates_and_people_of_organisations_are_counted_by_their_group() -> None:
    journal = a_journal()
    journal.note("formed", hub=HUB, code="19-25", group="one")
    journal.note("organisation in", code="19-25", group="one", subject="provider")
    for number in range(3):
        journal.note("person in", code="19-25", group="one", subject=str(number))
    journal.note("person out", code="19-25", group="one", subject="1")
    for person, mark in (("a", "London|present"), ("b", "London|"), ("a", "Leeds|absent")):
        journal.note("delegate", code="19-25", group="one", subject=person, value=mark)
    found = recomputed(journal.lines)
    assert found["organisations"]["one"] == {"organisations": 1, "people": 2}
    assert found["delegates"]["one"] == {"sent": 3, "present": 1, "absent": 1}


def test_tasks_are_nothing_that_takes_place() -> None:
    journal = a_journal()
    journal.note("formed", hub=HUB, code="19-05", group="one", subject="primary")
    journal.note("person in", group="one", subject="somebody", value="900001")
    journal.note("started", group="one", on="2019-10-07")
    for mark in ("session|present", "task|not_done", "other|excused"):
        journal.note("mark", group="one", subject="somebody", value=mark)
    found = recomputed(journal.lines)["groups of dashboards"]["one"]
    assert (found["held"], found["marked"], found["present"]) == (2, 1, 1)
