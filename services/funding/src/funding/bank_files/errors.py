"""Refusals about the bank's files."""

from chassis.errors import Conflict, Unprocessable


class BankFileNotMade(Conflict):
    """The run is not released."""

    code, title = "bank-file-not-made", "There is no file yet"

    def __init__(self) -> None:
        super().__init__("The run has no files: they come with its release.")


class BankFileTaken(Conflict):
    """The file was downloaded; another download takes two people."""

    code, title = "bank-file-taken", "The file was downloaded before"


class BankFileOpen(Conflict):
    """A download is still permitted, or asked for."""

    code, title = "bank-file-open", "A download is open already"


class BankFileNotRequested(Conflict):
    """Nobody asks for another download."""

    code, title = "bank-file-not-requested", "No further download was asked for"


class BankFileChanged(Conflict):
    """The file would not be the one of the release."""

    code, title = "bank-file-changed", "The file is not the one that was released"


class BankNotSetUp(Conflict):
    """The platform does not know from which account it pays."""

    code, title = "bank-not-set-up", "The paying account is not set up"


class NotPayableByBacs(Unprocessable):
    """The run cannot be written as a BACS file."""

    code, title = "not-payable-by-bacs", "BACS cannot carry it"
