"""Why an import does not begin, and what is answered about imports."""

from chassis.errors import Conflict, NotFound


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


class ImportNotHeld(Conflict):
    """Only an import that is held waits for a second person."""

    code, title = "import-not-held", "The import does not wait for a decision"
