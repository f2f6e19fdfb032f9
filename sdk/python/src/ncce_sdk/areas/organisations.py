"""Organisations. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator

from ncce_sdk.models.organisations import OrganisationOut
from ncce_sdk.transport import Area


class OrganisationsArea(Area):
    """The organisations that people and keys act for."""

    def list_organisations(self, *, limit: int | None = None) -> Iterator[OrganisationOut]:
        """List the organisations and what each is responsible for."""
        return self._transport.each(OrganisationOut, "GET", "/v1/organisations", query={"limit": limit})
