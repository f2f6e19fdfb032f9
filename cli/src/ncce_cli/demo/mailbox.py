"""The demo's view of the mail folder: it reads what the platform sent, as the teacher would."""

import email
import email.policy
import re
import time
from email.message import EmailMessage
from pathlib import Path

from ncce_cli.demo.transcript import PATIENCE_SECONDS, POLL_SECONDS, Surprise

TOKEN = re.compile(r"token=([A-Za-z0-9_-]{20,})")


def confirmation_token(folder: Path, address: str) -> str:
    """The token in the confirmation mail to an address; waits for the mail."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        for message in _messages_to(folder, address):
            body = message.get_body(("plain", "html"))
            found = TOKEN.search(body.get_content() if body else "")
            if found:
                return found[1]
        time.sleep(POLL_SECONDS)
    raise Surprise(f"No mail to {address} with a confirmation link came within {PATIENCE_SECONDS:.0f} s.")


def _messages_to(folder: Path, address: str) -> list[EmailMessage]:
    found: list[EmailMessage] = []
    for path in sorted([*(folder / "new").glob("*"), *(folder / "cur").glob("*")]):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        if isinstance(message, EmailMessage) and address in str(message["To"]):
            found.append(message)
    return found
