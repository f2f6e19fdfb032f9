"""What a resource may say of itself, and when it may still be changed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from chassis.clock import ENGLAND
from hubs.resources.models import VersionStatus

EDITABLE: tuple[VersionStatus, ...] = ("draft", "returned")
CONTRIBUTION = "share-a-teaching-resource"
"""What certification's catalogue calls a resource that was accepted."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong with what a resource says of itself."""

    pointer: str
    code: str
    detail: str


def findings_of(
    key_stages: Collection[str],
    topics: Sequence[str],
    aims: Sequence[str],
    known_topics: Collection[str],
    known_aims: Mapping[str, str | None],
) -> list[Finding]:
    """Topics and aims that are not on the lists, and aims of key stages that the resource is not for."""
    unknown_topics = [
        Finding(f"/topics/{place}", "topic-unknown", f"{topic} is not a topic of the list")
        for place, topic in enumerate(topics)
        if topic not in known_topics
    ]
    wrong_aims = [
        Finding(f"/aims/{place}", *_wrong_with(aim, key_stages, known_aims))
        for place, aim in enumerate(aims)
        if aim not in known_aims or known_aims[aim] not in (None, *key_stages)
    ]
    return unknown_topics + wrong_aims


def _wrong_with(aim: str, key_stages: Collection[str], known_aims: Mapping[str, str | None]) -> tuple[str, str]:
    if aim not in known_aims:
        return "aim-unknown", f"{aim} is not an aim of the list"
    return "aim-elsewhere", f"{aim} is an aim of {known_aims[aim]}, and the resource is for {', '.join(key_stages)}"


def contributed_on(submitted_at: datetime) -> date:
    """The day in England on which a teacher gave what was then accepted."""
    return submitted_at.astimezone(ENGLAND).date()
