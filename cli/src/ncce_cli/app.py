"""The `ncce` command."""

import sys
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from ncce_cli import audits, handover, imports, jobs, sandbox_commands
from ncce_cli import check as check_command
from ncce_cli import lock as lock_command
from ncce_cli import logs as logs_command
from ncce_cli import parity as parity_command
from ncce_cli import status as status_command
from ncce_cli import up as up_command
from ncce_cli.errors import CommandError
from ncce_cli.parts import ROOT
from ncce_cli.state import home_of_environment

app = typer.Typer(
    name="ncce",
    help="The platform of the National Centre for Computing Education on this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)
events_app = typer.Typer(help="Events in the outboxes.", no_args_is_help=True)
letters_app = typer.Typer(help="Events that could not be handled.", no_args_is_help=True)
import_app = typer.Typer(help="Data that operators bring.", no_args_is_help=True)
funding_app = typer.Typer(help="The money.", no_args_is_help=True)
app.add_typer(events_app, name="events")
app.add_typer(letters_app, name="dead-letters")
app.add_typer(import_app, name="import")
app.add_typer(funding_app, name="funding")
audit_app = typer.Typer(help="Who did what.", no_args_is_help=True)
app.add_typer(audit_app, name="audit")
sandbox_app = typer.Typer(help="The sandbox of `up --sandbox`.", no_args_is_help=True)
app.add_typer(sandbox_app, name="sandbox")
console = Console(highlight=False)

PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
Services = Annotated[list[str] | None, typer.Argument(help="Only these services.", show_default="all")]
Demo = Annotated[bool, typer.Option("--demo/--no-demo", help="Load the demo people and organisations too.")]


@app.command()
def up(
    detach: Annotated[bool, typer.Option("--detach", "-d", help="Return when all is ready; stop with down.")] = False,
    demo: Demo = True,
    sandbox: Annotated[bool, typer.Option("--sandbox", help="Start a second set for test keys too.")] = False,
) -> None:
    """Start the platform: databases, broker, services, gateway. NCCE_HOME and NCCE_PORT choose where."""
    up_command.up(console, detach, demo, sandbox)


@app.command(hidden=True)
def up_behind(demo: Demo = True) -> None:
    """The supervisor that `up --detach` leaves behind."""
    up_command.up_behind(demo)


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False) -> None:
    """Show each process, its port and whether it is ready. Exit code 9 when nothing runs."""
    status_command.status(console, as_json)


@app.command()
def doctor(as_json: Annotated[bool, typer.Option("--json", help="For programs: a line each.")] = False) -> None:
    """Say in a sentence what is wrong, or will be soon, and what to do.

    Exit code 10: something is wrong now. 9: nothing runs, and what would stop it from starting is said.
    """
    handover.become("ncce_cli.doctor", ["--json"] if as_json else [])


@app.command()
def logs(
    service: Annotated[str | None, typer.Argument(help="A service or a process.", show_default="all")] = None,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on until Ctrl-C.")] = False,
) -> None:
    """Show the newest log lines."""
    logs_command.logs(console, service, follow)


@app.command()
def down() -> None:
    """Stop the platform."""
    up_command.down(console)


