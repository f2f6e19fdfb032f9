"""The defects known of the platform before this one, and the figures to be met: which test would catch each.

The numbers are those of the research behind the issue. The table is held against the files, so that it cannot rot.
"""

from pathlib import Path

import pytest

from builders import anonymous
from certification.activities.seed import seed_activities
from harness import ServiceHarness

HERE = Path(__file__).parent

DEFECTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "D1": (
        "the mail that the test is open was never sent",
        (
            "test_assessed_schemes.py::test_the_gate_opens_with_what_the_rules_ask_for_and_its_teacher_is_told_once",
            "test_assessed_schemes.py::test_who_was_enrolled_when_questions_are_published_is_told_then",
        ),
    ),
    "D2": (
        "attempts and waiting times were checked by the page only",
        (
            "test_assessments_api.py::test_the_third_attempt_opens_at_exactly_48_hours_and_not_before",
            "test_assessments_api.py::test_who_is_not_enrolled_or_keeps_the_questions_sits_nothing",
        ),
    ),
    "D3": (
        "anybody could sit the test as somebody else",
        (
            "test_assessment_providers.py::test_a_link_names_the_attempt_and_nobody",
            "test_assessment_providers.py::test_only_a_fresh_signature_of_the_provider_is_taken",
        ),
    ),
    "D4": (
        "a late or repeated result drew numbers and lost passes",
        (
            "test_assessment_providers.py::test_a_hundred_deliveries_of_one_message_have_one_effect",
            "test_assessment_providers.py::test_a_result_of_an_attempt_that_was_finished_in_time_counts_however_late_it_arrives",
        ),
    ),
    "D5": (
        "numbers were drawn without a lock, and not unique",
        (
            "test_transparency_api.py::test_100_awards_at_once_are_distinct_and_leave_no_gap",
            "test_journey.py::test_twenty_deliveries_at_once_award_one_certificate",
        ),
    ),
    "D6": (
        "a later fail hid an earlier pass",
        (
            "test_assessment_rules.py::test_a_pass_closes_the_gate_whatever_failed_before_or_after",
            "test_assessment_providers.py::test_a_late_failure_does_not_undo_a_pass_that_came_in_between",
        ),
    ),
    "D7": (
        "what was completed, undone and completed again was told once only",
        (
            "test_corrections.py::test_a_component_that_falls_short_is_told_of_and_completed_again",
            "test_pending_awards.py::test_what_is_withdrawn_ends_the_days_and_earned_again_they_begin_anew",
        ),
    ),
    "D8": (
        "a condition asked for more activities than there are",
        (
            "test_requirements.py::test_more_activities_than_the_catalogue_has_are_asked_of_nobody",
            "test_requirements.py::test_every_version_on_record_passes_its_cases_and_asks_for_nothing_impossible",
        ),
    ),
    "D9": (
        "activities in any state counted as done",
        (
            "test_progress_explained.py::test_only_what_is_accepted_counts",
            "test_log_entries_api.py::test_a_returned_entry_earns_nothing_and_may_be_recorded_again",
        ),
    ),
    "D10": (
        "rejected evidence left the award alone, and evidence was deleted at the award",
        (
            "test_moderation_api.py::test_a_second_look_reverses_the_credit_and_puts_the_certificate_before_a_person",
            "test_evidence_api.py::test_evidence_is_kept_after_the_decision_and_then_its_hash",
            "test_certificate_reviews_api.py::test_revoked_by_two_persons_it_falls",
        ),
    ),
    "D11": (
        "evidence of nothing was accepted",
        (
            "test_log_entry_life.py::test_nothing_in_other_characters_is_no_description",
            "test_log_entry_life.py::test_a_list_is_no_description",
        ),
    ),
    "D12": (
        "the latest of several was picked wrongly",
        (
            "test_rules.py::test_reports_of_one_activity_add_up_to_the_largest_in_any_order",
            "test_corrections.py::test_the_order_of_news_does_not_matter",
        ),
    ),
    "D13": (
        "an index was emptied and filled while people searched",
        ("test_incumbent_defects.py::test_everything_is_found_while_the_catalogue_is_loaded_again",),
    ),
    "D14": (
        "an older cancellation took away what was done later",
        (
            "test_progress_explained.py::test_a_course_done_again_after_it_was_withdrawn_counts",
            "test_corrections.py::test_withdrawn_and_counted_again_is_worth_what_it_was",
        ),
    ),
}

FIGURES: dict[str, tuple[str, tuple[str, ...]]] = {
    "1": (
        "commitment reaches 15 and never counts more",
        ("test_journey.py::test_a_teacher_gets_from_registration_to_one_verifiable_certificate",),
    ),
    "2": (
        "20 h give 60, 19.75 h 59.25, 25 h 75 of which 60 count; at the other rate 40 h give 60",
        (
            "test_rules.py::test_hours_earn_at_the_scheme_s_rate",
            "test_credits_api.py::test_a_hundredth_of_an_hour_short_does_not_complete_the_component",
        ),
    ),
    "3": (
        "0 + 75 + 25 does not complete, nor do credits without the assessment",
        (
            "test_rules.py::test_surplus_in_one_component_never_fills_another",
            "test_credits_api.py::test_a_hundred_credits_without_commitment_do_not_complete_the_scheme",
            "test_assessed_schemes.py::"
            "test_15_60_and_25_are_not_enough_without_the_assessment_and_with_it_the_certificate_is_awarded",
        ),
    ),
    "4": (
        "one course counts in every scheme that lists it, in each once",
        (
            "test_credits_api.py::test_a_secondary_teacher_who_opts_in_later_gets_what_was_done_earlier",
            "test_credits_api.py::test_the_same_course_reported_twice_earns_once",
        ),
    ),
    "5": (
        "65.0 % passes, 64.99 % does not; the third attempt waits 48 hours; a pass stays",
        (
            "test_assessment_rules.py::test_65_percent_passes_and_a_hundredth_less_does_not",
            "test_assessment_rules.py::test_two_attempts_may_be_made_at_once_and_the_third_after_exactly_48_hours",
            "test_assessment_providers.py::test_an_attempt_without_a_result_expires_after_exactly_two_hours_and_counts_as_nothing",
        ),
    ),
    "6": (
        "100 awards at once have 100 numbers, and a revoked one says so",
        (
            "test_transparency_api.py::test_100_awards_at_once_are_distinct_and_leave_no_gap",
            "test_certificate_life.py::test_two_persons_revoke_and_everybody_sees_it",
        ),
    ),
    "12": (
        "what was done before the launch is recorded with its day and counts",
        ("test_credits_api.py::test_activity_from_before_the_launch_counts",),
    ),
}


def test_every_defect_has_its_place() -> None:
    assert set(DEFECTS) == {f"D{number}" for number in range(1, 15)}


@pytest.mark.parametrize("number", [*DEFECTS, *FIGURES])
def test_the_tests_that_are_named_are_there(number: str) -> None:
    _, tests = {**DEFECTS, **FIGURES}[number]
    for named in tests:
        file, _, test = named.partition("::")
        assert f"def {test}(" in (HERE / file).read_text(), named


async def test_everything_is_found_while_the_catalogue_is_loaded_again(certification: ServiceHarness) -> None:
    client = await certification.client(anonymous())

    async def found() -> int:
        return len(
            (await client.get("/v1/activities", params={"category": "community", "limit": "100"})).json()["data"]
        )

    before = await found()
    seen = []
    async with certification.session() as session:
        await seed_activities(session, lambda done, total: None)
        seen.append(await found())
    assert [*seen, await found()] == [before, before]
    assert before > 1
