"""Area lists. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.area_lists import (
    AreaListIn,
    AreaListOut,
    HubsAreaListsSchemasDecisionIn,
    HubsAreaListsSchemasEntryOut,
    StandingsOut,
)
from ncce_sdk.transport import Area, answer, segment


class AreaListsArea(Area):
    """Lists of districts that policies refer to, in versions."""

    def decide_area_list(
        self, list_id: UUID, body: HubsAreaListsSchemasDecisionIn, *, idempotency_key: str | None = None
    ) -> AreaListOut:
        """Approve or refuse what somebody else imported."""
        return answer(
            AreaListOut,
            self._transport.send(
                "POST",
                f"/v1/area-lists/{segment(list_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_area_list(self, list_id: UUID) -> AreaListOut:
        """One version."""
        return answer(AreaListOut, self._transport.send("GET", f"/v1/area-lists/{segment(list_id)}"))

    def get_standings(
        self, *, urn: str | None = None, district: str | None = None, on: dt.date | None = None
    ) -> StandingsOut:
        """Where a district stands on every list of districts in force, or a school on every list; not known is
        null.
        """
        return answer(
            StandingsOut,
            self._transport.send("GET", "/v1/area-lists/standings", query={"urn": urn, "district": district, "on": on}),
        )

    def list_area_list_entries(
        self, list_id: UUID, *, limit: int | None = None
    ) -> Iterator[HubsAreaListsSchemasEntryOut]:
        """The areas of one version by code."""
        return self._transport.each(
            HubsAreaListsSchemasEntryOut, "GET", f"/v1/area-lists/{segment(list_id)}/entries", query={"limit": limit}
        )

    def list_area_lists(
        self,
        *,
        scheme: str | None = None,
        status: Literal["proposed", "approved", "refused"] | None = None,
        limit: int | None = None,
    ) -> Iterator[AreaListOut]:
        """Approved versions by scheme, newest first; administrators may ask for proposed and refused ones."""
        return self._transport.each(
            AreaListOut, "GET", "/v1/area-lists", query={"scheme": scheme, "status": status, "limit": limit}
        )

    def propose_area_list(self, body: AreaListIn, *, idempotency_key: str | None = None) -> AreaListOut:
        """Propose the next version of a list. It counts once another administrator has approved it."""
        return answer(
            AreaListOut,
            self._transport.send(
                "POST", "/v1/area-lists", headers={"Idempotency-Key": idempotency_key}, body=body, needs_key=True
            ),
        )

    def upload_area_list(
        self,
        content: bytes,
        *,
        scheme: str,
        title: str,
        key_type: Literal["district", "local_authority", "urn", "trust"],
        vintage: str,
        valid_from: dt.date,
        completeness: Literal["complete", "partial"],
        source: str,
        idempotency_key: str | None = None,
        valid_to: dt.date | None = None,
    ) -> AreaListOut:
        """The same with the rows as a CSV file: area_code, area_name, categories (`5;6`), basis."""
        return answer(
            AreaListOut,
            self._transport.send(
                "POST",
                "/v1/area-lists/files",
                query={
                    "scheme": scheme,
                    "title": title,
                    "key_type": key_type,
                    "vintage": vintage,
                    "valid_from": valid_from,
                    "valid_to": valid_to,
                    "completeness": completeness,
                    "source": source,
                },
                headers={"Idempotency-Key": idempotency_key},
                content=content,
                needs_key=True,
            ),
        )