@app.command()
def reset(yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """Stop the platform and delete its data."""
    up_command.reset(console, yes)


@app.command()
def migrate(services: Services = None) -> None:
    """Bring the databases to this release."""
    jobs.migrate(console, services or [])


@events_app.command()
def republish(
    services: Services = None,
    everything: Annotated[bool, typer.Option("--all", help="Every event there is.")] = False,
    since: Annotated[str | None, typer.Option(help="Events from this time on, with its UTC offset.")] = None,
) -> None:
    """Send events again, after the broker lost them."""
    jobs.republish(console, everything, since, services or [])


@events_app.command()
def leap(
    services: Annotated[list[str], typer.Argument(help="Whose database was restored.", show_default=False)],
) -> None:
    """After a restore: number what these services tell from now on above all they told before."""
    parity_command.leap(console, services)


@app.command()
def parity(
    heal: Annotated[bool, typer.Option("--heal", help="Have what was not heard told again.")] = False,
    settled_seconds: Annotated[int, typer.Option(min=0, help="Leave out events newer than this.")] = 60,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: a line each.")] = False,
) -> None:
    """Hold what every service told against what every other heard. Exit code 10 when something is missing."""
    parity_command.parity(console, settled_seconds, heal, as_json)


@app.command()
def check(
    settled_seconds: Annotated[int, typer.Option(min=0, help="Look again after so long at what is found.")] = 10,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: a line each.")] = False,
) -> None:
    """Hold everything the platform has stored against all that must be true of it. Exit code 10 on findings."""
    check_command.check(console, settled_seconds, as_json)


@letters_app.command("list")
def list_letters(services: Services = None) -> None:
    """Show what waits for a decision."""
    jobs.dead_letters(console, "list", services or [], None, everything=False)


@letters_app.command()
def requeue(
    letter: Annotated[str | None, typer.Argument(help="The id of one dead letter.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="All of them.")] = False,
) -> None:
    """Handle dead letters again."""
    jobs.dead_letters(console, "requeue", [], letter, everything)


@import_app.command("schools")
def import_schools(
    file: Annotated[Path | None, typer.Argument(help="The register's CSV file.", show_default=False)] = None,
    synthetic: Annotated[int | None, typer.Option(min=1, help="So many invented schools instead.")] = None,
    links: Annotated[Path | None, typer.Option(help="The register's file of links between schools.")] = None,
    as_of: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date of the file.", show_default="by its name")
    ] = None,
    accept_older: Annotated[bool, typer.Option(help="Even if a newer file was imported.")] = False,
    report: Annotated[Path | None, typer.Option(help="Write what was refused or noted there, as JSON lines.")] = None,
    person: Annotated[str | None, typer.Option(help="Your id on the platform: who imports does not approve.")] = None,
) -> None:
    """Import the national register of schools. Rows that cannot be taken are named and stop no other.

    Exit code 10: the import is held, because it would change so much that a second person has to approve it.
    """
    imports.schools(console, file, synthetic, links, as_of, accept_older, report, person)


@import_app.command("postcodes")
def import_postcodes(
    directory: Annotated[Path | None, typer.Option(help="The package's files.", show_default="as installed")] = None,
    vintage: Annotated[str | None, typer.Option(help="Of the directory, such as NOV_2025.")] = None,
) -> None:
    """Load the full postcode directory from its Python package: see docs/guide/importing-data.md."""
    imports.postcodes(console, directory, vintage)


@funding_app.command("verify")
def verify_funding(
    as_json: Annotated[bool, typer.Option("--json", help="For programs: a line each.")] = False,
    head: Annotated[list[str] | None, typer.Option(help="A head that was noted before, NUMBER:SHA256.")] = None,
) -> None:
    """Hold every record of the money against every other. Exit code 10 when one is not as it must be."""
    audits.verify_funding(console, as_json, head or [])


@audit_app.command("verify")
def verify_audit(
    services: Services = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs: a line each.")] = False,
) -> None:
    """Hold each audit trail against the signed heads that the others hold. Exit code 10 when something does not fit."""
    audits.verify_audit(console, as_json, services or [])


@sandbox_app.command("clock")
def sandbox_clock(
    advance: Annotated[str | None, typer.Option(help="By so much, such as 90m, 36h or 14d.")] = None,
    set_to: Annotated[datetime | None, typer.Option("--set", help="To this time, UTC.")] = None,
) -> None:
    """Show the sandbox's time, and let it pass first if so wished: jobs that are due by then run."""
    sandbox_commands.clock(console, home_of_environment(), advance, set_to)


@sandbox_app.command("reset")
def sandbox_reset(
    organisation: Annotated[str, typer.Argument(help="Its id, or its short name such as stem-learning.")],
) -> None:
    """Let one organisation begin again in the sandbox; others keep what they tried out."""
    sandbox_commands.reset(console, home_of_environment(), organisation)


@app.command(hidden=True)
def reset_organisation(organisation: str) -> None:
    """What `sandbox reset` runs with the sandbox's own settings."""
    sandbox_commands.reset_here(organisation)


@app.command()
def openapi(
    services: Services = None,
    out: Annotated[Path | None, typer.Option(help="Write <service>.json files there.")] = None,
) -> None:
    """Print or write the services' OpenAPI documents."""
    jobs.openapi(console, services or [], out)


@app.command()
def lock() -> None:
    """Resolve the dependencies anew and write the lock files."""
    lock_command.lock(console)


@app.command("verify")
def verify_files(
    files: Annotated[list[Path], typer.Argument(exists=True, help="Files, or folders of them.", show_default=False)],
) -> None:
    """Check certificates, badges or the whole log of awards from public files alone; nothing has to run.

    Exit code 11: the files do not show what they are said to show. See docs/guide/verifying-certificates.md.
    """
    handover.become("ncce_cli.public_files", ["verify", *(str(path.resolve()) for path in files)])


@app.command()
def witness(
    url: Annotated[str, typer.Argument(help="The platform's address.", show_default=False)],
    folder: Annotated[Path, typer.Argument(help="Where heads are kept.", show_default=False)],
    entries: Annotated[bool, typer.Option("--entries", help="Fetch and check every entry, too.")] = False,
) -> None:
    """Keep the newest head of the log of awards, if it continues the one kept before.

    Exit code 11: it does not, so that something that was logged was changed, removed or reordered.
    """
    wish = ["--entries"] if entries else []
    handover.become("ncce_cli.public_files", ["witness", url, str(folder.resolve()), *wish])


@app.command("test", context_settings=PASSED_ON)
def run_tests(
    context: typer.Context,
    campaign: Annotated[str | None, typer.Option(help="A longer run, by name.")] = None,
) -> None:
    """Run the suite on its own servers; arguments go to pytest."""
    handover.become("pytest", handover.pytest_arguments(context.args, campaign))


@app.command(context_settings=PASSED_ON)
def demo(context: typer.Context) -> None:
    """Play a teacher's journey against the running platform; --json prints the transcript."""
    handover.become("ncce_cli.demo", context.args)


@app.command(context_settings=PASSED_ON)
def bench(context: typer.Context) -> None:
    """Measure what the design promises."""
    handover.become("ncce_cli.bench", context.args)


@app.command(context_settings=PASSED_ON)
def contracts(context: typer.Context) -> None:
    """Write the events' schema snapshots and docs/asyncapi.json; refuse what would break a consumer."""
    handover.become("ncce_cli.contract_files", context.args)


@app.command(context_settings=PASSED_ON)
def api(context: typer.Context) -> None:
    """Say what changed since the API was released (changes), or release it as it is (release)."""
    handover.become("ncce_cli.api", context.args)


@app.command()
def sdk() -> None:
    """Write the libraries for callers from the released description of the API."""
    handover.become("ncce_cli.sdk", [])


@app.command()
def version() -> None:
    """Print the version."""
    # From the file: where pip made the environment, our packages are on its path but not installed.
    print(tomllib.loads((ROOT / "cli" / "pyproject.toml").read_text())["project"]["version"])


def main() -> None:
    """Run a command; an error is one sentence on standard error and an exit code of its own."""
    try:
        app(prog_name="./ncce")
    except CommandError as error:
        Console(stderr=True, highlight=False).print(f"[bold red]ncce:[/] {escape(str(error))}", soft_wrap=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        sys.exit(130)
