"""Remembering callers: how long, and what remembering them elsewhere has to heed."""

import json
from collections.abc import Callable
from functools import partial
from time import time

import jwt

from builders import GATEWAY_KEY
from chassis.ids import new_id
from chassis.principal import Principal
from gateway.policy.callers import Caller, CallerCache, Refused

KEY = jwt.PyJWK.from_json(json.dumps(GATEWAY_KEY))
NOW = time()
PERSON = Principal(kind="person", id=new_id(), attributes={"school_urn": "900001"})


def remembered(*callers: Caller) -> tuple[CallerCache, list[bytes]]:
    """A cache to which one credential has meant these callers in turn, and what was signed about each."""
    cache, signed = CallerCache(), []
    for caller in callers:
        cache.remember(b"credential", caller)
        signed.append(caller.statement_for("hubs", KEY, NOW))
    return cache, signed


def test_who_is_recognised_again_as_the_same_is_not_signed_for_again() -> None:
    _, signed = remembered(Caller(PERSON, NOW), Caller(PERSON.model_copy(), NOW + 60))
    assert signed[0] == signed[1]


def test_who_has_changed_is_signed_for_anew() -> None:
    moved = PERSON.model_copy(update={"attributes": {"school_urn": "900002"}})
    _, signed = remembered(Caller(PERSON, NOW), Caller(moved, NOW + 60))
    assert signed[0] != signed[1]


def test_an_entry_past_its_time_is_not_found_and_makes_room_for_the_next() -> None:
    cache, _ = remembered(Caller(PERSON, NOW + 60))
    assert cache.find(b"credential", NOW + 61) is None
    cache.remember(b"credential", Refused("no", NOW + 66))
    assert cache.find(b"credential", NOW + 61) == Refused("no", NOW + 66)
    assert len(cache) == 1


def test_every_doubt_changes_the_epoch() -> None:
    cache, _ = remembered(Caller(PERSON, NOW + 60, handle="key"))
    doubts: list[Callable[[], None]] = [
        partial(cache.forget, "key"),
        partial(cache.forget, "of nobody here"),
        cache.clear,
    ]
    epochs = [cache.epoch]
    for doubt in doubts:
        doubt()
        epochs.append(cache.epoch)
    assert len(set(epochs)) == len(epochs)
    assert cache.find(b"credential", NOW) is None
