"""`python -m certification.verify_offline`: check the log, and certificates against it, from public files alone.

Everything it reads is what anybody may fetch and keep: the keys (`/v1/transparency/keys`), heads (`…/head`,
`…/heads/{size}`), pages of entries (`…/entries`) and answers of `/v1/verify/{code}`. It asks nobody. It finds an entry
that was changed, removed, added or reordered, a head that nobody signed, two heads that contradict each other, and a
certificate that the log does not hold. docs/guide/verifying-certificates.md shows how to use it.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jwt
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certification.transparency import tree
from certification.transparency.statements import head_message, record_hash

JSON = dict[str, Any]


@dataclass(frozen=True)
class HeadKey:
    """A key that signs heads: a retired one signed none of more entries than this."""

    public: Ed25519PublicKey
    signs_up_to: int | None


Keys = dict[str, HeadKey]
UNREADABLE = (KeyError, TypeError, ValueError, AttributeError, jwt.PyJWTError)
"""How a file shows that it is not what it is said to be."""


class NotProven(Exception):
    """What the files say is not so; the message tells what."""


@dataclass(frozen=True)
class Head:
    """A head of which the signature is right."""

    tree_size: int
    root_hash: bytes


def keys_of(document: JSON) -> Keys:
    """The public keys of a JSON Web Key Set."""
    found: Keys = {}
    for told in document["keys"]:
        public = jwt.PyJWK(told, algorithm="EdDSA").key
        if not isinstance(public, Ed25519PublicKey):
            raise NotProven("the keys are not public Ed25519 keys")
        found[told["kid"]] = HeadKey(public, told.get("signs_up_to"))
    return found


def head_of(document: JSON, keys: Keys) -> Head:
    """The head in a file, by itself or under `head`. NotProven when no key signed it."""
    told = document.get("head", document)
    size, root = told["tree_size"], bytes.fromhex(told["root_hash"])
    if type(size) is not int or size < 1 or told["key_id"] not in keys:
        raise NotProven(f"the head of size {size} is signed by no key that was given")
    key = keys[told["key_id"]]
    if key.signs_up_to is not None and size > key.signs_up_to:
        raise NotProven(f"the head of size {size} is signed by a key that was retired at size {key.signs_up_to}")
    written = told["signed_at"].replace("Z", "+00:00")
    at = datetime.fromisoformat(written)
    if at.isoformat() != written:
        raise NotProven(f"the time of the head of size {size} is not written as it was signed")
    try:
        key.public.verify(bytes.fromhex(told["signature"]), head_message(size, root, at))
    except InvalidSignature as error:
        raise NotProven(f"the signature of the head of size {size} is wrong") from error
    return Head(size, root)


def entries_of(pages: Sequence[JSON]) -> list[str]:
    """The entries of pages in order. NotProven when one is missing or comes twice."""
    rows = [row for page in pages for row in page["data"]]
    for expected, row in enumerate(rows):
        if row["position"] != expected:
            raise NotProven(f"entry {expected} is not where it belongs: entry {row['position']} is there")
    return [row["entry"] for row in rows]


def check_log(entries: Sequence[str], heads: Sequence[Head]) -> None:
    """NotProven unless every head is the root over its first entries: then all are heads of one growing log."""
    leaves = [tree.leaf_hash(entry.encode()) for entry in entries]
    for head in heads:
        if head.tree_size > len(leaves):
            raise NotProven(f"a head tells of {head.tree_size} entries and there are {len(leaves)}")
        if tree.root_of(leaves[: head.tree_size]) != head.root_hash:
            raise NotProven(f"the first {head.tree_size} entries are not those that were signed")


def check_consistency(proof: JSON, older: Head, newer: Head) -> None:
    """NotProven unless a proof shows the log of one head to be the beginning of the other's, without its entries."""
    path = [bytes.fromhex(one) for one in proof["path"]]
    if not tree.is_consistent(older.tree_size, older.root_hash, newer.tree_size, newer.root_hash, path):
        raise NotProven(f"the log of size {older.tree_size} is not shown to be the beginning of {newer.tree_size}")


