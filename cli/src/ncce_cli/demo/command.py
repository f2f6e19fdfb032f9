"""Play the journey and tell how it went."""

import json
from functools import partial
from pathlib import Path

import httpx
from rich.console import Console
from rich.markup import escape

from ncce_cli.demo.journey import Journey
from ncce_cli.demo.people import Cast
from ncce_cli.demo.transcript import Surprise, Transcript

TIMEOUT_SECONDS = 30.0


def play(base_url: str, mail: Path, *, as_json: bool) -> int:
    """The exit code: 0 when every expectation held, 1 otherwise."""
    console = Console(highlight=False)
    say = partial(console.print, soft_wrap=True)  # a path is one word, also in a file of eighty columns
    transcript = Transcript(say=(lambda _: None) if as_json else say)
    failure: str | None = None
    with httpx.Client(base_url=base_url, timeout=TIMEOUT_SECONDS) as http:
        try:
            Journey(Cast(http, transcript), transcript, mail).play()
        except (Surprise, httpx.HTTPError, KeyError, StopIteration) as error:
            failure = f"{type(error).__name__}: {error}"
    if as_json:
        console.out(json.dumps(transcript.as_json(failure), indent=2))
    else:
        _conclude(console, transcript, failure)
    return 1 if failure else 0


def _conclude(console: Console, transcript: Transcript, failure: str | None) -> None:
    summary = transcript.summary(failure)
    if failure:
        console.print(f"\n[red bold]The journey stopped at step {transcript.step}.[/red bold] {escape(failure)}")
        return
    console.print(
        f"\n[green bold]The journey is complete[/green bold]: {summary['calls']} calls, "
        f"{summary['elapsed_seconds']} s. Run it again: each run is another teacher.",
        soft_wrap=True,
    )
