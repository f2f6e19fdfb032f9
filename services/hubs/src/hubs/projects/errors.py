"""Refusals about projects."""

from chassis.errors import NotFound


class ProjectNotFound(NotFound):
    """There is no such project, or no such version of it."""

    code, title = "project-not-found", "There is no such project"
