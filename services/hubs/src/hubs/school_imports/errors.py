"""Why an import does not begin, and what is answered about imports."""

from chassis.errors import NotFound


class ImportRefused(Exception):
    """Nothing was imported; the message says why, to the person at the terminal."""


class ExtractUnreadable(ImportRefused):
    """The file as a whole is not an extract of the register."""


class ExtractOlder(ImportRefused):
    """A newer extract was imported before."""


class ImportInProgress(ImportRefused):
    """Another import of the register runs."""


class SchoolImportNotFound(NotFound):
    """No import has this id."""

    code, title = "school-import-not-found", "No import has this id"
