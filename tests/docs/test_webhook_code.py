"""The code with which guides say to receive webhooks and to follow changes does that, as a program of its own."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from standardwebhooks import Webhook

from composition import ROOT

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
PYTHON = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)
RECEIVER = """
import json, sys
from standardwebhooks import WebhookVerificationError

secret, seen, taken = sys.argv[1], set(), []
queue = taken.append

def remember(message_id):
    is_new = message_id not in seen
    seen.add(message_id)
    return is_new

{code}

for line in sys.stdin:
    headers, body = json.loads(line)
    try:
        print(json.dumps(receive(headers, body.encode())))
    except WebhookVerificationError:
        print(json.dumps("refused"))
print(json.dumps(taken))
"""
FOLLOWER = """
import json, sys

pages, copy = json.load(sys.stdin), {{}}

{code}

print(json.dumps(follow(lambda path, query: pages[query.get("after", "")], copy, None)))
print(json.dumps([[*key, value] for key, value in copy.items()]))
"""


def run(program: str, guide: str, given: str, tmp_path: Path, *arguments: str) -> list[Any]:
    """The lines that a program says which has the guide's code in it."""
    [code] = PYTHON.findall((ROOT / "docs" / "guide" / guide).read_text())
    file = tmp_path / "program.py"
    file.write_text(program.format(code=code))
    command = [sys.executable, "-W", "error", str(file), *arguments]
    done = subprocess.run(command, input=given, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def signed(event: dict[str, Any], message_id: str = "1") -> tuple[dict[str, str], str]:
    now, body = datetime.now(UTC), json.dumps(event)
    stamp = str(int(now.timestamp()))
    signature = Webhook(SECRET).sign(message_id, now, body)
    return {"webhook-id": message_id, "webhook-timestamp": stamp, "webhook-signature": signature}, body


def test_the_receiver_answers_challenges_takes_each_event_once_and_no_forgery(tmp_path: Path) -> None:
    challenge = {"type": "uk.ncce.webhook.verification.v1", "data": {"challenge": "abc"}}
    event = {"type": "uk.ncce.hub.changed.v1", "data": {}}
    headers, body = signed(event, "3")
    sent = [signed(challenge), signed(event, "2"), signed(event, "2"), (headers, body.replace("hub", "bug"))]
    *answers, taken = run(RECEIVER, "webhooks.md", "\n".join(map(json.dumps, sent)), tmp_path, SECRET)
    assert answers == [[200, {"challenge": "abc"}], [200, {}], [200, {}], "refused"]
    assert taken == [event]


def test_the_follower_keeps_a_copy(tmp_path: Path) -> None:
    def change(name: str, operation: str = "changed") -> dict[str, Any]:
        return {"resource": "hub", "id": name, "operation": operation, "data": {"name": name}}

    pages = {
        "": {"data": [change("a"), change("b")], "page": {"next_cursor": "1", "has_more": True}},
        "1": {"data": [change("a", "removed")], "page": {"next_cursor": "2", "has_more": False}},
    }
    cursor, copy = run(FOLLOWER, "following-changes.md", json.dumps(pages), tmp_path)
    assert (cursor, copy) == ("2", [["hub", "b", {"name": "b"}]])
