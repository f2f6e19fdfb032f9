"""What the API says about the log."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field, field_serializer

HASH = "SHA-256 in hexadecimal"
BODY = "The entry byte for byte: its UTF-8 form is what is hashed as a leaf"


class TreeHead(BaseModel):
    """The signed root of the log as it was at one size."""

    model_config = ConfigDict(from_attributes=True)

    tree_size: int = Field(description="Entries in the log")
    root_hash: bytes = Field(description=HASH, json_schema_extra={"format": "hex"})
    signed_at: datetime
    key_id: str
    signature: bytes = Field(
        description="Ed25519 in hexadecimal, over what docs/guide/verifying-certificates.md tells",
        json_schema_extra={"format": "hex"},
    )

    @field_serializer("root_hash", "signature")
    def _in_hexadecimal(self, value: bytes) -> str:
        return value.hex()


class LogHead(BaseModel):
    """The newest head."""

    head: TreeHead | None = Field(description="null while the log has no entry")


class LogEntryOut(BaseModel):
    """One entry of the log."""

    position: int = Field(description="From 0, without gaps")
    entry: str = Field(description=BODY)


class InclusionProof(BaseModel):
    """That an entry is in the log: an audit path by RFC 6962 from its leaf to the root of the head."""

    model_config = ConfigDict(from_attributes=True)

    position: int
    entry: str = Field(description=BODY)
    path: list[str] = Field(description="From the leaf upwards")
    head: TreeHead


class ConsistencyProof(BaseModel):
    """That nothing of the older log was changed, removed or reordered in the newer: a proof by RFC 6962."""

    older: int
    newer: int
    path: list[str]


class VerificationKey(BaseModel):
    """A public Ed25519 key as a JSON Web Key."""

    kty: str
    crv: str
    x: str
    kid: str
    alg: str
    use: str
    signs_up_to: int | None = Field(None, description="The greatest size of a head that a retired key has signed")


class VerificationKeys(BaseModel):
    """The keys that sign heads: the first signs now, the others did before."""

    keys: list[VerificationKey]