def check_certificate(answer: JSON, keys: Keys, entries: Sequence[str] | None = None) -> str:
    """The number of a certificate that the log holds, and its standing by the entries if given. NotProven."""
    record, log = answer["evidence"]["record"], answer["evidence"]["log"]
    head, entry = head_of(log["head"], keys), json.loads(log["entry"])
    if entry["kind"] != "issued" or entry["certificate"] != record_hash(record):
        raise NotProven("the record is not the one that the log tells of")
    for told in ("code", "number", "scheme", "title", "awarded_on", "expires_on"):
        if answer.get(told) != record.get(told):
            raise NotProven(f"the answer and the record do not agree on {told}")
    path, leaf = [bytes.fromhex(one) for one in log["path"]], tree.leaf_hash(log["entry"].encode())
    if type(log["position"]) is not int or not tree.is_included(
        leaf, log["position"], head.tree_size, path, head.root_hash
    ):
        raise NotProven("the proof does not lead to the signed root")
    if entries is not None:
        _check_standing(answer, log, entries)
    return str(record["number"])


def _check_standing(answer: JSON, log: JSON, entries: Sequence[str]) -> None:
    """NotProven when the log holds another entry at the place, or tells another standing than the answer."""
    if log["position"] >= len(entries) or entries[log["position"]] != log["entry"]:
        raise NotProven("the log holds something else at the place of the certificate")
    certificate = json.loads(log["entry"])["certificate"]
    told = [json.loads(entry) for entry in entries]
    happened = {one["kind"] for one in told if one["certificate"] == certificate}
    standing = next((one for one in ("revoked", "superseded") if one in happened), "valid")
    if answer["status"] != standing and not (standing == "valid" and answer["status"] == "expired"):
        raise NotProven(f"the answer says {answer['status']} and the log says {standing}")


def standing_today(answer: JSON, today: date) -> str:
    """What an answer is worth on a day: it may have expired since. NotProven when it says expired too early."""
    if answer["status"] in ("revoked", "superseded"):
        return str(answer["status"])
    expires_on = answer["evidence"]["record"].get("expires_on")
    if expires_on is not None and date.fromisoformat(expires_on) <= today:
        return "expired"
    if answer["status"] != "valid":
        raise NotProven(f"the answer says {answer['status']} and the record does not")
    return "valid"


def _read(path: Path) -> JSON:
    document = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(document, dict):
        raise NotProven(f"{path} holds no object")
    return document


def _arguments(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m certification.verify_offline", description=__doc__)
    parser.add_argument("--keys", required=True, type=Path, metavar="FILE", help="what /v1/transparency/keys answered")
    parser.add_argument("--head", required=True, nargs="+", type=Path, metavar="FILE", help="heads, the newest first")
    parser.add_argument(
        "--entries", nargs="*", default=[], type=Path, metavar="FILE", help="all pages of entries, in order"
    )
    parser.add_argument("--consistency", type=Path, metavar="FILE", help="the proof from the second head to the first")
    parser.add_argument(
        "--certificate", nargs="*", default=[], type=Path, metavar="FILE", help="answers of /v1/verify/{code}"
    )
    return parser.parse_args(words)


def run(words: Sequence[str] | None = None) -> list[str]:
    """What was shown, a sentence each. NotProven, or an OSError for a file that cannot be read."""
    given = _arguments(words)
    keys = keys_of(_read(given.keys))
    heads = [head_of(_read(path), keys) for path in given.head]
    shown = [f"{len(heads)} head(s) signed; the newest is of {heads[0].tree_size} entries."]
    entries = entries_of([_read(path) for path in given.entries]) if given.entries else None
    if entries is not None:
        check_log(entries, heads)
        shown.append(f"All {len(entries)} entries are those that were signed, in their order.")
    if given.consistency and len(heads) > 1:
        check_consistency(_read(given.consistency), heads[1], heads[0])
        shown.append(f"The log of size {heads[1].tree_size} is the beginning of that of size {heads[0].tree_size}.")
    today = datetime.now(UTC).date()
    for path in given.certificate:
        answer = _read(path)
        number = check_certificate(answer, keys, entries)
        shown.append(f"{number} is in the log; it is {standing_today(answer, today)}.")
    return shown


def main() -> None:
    """Print what was shown, or what was not and exit 1."""
    try:
        shown = run()
    except NotProven as error:
        sys.exit(f"NOT PROVEN: {error}.")
    except OSError as error:
        sys.exit(f"A file cannot be read: {error}")
    except UNREADABLE as error:
        sys.exit(f"NOT PROVEN: a file is not what it should be ({type(error).__name__}: {error}).")
    sys.stdout.write("\n".join(shown) + "\n")


if __name__ == "__main__":
    main()
