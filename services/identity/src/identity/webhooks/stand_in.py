"""A partner's address for trying webhooks out in the sandbox: it takes, fails or is gone, as its path says."""

import asyncio
import json
import re
from typing import Final

from identity.webhooks import rules
from identity.webhooks.answers import Answer

HOST: Final = "webhooks.sandbox.invalid"
"""Under a top-level domain that nobody can own (RFC 2606)."""
_STATUS: Final = re.compile(r"/([2-5][0-9]{2})")
FOR_EVER_SECONDS: Final = 3600.0


async def answer(path: str, body: bytes) -> Answer:
    """Every challenge is answered well; an event is answered with the status in the path, or never at `/timeout`."""
    event = json.loads(body)
    if event["type"] == rules.CHALLENGE_TYPE:
        return Answer(200, json.dumps({"challenge": event["data"]["challenge"]}).encode())
    if path == "/timeout":
        await asyncio.sleep(FOR_EVER_SECONDS)
    status = _STATUS.fullmatch(path)
    return Answer(int(status[1]) if status else 404)
