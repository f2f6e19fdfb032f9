"""What hubs tells of its business at /metrics of `work`."""

from chassis.measures import Measure

MEASURES = (
    Measure(
        "hubs_course_runs",
        "Course runs that have not ended, by status",
        "SELECT status, count(*) FROM course_run WHERE ends_on >= current_date GROUP BY status",
        ("status",),
    ),
    Measure(
        "hubs_runs_without_register",
        "Runs that ended more than two weeks ago and whose register nobody has closed",
        "SELECT count(*) FROM course_run WHERE status IN ('open', 'moved_online') AND ends_on < current_date - 14 "
        "AND NOT EXISTS (SELECT FROM run_register WHERE course_run_id = course_run.id AND closed_at IS NOT NULL)",
    ),
    Measure(
        "hubs_learners_unmatched",
        "Partners' learners of whom nobody has said which teacher they are",
        "SELECT count(*) FROM partner_learner WHERE teacher_id IS NULL AND set_aside IS NULL",
    ),
    Measure(
        "hubs_groups",
        "Groups of networks' projects, by status",
        "SELECT status, count(*) FROM project_group GROUP BY status",
        ("status",),
    ),
)
