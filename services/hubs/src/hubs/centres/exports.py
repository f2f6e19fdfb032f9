"""Centres for maps."""

import json
from collections.abc import Iterable

from hubs.base import AnyRow


def geojson(centres: Iterable[AnyRow]) -> bytes:
    """A feature per centre (RFC 7946: longitude first, WGS 84)."""
    features = [
        {
            "type": "Feature",
            "id": str(centre.id),
            "geometry": {"type": "Point", "coordinates": [centre.longitude, centre.latitude]},
            "properties": {
                "name": centre.name,
                "hub_id": str(centre.hub_id),
                "host_urn": centre.host_urn,
                "status": centre.status,
                "address": f"{centre.address}, {centre.town}",
                "postcode": centre.postcode,
                "accessibility": centre.accessibility,
            },
        }
        for centre in centres
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
