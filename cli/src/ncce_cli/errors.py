"""What can go wrong for the person at the terminal: each error is one sentence and has its own exit code."""


class CommandError(Exception):
    """A command cannot do what was asked; the message says why and what to do, in one sentence."""

    exit_code: int = 1


class SettingsWrong(CommandError):
    """The environment asks for something that cannot be meant."""

    exit_code = 2


class PortTaken(CommandError):
    """Another program listens where the platform was told to listen."""

    exit_code = 3


class MissingTool(CommandError):
    """A program the platform needs is neither installed nor in the virtual environment."""

    exit_code = 4


class DiskFull(CommandError):
    """Too little space is left to start safely."""

    exit_code = 5


class AlreadyRunning(CommandError):
    """The state directory belongs to a living platform."""

    exit_code = 6


class ServerFailed(CommandError):
    """PostgreSQL or nats-server did not come up."""

    exit_code = 7


class ServiceFailed(CommandError):
    """A process of the platform failed to migrate, to load its data or to become ready."""

    exit_code = 8


class NotRunning(CommandError):
    """The command needs a running platform."""

    exit_code = 9


class ImportHeld(CommandError):
    """An import would change so much that a second person has to approve it."""

    exit_code = 10


class Unsound(CommandError):
    """Records are not as they must be."""

    exit_code = 10


class Unproven(CommandError):
    """Public files do not show what they are said to show."""

    exit_code = 11


class Interrupted(CommandError):
    """Somebody pressed Ctrl-C before the command was done."""

    exit_code = 130
