"""`python -m ncce_cli.compose_environment`: the `.env` of docker-compose.yml, with fresh keys and passwords.

The template is `deploy/env.example`: each name without a value gets one. An existing `.env` is never touched, because
its certificate keys and passwords cannot be made again.
"""

import json
import re
import secrets
import sys
from pathlib import Path

from ncce_cli.errors import CommandError, SettingsWrong
from ncce_cli.files import write_private
from ncce_cli.keys import key_set, new_badge_key, new_sealing_key, new_signing_key, public_part
from ncce_cli.parts import ROOT, SERVICES

TEMPLATE = ROOT / "deploy" / "env.example"
BLANK = re.compile(r"^([A-Z_]+)=$", re.MULTILINE)


def new_password() -> str:
    """Begins with a letter, for the broker's configuration; 192 bits of letters and digits, for URLs."""
    return f"p{secrets.token_hex(24)}"


def environment(template: str) -> str:
    """The template with every blank filled. SettingsWrong when it asks for something unknown."""
    principal_key = new_signing_key()
    made = {
        "GATEWAY_PRINCIPAL_KEY": json.dumps(principal_key, separators=(",", ":")),
        "PRINCIPAL_KEYS": key_set(public_part(principal_key)),
        "IDENTITY_TOKEN_KEYS": key_set(new_signing_key()),
        "IDENTITY_FACTOR_KEYS": key_set(new_sealing_key()),
        "IDENTITY_WEBHOOK_KEYS": key_set(new_sealing_key()),
        "CERTIFICATION_SIGNING_KEYS": key_set(new_signing_key()),
        "CERTIFICATION_HEAD_KEYS": key_set(new_signing_key()),
        "CERTIFICATION_BADGE_KEYS": key_set(new_badge_key()),
        "CERTIFICATION_EVIDENCE_KEYS": key_set(new_sealing_key()),
        "HUBS_DOCUMENT_KEYS": key_set(new_sealing_key()),
        "FUNDING_PAYEE_KEYS": key_set(new_sealing_key()),
        **{f"{service.upper()}_AUDIT_KEYS": key_set(new_signing_key()) for service in SERVICES},
    }

    def fill(blank: re.Match[str]) -> str:
        name = blank[1]
        if name not in made and not name.endswith("_PASSWORD"):
            raise SettingsWrong(f"{name} in the template is nothing that can be made: give it a value there.")
        return f"{name}='{made.get(name) or new_password()}'"

    return BLANK.sub(fill, template)


def write_environment(path: Path) -> None:
    """Write the file for its owner alone. SettingsWrong when there is one already."""
    if path.exists():
        raise SettingsWrong(f"{path} is there already and holds keys that cannot be made again: move it away first.")
    write_private(path, environment(TEMPLATE.read_text()))


def main() -> None:
    """Write `.env` beside docker-compose.yml."""
    try:
        write_environment(ROOT / ".env")
    except CommandError as error:
        sys.exit(str(error))
    print(f"{ROOT / '.env'} holds fresh keys and passwords. Keep a copy in a safe place.")


if __name__ == "__main__":
    main()
