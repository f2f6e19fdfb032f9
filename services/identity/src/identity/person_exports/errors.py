"""Refusals about exports."""

from chassis.errors import Gone, NotFound


class ExportNotFound(NotFound):
    """There is no such export, or it is another's."""

    code, title = "export-not-found", "No such export"


class ExportExpired(Gone):
    """An export lasts a few days, so that no copy of a whole life lies about."""

    code, title = "export-expired", "The export has expired"
