"""Telling public files apart by what is in them, and showing what follows from all of them together."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from certification.offline import badges
from certification.verify_offline import (
    JSON,
    UNREADABLE,
    Head,
    NotProven,
    check_certificate,
    check_consistency,
    check_log,
    entries_of,
    head_of,
    keys_of,
    standing_today,
)

COMPACT_PARTS = 3


@dataclass
class Given:
    """Files by what they hold."""

    keys: list[JSON] = field(default_factory=list)
    badge_keys: list[JSON] = field(default_factory=list)
    heads: list[JSON] = field(default_factory=list)
    pages: list[JSON] = field(default_factory=list)
    proofs: list[JSON] = field(default_factory=list)
    certificates: list[JSON] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)


class NotPublicFile(Exception):
    """A file is none of those that the platform publishes."""


def read(paths: Iterable[Path]) -> Given:
    """Files, and all files of folders, sorted out. NotPublicFile, OSError."""
    given = Given()
    for path in _files(paths):
        try:
            _sort_in(given, path.read_text(encoding="utf-8").strip())
        except UNREADABLE as error:
            raise NotPublicFile(f"{path} is none of the files that the platform publishes") from error
    return given


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]


def _sort_in(given: Given, text: str) -> None:
    if not text.startswith("{"):
        if text.count(".") + 1 != COMPACT_PARTS:
            raise ValueError("neither JSON nor a token")
        given.tokens.append(text)
        return
    told = json.loads(text)
    if "bundle" in told:
        for one in told["bundle"]:
            _sort_in(given, one if isinstance(one, str) else json.dumps(one))
        return
    _place_of(given, told).append(told)


def _place_of(given: Given, told: JSON) -> list[JSON]:
    if "keys" in told:
        return given.badge_keys if all(key["kty"] == "RSA" for key in told["keys"]) else given.keys
    if "evidence" in told:
        return given.certificates
    if "path" in told and "older" in told:
        return given.proofs
    if "data" in told and all("entry" in row for row in told["data"]):
        return given.pages
    if "root_hash" in (told.get("head") or told):
        return given.heads
    raise ValueError("unknown")


def shown(given: Given, now: datetime | None = None) -> list[str]:
    """What follows, a sentence each. NotProven for what does not; also when there is nothing to show anything by."""
    at = now or datetime.now(UTC)
    found = [*_of_log(given, at), *_of_badges(given, at)]
    if not found:
        raise NotProven("the files hold nothing that could be checked")
    return found


def _of_log(given: Given, now: datetime) -> Iterator[str]:
    if not (given.heads or given.pages or given.certificates or given.proofs):
        return
    if not given.keys:
        raise NotProven("the keys are missing: add what /v1/transparency/keys answered")
    keys = {kid: key for document in given.keys for kid, key in keys_of(document).items()}
    heads = {head.tree_size: head for head in sorted((head_of(one, keys) for one in given.heads), key=_size)}
    if len({(head.tree_size, head.root_hash) for head in (head_of(one, keys) for one in given.heads)}) != len(heads):
        raise NotProven("two heads of one size contradict each other: there are two logs")
    if heads:
        yield f"{len(heads)} head(s) signed; the newest is of {max(heads)} entries."
    entries = None
    if given.pages:
        entries = entries_of(sorted(given.pages, key=lambda page: page["data"][0]["position"] if page["data"] else -1))
        check_log(entries, list(heads.values()))
        yield (
            f"{_entries(entries)} those that were signed, in their order."
            if heads
            else "No head was given for the entries."
        )
    yield from _of_proofs(given, heads, has_entries=entries is not None)
    for answer in given.certificates:
        number = check_certificate(answer, keys, entries)
        yield f"{number} is in the log; it is {standing_today(answer, now.date())}."


def _entries(entries: list[str]) -> str:
    return f"All {len(entries)} entries are"


def _of_proofs(given: Given, heads: dict[int, Head], *, has_entries: bool) -> Iterator[str]:
    """Whether each head begins the next: by a proof, or by the entries, which were held against every head."""
    proofs = {(proof["older"], proof["newer"]): proof for proof in given.proofs}
    for (older, newer), proof in proofs.items():
        if older not in heads or newer not in heads:
            raise NotProven(f"a head is missing for the proof from size {older} to size {newer}")
        check_consistency(proof, heads[older], heads[newer])
        yield f"The log of size {older} is the beginning of that of size {newer}."
    sizes = list(heads)
    if not has_entries:
        for pair in pairwise(sizes):
            if pair not in proofs:
                yield f"Not shown, for want of a proof: that the log of size {pair[0]} begins that of size {pair[1]}."


def _size(head: Head) -> int:
    return head.tree_size


def _of_badges(given: Given, now: datetime) -> Iterator[str]:
    if not given.tokens:
        return
    if not given.badge_keys:
        raise NotProven("the keys of badges are missing: add what /v1/badges/keys answered")
    keys = {kid: key for document in given.badge_keys for kid, key in badges.badge_keys_of(document).items()}
    told = [badges.claims_of(token, keys) for token in given.tokens]
    lists = [one for one in told if badges.is_list(one)]
    if lists and len(lists) == len(told):
        yield f"{len(lists)} status list(s) signed."
    for badge in told:
        if not badges.is_list(badge):
            yield badges.check_badge(badge, lists, now)
