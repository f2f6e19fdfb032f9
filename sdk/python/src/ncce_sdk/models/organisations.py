"""Bodies and answers of organisations. Written by `./ncce sdk`; do not edit."""

from uuid import UUID

from ncce_sdk.models.shared import PageInfo
from ncce_sdk.transport import Model

OrganisationKind = str


class OrganisationOut(Model):
    """A party to the programme."""

    id: UUID
    kind: OrganisationKind
    name: str
    responsibilities: list[str]
    slug: str


class PageOrganisationOut(Model):
    """PageOrganisationOut."""

    data: list[OrganisationOut]
    page: PageInfo
