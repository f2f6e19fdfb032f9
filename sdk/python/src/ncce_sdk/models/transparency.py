"""Bodies and answers of transparency. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.shared import PageInfo, TreeHead
from ncce_sdk.transport import Model


class ConsistencyProof(Model):
    """That nothing of the older log was changed, removed or reordered in the newer: a proof by RFC 6962."""

    newer: int
    older: int
    path: list[str]


class LogHead(Model):
    """The newest head."""

    head: TreeHead | None


class VerificationKey(Model):
    """A public Ed25519 key as a JSON Web Key."""

    alg: str
    crv: str
    kid: str
    kty: str
    signs_up_to: int | None = None
    use: str
    x: str


class VerificationKeys(Model):
    """The keys that sign heads: the first signs now, the others did before."""

    keys: list[VerificationKey]


class CertificationTransparencySchemasLogEntryOut(Model):
    """One entry of the log."""

    entry: str
    position: int


class ChassisPagingPageLogEntryOut2(Model):
    """ChassisPagingPageLogEntryOut2."""

    data: list[CertificationTransparencySchemasLogEntryOut]
    page: PageInfo
