"""The directory for other programs: GeoJSON, CSV, and schema.org's words as JSON-LD."""

import csv
import io
import json
from collections.abc import Iterable, Sequence

from hubs.base import AnyRow

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
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def geojson(hubs: Iterable[AnyRow]) -> bytes:
    """A feature per hub at its lead school (RFC 7946: longitude first, WGS 84)."""
    features = [
        {
            "type": "Feature",
            "id": str(hub.id),
            "geometry": {"type": "Point", "coordinates": [hub.longitude, hub.latitude]},
            "properties": {name: _plain(hub, name) for name in COLUMNS if name not in ("id", "latitude", "longitude")},
        }
        for hub in hubs
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()


def as_csv(hubs: Iterable[AnyRow]) -> bytes:
    """A line per hub. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([_cell(_plain(hub, name)) for name in COLUMNS] for hub in hubs)
    return text.getvalue().encode()


def json_ld(hub: AnyRow, districts: Sequence[AnyRow]) -> bytes:
    """A hub and the districts it serves in schema.org's words."""
    known = {
        "@context": "https://schema.org",
        "@type": "EducationalOrganization",
        "identifier": str(hub.id),
        "name": hub.name,
        "email": hub.email,
        "telephone": hub.phone,
        "url": hub.website,
        "openingHours": hub.opening_hours,
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


def _cell(value: str | float | bool | None) -> str | float | bool | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
