"""For whoever does not trust the platform: check public files offline, and keep heads of the log as a witness."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import httpx
from rich.console import Console

from certification.offline import files
from certification.offline.files import Given, NotPublicFile
from certification.verify_offline import JSON, UNREADABLE, Keys, NotProven, check_consistency, head_of, keys_of
from ncce_cli.errors import CommandError, Unproven

SECONDS = 30.0
HEAD_FILE = re.compile(r"head-(\d+)\.json")


def verify(console: Console, paths: list[Path]) -> None:
    """Say what public files show. Unproven, with what they do not."""
    try:
        for sentence in files.shown(files.read(paths), datetime.now(UTC)):
            console.print(sentence, markup=False)
    except NotProven as error:
        raise Unproven(f"NOT PROVEN: {error}.") from error
    except NotPublicFile as error:
        raise Unproven(f"{error}.") from error
    except OSError as error:
        raise CommandError(f"A file cannot be read: {error}.") from error
    except UNREADABLE as error:
        raise Unproven(f"NOT PROVEN: a file is not what it should be ({type(error).__name__}: {error}).") from error


def witness(console: Console, url: str, folder: Path, with_entries: bool) -> None:
    """Fetch the newest head and keep it, if it continues what was kept before. Unproven when it does not."""
    folder.mkdir(parents=True, exist_ok=True)
    with httpx.Client(base_url=url.rstrip("/"), timeout=SECONDS) as client:
        try:
            _witnessed(console, Log(client), folder, with_entries)
        except NotProven as error:
            raise Unproven(f"NOT PROVEN: {error}. Keep {folder} as it is: it is the evidence.") from error
        except UNREADABLE as error:
            raise Unproven(f"NOT PROVEN: an answer is not what it should be ({type(error).__name__}).") from error


class Log:
    """The public log, asked over the network."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def get(self, path: str, **parameters: str | int) -> JSON:
        """What a public address answers. CommandError when it does not."""
        try:
            reply = self._client.get(f"/v1/transparency/{path}", params=parameters)
        except httpx.HTTPError as error:
            raise CommandError(f"{self._client.base_url} does not answer: {error}.") from error
        if reply.status_code != httpx.codes.OK:
            raise CommandError(f"{reply.url} answered {reply.status_code}.")
        return dict(reply.json())

    def pages(self) -> list[JSON]:
        """Every entry, a hundred to a page."""
        found = [self.get("entries", limit=100)]
        while found[-1]["page"]["has_more"]:
            found.append(self.get("entries", limit=100, cursor=found[-1]["page"]["next_cursor"]))
        return found


def _witnessed(console: Console, log: Log, folder: Path, with_entries: bool) -> None:
    kept = _newest_kept(folder)
    keys = _trusted_keys(console, folder, log.get("keys"))
    told = log.get("head")
    if told["head"] is None:
        if kept is not None:
            raise NotProven("the log is empty now and was not before")
        console.print("The log has no entry yet.")
        return
    newer = head_of(told, keys)
    if kept is not None:
        older = head_of(kept, keys)
        if newer.tree_size < older.tree_size:
            raise NotProven(f"the log had {older.tree_size} entries and has {newer.tree_size} now")
        proof = log.get("consistency", older=older.tree_size, newer=newer.tree_size)
        check_consistency(proof, older, newer)
        if newer.tree_size > older.tree_size:
            _write(folder / f"proof-{older.tree_size:012}-{newer.tree_size:012}.json", proof)
        console.print(f"The log of size {older.tree_size} is the beginning of that of size {newer.tree_size}.")
    if with_entries:
        pages = log.pages()
        files.shown(Given(keys=[_read(folder / "keys.json")], heads=[told], pages=_up_to(pages, newer.tree_size)))
        for number, page in enumerate(pages):
            _write(folder / f"entries-{number:06}.json", page)
        console.print(f"All {newer.tree_size} entries are those that were signed, in their order.")
    _write(folder / f"head-{newer.tree_size:012}.json", told)
    console.print(f"Kept the head of size {newer.tree_size} in {folder}.", markup=False)


def _up_to(pages: list[JSON], size: int) -> list[JSON]:
    """The entries that a head covers: there may be more by now."""
    return [{"data": [row for row in page["data"] if row["position"] < size]} for page in pages]


def _newest_kept(folder: Path) -> JSON | None:
    kept = [path for path in folder.iterdir() if HEAD_FILE.fullmatch(path.name)]
    return _read(max(kept)) if kept else None


def _trusted_keys(console: Console, folder: Path, told: JSON) -> Keys:
    """The keys kept since the first time and those published since. NotProven for one that changed under its name."""
    path = folder / "keys.json"
    kept = {key["kid"]: key for key in _read(path)["keys"]} if path.exists() else {}
    for key in told["keys"]:
        before = kept.get(key["kid"])
        if before is not None and before["x"] != key["x"]:
            raise NotProven(f"the key {key['kid']} is another than the one kept under this name")
        if kept and before is None:
            console.print(
                f"A new key signs heads: {key['kid']}. Ask the National Centre whether that is so.", markup=False
            )
    merged = {"keys": list(({**kept, **{key["kid"]: key for key in told["keys"]}}).values())}
    _write(path, merged)
    return keys_of(merged)


def _read(path: Path) -> JSON:
    return dict(json.loads(path.read_text(encoding="utf-8")))


def _write(path: Path, told: JSON) -> None:
    path.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
