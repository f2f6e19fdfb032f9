"""Signing keys. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.keys import PublicKeys
from ncce_sdk.transport import Area, answer


class KeysArea(Area):
    """The public keys that verify access tokens."""

    def list_public_keys(self) -> PublicKeys:
        """List the public keys that verify access tokens."""
        return answer(PublicKeys, self._transport.send("GET", "/.well-known/jwks.json"))
