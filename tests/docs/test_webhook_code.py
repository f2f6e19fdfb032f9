"""The code with which guides say to receive webhooks and to follow changes does that."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from composition import ROOT

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PYTHON = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


def said_in(guide: str, **names: Any) -> dict[str, Any]:
    """What the guide's code defines."""
    [code] = PYTHON.findall((ROOT / "docs" / "guide" / guide).read_text())
    exec(code, names)  # noqa: S102  our own guide
    return names


def signed(event: dict[str, Any], message_id: str = "1") -> tuple[dict[str, str], bytes]:
    now, body = datetime.now(UTC), json.dumps(event)
    stamp = str(int(now.timestamp()))
    signature = Webhook(SECRET).sign(message_id, now, body)
    return {"webhook-id": message_id, "webhook-timestamp": stamp, "webhook-signature": signature}, body.encode()


def test_the_receiver_answers_challenges_takes_each_event_once_and_no_forgery() -> None:
    taken: list[Any] = []
    seen: set[str] = set()

    def remember(message_id: str) -> bool:
        is_new = message_id not in seen
        seen.add(message_id)
        return is_new

    receive = said_in("webhooks.md", secret=SECRET, remember=remember, queue=taken.append)["receive"]
    challenge = {"type": "uk.ncce.webhook.verification.v1", "data": {"challenge": "abc"}}
    assert receive(*signed(challenge)) == (200, {"challenge": "abc"})
    event = {"type": "uk.ncce.hub.changed.v1", "data": {}}
    for _ in range(2):
        assert receive(*signed(event, "2")) == (200, {})
    assert taken == [event]
    headers, body = signed(event, "3")
    with pytest.raises(WebhookVerificationError):
        receive(headers, body.replace(b"hub", b"bug"))


def test_the_follower_keeps_a_copy() -> None:
    def change(name: str, operation: str = "changed") -> dict[str, Any]:
        return {"resource": "hub", "id": name, "operation": operation, "data": {"name": name}}

    pages = {
        None: {"data": [change("a"), change("b")], "page": {"next_cursor": "1", "has_more": True}},
        "1": {"data": [change("a", "removed")], "page": {"next_cursor": "2", "has_more": False}},
    }
    follow: Callable[..., str] = said_in("following-changes.md")["follow"]
    copy: dict[tuple[str, str], Any] = {}
    assert follow(lambda _path, query: pages[query.get("after")], copy, None) == "2"
    assert copy == {("hub", "b"): {"name": "b"}}
