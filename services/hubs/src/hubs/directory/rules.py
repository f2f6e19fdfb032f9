"""The sentence that says why a place got its hub."""

from hubs.directory.queries import MAIN_SHARE, FoundHub

_WHY = {
    "county_named_by_hub": "the hub's name speaks of the county or city region (inferred, not an official map)",
    "district_named_by_hub": "the hub's name speaks of the district (inferred, not an official map)",
    "nearest_lead_school": (
        "no hub names the district, so the nearest lead school was taken (inferred, not an official map)"
    ),
    "decided": "an administrator recorded it",
}


def explain(found: FoundHub) -> str:
    """Plain English: where the place lies, why this hub, and what is uncertain."""
    return " ".join([*_fallback(found), _where(found), _why(found)])


def _fallback(found: FoundHub) -> list[str]:
    if not found.is_fallback:
        return []
    return [f"The postcode itself is on no list we hold, so its {found.place.precision} was taken."]


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
    hub, km = found.nearest.hub, found.nearest.km
    nearest = f"{hub.name} has the nearest lead school ({km} km)."
    if found.is_partial:
        return f"{nearest} Part of a postcode says only how far hubs are: send all of it for the hub that covers it."
    if found.district is None or found.coverage is None:
        return f"No hub is recorded as covering it on {found.on}; {nearest}"
    if found.basis == "nearest":
        return f"The hub recorded as covering it is not open; {nearest}"
    return f"{found.district.name} is covered by {hub.name}: {_WHY[found.coverage.basis]}."
