"""The tables of the issuance log. All only grow, and none holds personal data."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, LargeBinary, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from certification.base import Base, UtcDateTime


class IssuanceEntry(Base):
    """One thing that happened to a certificate, at its place in the log; places have no gaps."""

    __tablename__ = "issuance_entry"

    position: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(20))
    certificate_id: Mapped[UUID] = mapped_column(ForeignKey("certificate.id"), index=True)
    """Ours alone: the body names the certificate by a hash."""
    body: Mapped[str] = mapped_column(Text)
    """What is hashed and published, byte for byte."""


class IssuanceNode(Base):
    """The hash of a complete subtree; level 0 holds the leaves."""

    __tablename__ = "issuance_node"

    level: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    node_index: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class IssuanceHead(Base):
    """The signed root of the tree as it was at one size; each transaction that adds entries signs one."""

    __tablename__ = "issuance_head"

    tree_size: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    root_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    signed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    key_id: Mapped[str] = mapped_column(String(100))
    signature: Mapped[bytes] = mapped_column(LargeBinary(64))
