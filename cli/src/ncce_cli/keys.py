"""The platform's own keys: made once per state directory, readable by us alone."""

import base64
import hashlib
import json
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ncce_cli.files import write_private
from ncce_cli.parts import SERVICES

Jwk = dict[str, str]


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def new_signing_key() -> Jwk:
    """A private Ed25519 key as a JWK (RFC 8037), its `kid` the thumbprint of RFC 7638."""
    key = Ed25519PrivateKey.generate()
    public = {"crv": "Ed25519", "kty": "OKP", "x": base64url(key.public_key().public_bytes_raw())}
    thumbprint = hashlib.sha256(json.dumps(public, separators=(",", ":"), sort_keys=True).encode()).digest()
    return {
        **public,
        "d": base64url(key.private_bytes_raw()),
        "kid": base64url(thumbprint),
        "alg": "EdDSA",
        "use": "sig",
    }


def public_part(key: Jwk) -> Jwk:
    return {name: value for name, value in key.items() if name != "d"}


def key_set(*keys: Jwk) -> str:
    return json.dumps({"keys": list(keys)}, separators=(",", ":"))


class KeyStore:
    """The directory that holds the keys and passwords of one platform."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def signing_key(self, purpose: str) -> Jwk:
        """The private key for `purpose`, made the first time it is asked for."""
        path = self._directory / f"{purpose}.jwk.json"
        if not path.exists():
            write_private(path, json.dumps(new_signing_key()))
        key: Jwk = json.loads(path.read_text())
        return key

    def password(self, purpose: str) -> str:
        """The random password for `purpose`, made the first time it is asked for."""
        path = self._directory / f"{purpose}.password"
        if not path.exists():
            write_private(path, secrets.token_urlsafe(32))
        return path.read_text()

    def database_passwords(self) -> dict[str, str]:
        return {service: self.password(f"{service}-database") for service in SERVICES}
