"""The platform's own keys: made once per state directory, readable by us alone."""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
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


def new_badge_key() -> Jwk:
    """A private RSA key as a JWK (RFC 7518), its `kid` the thumbprint of RFC 7638."""
    numbers = rsa.generate_private_key(public_exponent=65537, key_size=3072).private_numbers()
    public = {"e": _number(numbers.public_numbers.e), "kty": "RSA", "n": _number(numbers.public_numbers.n)}
    thumbprint = hashlib.sha256(json.dumps(public, separators=(",", ":"), sort_keys=True).encode()).digest()
    private = {"d": numbers.d, "p": numbers.p, "q": numbers.q, "dp": numbers.dmp1, "dq": numbers.dmq1}
    secret = {name: _number(value) for name, value in {**private, "qi": numbers.iqmp}.items()}
    return {**public, **secret, "kid": base64url(thumbprint), "alg": "RS256", "use": "sig"}


def new_sealing_key() -> Jwk:
    """A symmetric key of 256 bits as a JWK; its `kid` says nothing of it."""
    return {"kty": "oct", "k": base64url(secrets.token_bytes(32)), "kid": secrets.token_hex(8), "alg": "A256GCM"}


def _number(value: int) -> str:
    return base64url(value.to_bytes((value.bit_length() + 7) // 8, "big"))


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
        return self._kept(purpose, new_signing_key)

    def badge_key(self, purpose: str) -> Jwk:
        """The private RSA key for `purpose`, made the first time it is asked for."""
        return self._kept(purpose, new_badge_key)

    def sealing_key(self, purpose: str) -> Jwk:
        """The symmetric key for `purpose`, made the first time it is asked for."""
        return self._kept(purpose, new_sealing_key)

    def _kept(self, purpose: str, make: Callable[[], Jwk]) -> Jwk:
        path = self._directory / f"{purpose}.jwk.json"
        if not path.exists():
            write_private(path, json.dumps(make()))
        key: Jwk = json.loads(path.read_text())
        return key

    def password(self, purpose: str) -> str:
        """The random password for `purpose`, made the first time it is asked for."""
        path = self._directory / f"{purpose}.password"
        if not path.exists():
            write_private(path, secrets.token_urlsafe(32))
        return path.read_text()

    def database_passwords(self) -> dict[str, str]:
        """Of each service's owner of its database, who migrates."""
        return {service: self.password(f"{service}-database") for service in SERVICES}

    def running_passwords(self) -> dict[str, str]:
        """Of the role that each service's processes are."""
        return {service: self.password(f"{service}-running") for service in SERVICES}
