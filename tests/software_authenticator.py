"""A passkey authenticator in software: it makes keys and signs as a device does, and can be told to misbehave."""

import hashlib
import json
import os
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from webauthn.helpers import bytes_to_base64url

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40
JSON = dict[str, Any]


@dataclass
class Authenticator:
    """One passkey on one device."""

    origin: str = "http://localhost:8080"
    verifies: bool = True
    """Whether it checks a fingerprint or the like."""
    count: int = 0
    counts_by: int = 1
    credential_id: bytes = field(default_factory=lambda: os.urandom(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: JSON) -> JSON:
        """What a browser answers to creation options."""
        data = self._data(options["rp"]["id"], HAS_KEY) + self._attested()
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        told = self._client_data("webauthn.create", options["challenge"])
        return self._credential({
            "attestationObject": bytes_to_base64url(statement),
            "clientDataJSON": bytes_to_base64url(told),
        })  # fmt: skip

    def sign(self, options: JSON) -> JSON:
        """What a browser answers to request options."""
        self.count += self.counts_by
        data = self._data(options["rpId"], 0)
        told = self._client_data("webauthn.get", options["challenge"])
        signature = self.key.sign(data + hashlib.sha256(told).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential({
            "authenticatorData": bytes_to_base64url(data),
            "clientDataJSON": bytes_to_base64url(told),
            "signature": bytes_to_base64url(signature),
        })  # fmt: skip

    def _data(self, domain: str, more: int) -> bytes:
        flags = PRESENT | more | (VERIFIED if self.verifies else 0)
        return hashlib.sha256(domain.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _attested(self) -> bytes:
        point = self.key.public_key().public_numbers()
        x, y = point.x.to_bytes(32, "big"), point.y.to_bytes(32, "big")
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        return bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + public

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _credential(self, response: JSON) -> JSON:
        named = bytes_to_base64url(self.credential_id)
        return {"id": named, "rawId": named, "type": "public-key", "response": response, "clientExtensionResults": {}}
