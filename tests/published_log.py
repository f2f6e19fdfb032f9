"""The public files of the log, as anybody may fetch them, and the offline verifier over them."""

import json
from pathlib import Path
from typing import Any

from builders import anonymous
from certification import verify_offline
from harness import ServiceHarness

JSON = dict[str, Any]


async def fetch(certification: ServiceHarness, path: str, **parameters: str) -> JSON:
    reply = await (await certification.client(anonymous())).get(path, params=parameters)
    assert reply.status_code == 200, reply.text
    return dict(reply.json())


async def pages(certification: ServiceHarness, limit: int = 2) -> list[JSON]:
    """All entries, in small pages."""
    found = [await fetch(certification, "/v1/transparency/entries", limit=str(limit))]
    while found[-1]["page"]["has_more"]:
        cursor = found[-1]["page"]["next_cursor"]
        found.append(await fetch(certification, "/v1/transparency/entries", limit=str(limit), cursor=cursor))
    return found


async def public_files(certification: ServiceHarness, codes: list[str], older: int) -> dict[str, JSON]:
    """Everything that the offline verifier reads, by file name."""
    head = await fetch(certification, "/v1/transparency/head")
    newer = head["head"]["tree_size"]
    files = {
        "keys": await fetch(certification, "/v1/transparency/keys"),
        "head": head,
        "older": await fetch(certification, f"/v1/transparency/heads/{older}"),
        "proof": await fetch(certification, "/v1/transparency/consistency", older=str(older), newer=str(newer)),
    }
    files |= {f"entries-{number}": page for number, page in enumerate(await pages(certification))}
    return files | {f"certificate-{code}": await fetch(certification, f"/v1/verify/{code}") for code in codes}


def run_offline(directory: Path, files: dict[str, JSON]) -> list[str]:
    """The verifier over these files."""
    for name, content in files.items():
        (directory / f"{name}.json").write_text(json.dumps(content))
    words = ["--keys", "keys", "--head", "head", "older", "--consistency", "proof", "--entries"]
    words += [name for name in files if name.startswith("entries-")]
    words += ["--certificate", *(name for name in files if name.startswith("certificate-"))]
    return verify_offline.run([one if one.startswith("--") else str(directory / f"{one}.json") for one in words])
