"""`ncce sandbox`: the clock of the sandbox, and beginning again there."""

from datetime import UTC, datetime, timedelta

from rich.console import Console

from chassis import clock as time
from ncce_cli.errors import CommandError, NotRunning
from ncce_cli.jobs import connected, run_program
from ncce_cli.sandbox import home_within, run
from ncce_cli.state import Home


def require_running(live: Home) -> Home:
    """The home of the sandbox that runs beside; NotRunning without one."""
    home = home_within(live)
    if home.supervisor() is None:
        raise NotRunning(f"No sandbox is running in {live}: start one with ./ncce up --sandbox.")
    return home


def clock(console: Console, live: Home, advance: str | None, set_to: datetime | None) -> None:
    """Show the time of the sandbox, after setting it forward."""
    time.follow(require_running(live).clock)
    before = time.ahead()
    wanted = before + (period(advance) if advance else timedelta(0))
    if set_to is not None:
        wanted = set_to.replace(tzinfo=set_to.tzinfo or UTC) - time.real()
    if wanted < before:
        raise CommandError("The sandbox's clock does not go back: ./ncce reset, and begin with a new one.")
    try:
        time.move(wanted)
    except ValueError as error:
        raise CommandError(f"Nothing was changed: {error}.") from None
    console.print(f"In the sandbox it is {time.now():%Y-%m-%d %H:%M:%S} UTC, {time.ahead()} ahead.", highlight=False)


def period(text: str) -> timedelta:
    """Such as 90m, 36h or 14d."""
    units = {"m": "minutes", "h": "hours", "d": "days"}
    number, unit = text[:-1], text[-1:]
    if unit not in units or not number.isdecimal():
        raise CommandError("Say by how much as 90m, 36h or 14d.")
    return timedelta(**{units[unit]: int(number)})


def reset(console: Console, live: Home, organisation: str) -> None:
    """Let one organisation begin again."""
    run(require_running(live), "reset-organisation", organisation)
    console.print(f"{organisation} begins again; other organisations keep what they tried out.", highlight=False)


def reset_here(organisation: str) -> None:
    """The same, run with the sandbox's own settings."""
    with connected() as environment:
        run_program("identity.sandbox", [organisation], environment["identity"])
