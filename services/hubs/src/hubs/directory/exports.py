"""The directory for other programs: GeoJSON, CSV, and schema.org's words as JSON-LD."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from hubs.base import AnyRow
from hubs.spreadsheets import csv_of

COLUMNS = (
    "id",
    "slug",
    "name",
    "kind",
    "stage",
    "region",
    "lead_school",
    "lead_school_urn",
    "postcode",
    "latitude",
    "longitude",
    "email",
    "phone",
    "website",
    "opening_hours",
    "managed_by_hub_id",
    "is_open",
)


def geojson(hubs: Iterable[AnyRow], districts: Mapping[UUID, Sequence[str]]) -> bytes:
    """A feature per hub at its lead school (RFC 7946: longitude first, WGS 84), closed ones too: `is_open` says."""
    features = [
        {
            "type": "Feature",
            "id": str(hub.id),
            "geometry": {"type": "Point", "coordinates": [hub.longitude, hub.latitude]},
            "properties": {
                **{name: _plain(hub, name) for name in COLUMNS if name not in ("id", "latitude", "longitude")},
                "district_codes": districts.get(hub.id, []),
            },
        }
        for hub in hubs
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def as_csv(hubs: Iterable[AnyRow], districts: Mapping[UUID, Sequence[str]]) -> bytes:
    """A line per hub, its districts with semicolons between them."""
    lines = ([*(_plain(hub, name) for name in COLUMNS), ";".join(districts.get(hub.id, []))] for hub in hubs)
    return csv_of((*COLUMNS, "district_codes"), lines)


def json_ld(hub: AnyRow, districts: Sequence[AnyRow], closed_on: date | None) -> bytes:
    """A hub and the districts it serves in schema.org's words; one that is closed was dissolved and serves none."""
    known = {
        "@context": "https://schema.org",
        "@type": "EducationalOrganization",
        "identifier": str(hub.id),
        "name": hub.name,
        "email": hub.email,
        "telephone": hub.phone,
        "url": hub.website,
        "openingHours": hub.opening_hours,
        "dissolutionDate": None if closed_on is None else str(closed_on),
        "address": {
            "@type": "PostalAddress",
            "postalCode": hub.postcode,
            "addressRegion": hub.region,
            "addressCountry": "GB",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": hub.latitude, "longitude": hub.longitude},
        "areaServed": [
            {"@type": "AdministrativeArea", "identifier": district.code, "name": district.name}
            for district in districts
        ],
    }
    return json.dumps({name: value for name, value in known.items() if value is not None}).encode()


def _plain(hub: AnyRow, name: str) -> str | float | bool | None:
    value = getattr(hub, name)
    return value if value is None or isinstance(value, bool | float) else str(value)
