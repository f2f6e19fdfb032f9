"""The sentence that says why a place got its hub."""

from hubs.directory.queries import MAIN_SHARE, FoundHub

_WHY = {
    "county_named_by_hub": "the hub's name speaks of the county or city region",
    "district_named_by_hub": "the hub's name speaks of the district",
    "nearest_lead_school": "no hub names the district, so the nearest lead school was taken",
}


def explain(found: FoundHub) -> str:
    """Plain English: where the place lies, why this hub, and what is uncertain."""
    return " ".join([_where(found), _why(found)])


def _where(found: FoundHub) -> str:
    place, district = found.place, found.district
    if district is None:
        return f"The district of {place.label} is not known."
    sentence = f"{place.label} lies in {district.name}."
    if place.precision == "school":
        return sentence
    share = round(place.district_share * 100)
    if place.district_share >= MAIN_SHARE:
        return f"{place.precision.capitalize()} {sentence}"
    return (
        f"{place.precision.capitalize()} {place.label} lies mainly in {district.name} ({share}% of its postcodes); "
        "a school near the border should ask by its URN."
    )


def _why(found: FoundHub) -> str:
    hub = found.nearest.hub
    if found.basis == "nearest" or found.district is None:
        return f"No hub is recorded as covering it; {hub.name} has the nearest lead school ({found.nearest.km} km)."
    why = _WHY[found.coverage_basis or "nearest_lead_school"]
    return f"{found.district.name} is covered by {hub.name}: {why} (inferred, not an official map)."
