"""`ncce up`, `ncce down` and `ncce reset`."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from typing import IO

from rich.console import Console
from rich.markup import escape

from ncce_cli import processes, sandbox
from ncce_cli.errors import CommandError, Interrupted, ServiceFailed
from ncce_cli.parts import ROOT
from ncce_cli.postgres import Postgres
from ncce_cli.reporter import PipeReporter, Reporter, TerminalReporter
from ncce_cli.settings_for import External, gateway_port
from ncce_cli.state import Home, home_of_environment
from ncce_cli.supervisor import Plan, check_before_start, supervise, utc_now

DOWN_SECONDS = 60.0
LAST_BREATH_SECONDS = 5.0  # between letting go of the lock and the end of the process; a few hundredths, as a rule
DEMO_PASSWORD = "three-random-words-demo"  # noqa: S105 -- published with the demo data, and only good there
DEMO_PEOPLE = (
    ("hub.lead", "leads the Greater Manchester hub"),
    ("moderator", "reads log entries and resolves matches"),
    ("funding.approver", "approves bursaries and grants"),
    ("second.funding.approver", "is the second where two approve"),
    ("funding.officer", "approves claims"),
    ("school.lead", "asks for a school's grants"),
    ("payment.officer", "makes and releases payment runs"),
    ("auditor", "reads all of funding"),
    ("administrator", "manages organisations and API keys"),
)


def plan_of_environment(demo: bool) -> Plan:
    return Plan(home_of_environment(), External.of(os.environ), gateway_port(os.environ), demo)


def up(console: Console, detach: bool, demo: bool, with_sandbox: bool) -> None:
    """Start the platform, here until Ctrl-C or detached until `ncce down`."""
    plan = plan_of_environment(demo)
    if with_sandbox:
        plan.home.make()
        sandbox.start(console, plan.home)
    if detach:
        up_detached(console, plan)
        print_welcome(console, plan, "./ncce down")
        return
    with TerminalReporter(console) as terminal:
        was_ready = supervise(plan, WelcomingReporter(terminal, console, plan))
    sandbox.stop(console, plan.home)
    console.print("Everything is stopped.")
    if not was_ready:
        raise Interrupted("The start was interrupted.")


class WelcomingReporter:
    """Draws on the terminal, and says what to do next when all is ready."""

    def __init__(self, inner: Reporter, console: Console, plan: Plan) -> None:
        self._console = console
        self._plan = plan
        self._inner = inner
        self.stage = inner.stage
        self.progress = inner.progress
        self.note = inner.note
        self.failed = inner.failed

    def ready(self) -> None:
        self._inner.ready()
        print_welcome(self._console, self._plan, "Ctrl-C")


def up_detached(console: Console, plan: Plan) -> None:
    """Start a supervisor that outlives us, and wait until it has said that all is ready."""
    plan.home.make()
    os.close(plan.home.acquire())
    check_before_start(plan)
    arguments = ["up-behind", *([] if plan.demo else ["--no-demo"])]
    with plan.home.log("supervisor").open("ab") as log:
        supervisor = subprocess.Popen(
            [sys.executable, "-m", "ncce_cli", *arguments],
            cwd=ROOT,
            env={**os.environ, "NCCE_HOME": str(plan.home.root)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=log,
            start_new_session=True,
        )
    assert supervisor.stdout is not None
    stopping = processes.on_failure(processes.stop, supervisor, signal.SIGTERM, DOWN_SECONDS)
    with stopping, TerminalReporter(console) as terminal:
        follow(supervisor.stdout, terminal)


def follow(lines: IO[bytes], reporter: Reporter) -> None:
    """Repeat what a supervisor says until it is ready; raise what it failed of."""
    for line in lines:
        event = json.loads(line)
        kind = event.pop("event")
        if kind == "ready":
            reporter.ready()
            return
        if kind == "failed":
            raise raised_elsewhere(event["message"], event["exit_code"])
        if kind == "progress":
            reporter.progress(**event)
        elif kind == "stage":
            reporter.stage(event["text"])
        else:
            reporter.note(event["text"])
    raise ServiceFailed("The platform ended while starting: see ./ncce logs supervisor.")


def raised_elsewhere(message: str, exit_code: int) -> CommandError:
    """An error of another process, as if it had happened here."""
    error = CommandError(message)
    error.exit_code = exit_code
    return error


def up_behind(demo: bool) -> None:
    """The detached supervisor itself: progress to standard output, notes to standard error once that is closed."""
    supervise(plan_of_environment(demo), LoggingReporter(sys.stdout))


class LoggingReporter(PipeReporter):
    """Progress into the pipe while the starter listens; what happens later into the log."""

    def note(self, text: str) -> None:
        with contextlib.suppress(OSError):  # a full disk is the worst reason to end
            print(utc_now(), text, file=sys.stderr, flush=True)


def print_welcome(console: Console, plan: Plan, stop_with: str) -> None:
    facts = {
        "Gateway": f"[bold]{plan.base_url}[/]",
        "OpenAPI": f"{plan.base_url}/openapi.json",
        "Mail": f"{escape(str(plan.home.mail))} (what the platform sends is delivered there)",
        "Logs": "./ncce logs \\[service] \\[-f]; processes: ./ncce status",
    }
    console.print("\n[bold green]The platform is ready.[/]")
    for label, fact in facts.items():
        console.print(f"  {label:<10} {fact}", highlight=False, soft_wrap=True)
    if plan.demo:
        console.print(f"\nDemo people, all with the password [bold]{DEMO_PASSWORD}[/]:")
        for name, does in DEMO_PEOPLE:
            console.print(f"  {name + '@demo.example.org':<40} {does}", highlight=False)
    console.print(f"\nNext: [bold]./ncce demo[/] plays a teacher's whole journey. Stop with {stop_with}.\n")


def down(console: Console) -> None:
    """Stop the platform of this state directory. Nothing to stop is no error."""
    home = home_of_environment()
    sandbox.stop(console, home)
    pid = home.supervisor()
    if pid is None:
        console.print(f"Nothing is running in {home}.", highlight=False)
        return
    os.kill(pid, signal.SIGTERM)
    if not processes.wait_until(lambda: home.supervisor() != pid, DOWN_SECONDS):
        raise ServiceFailed(f"The platform (process {pid}) has not stopped within {DOWN_SECONDS:.0f} s.")
    processes.wait_until(lambda: not processes.command_of(pid), LAST_BREATH_SECONDS)
    console.print("Everything is stopped.")


def reset(console: Console, confirmed: bool) -> None:
    """Stop the platform and delete its state directory: databases, events, keys, mail, logs."""
    home = home_of_environment()
    if not home.root.exists():
        console.print(f"{home} does not exist: nothing to delete.", highlight=False)
        return
    if not looks_like_ours(home):
        raise CommandError(f"{home} does not look like a state directory of ncce, so nothing was deleted.")
    question = f"Delete all data in {home} (databases, events, keys, mail)? \\[y/N] "
    if not confirmed and console.input(question).strip().lower() not in ("y", "yes"):
        raise CommandError("Nothing was deleted.")
    down(console)
    sandbox.wipe(home)
    Postgres(home.postgres).wipe()
    shutil.rmtree(home.root)
    console.print(f"{home} is deleted.", highlight=False)


def looks_like_ours(home: Home) -> bool:
    """Whether a directory holds only what we put there: a mistyped NCCE_HOME must not cost somebody's files."""
    ours = {
        "lock",
        "state.json",
        "prepared.json",
        "keys",
        "logs",
        "mail",
        "evidence",
        "documents",
        "postgres",
        "nats",
        "sandbox",
        "clock",
    }
    return {entry.name.removesuffix(".new") for entry in home.root.iterdir()} <= ours
