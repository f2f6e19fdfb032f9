"""Refusals about places."""

from chassis.errors import NotFound, Unprocessable


class PostcodeMalformed(Unprocessable):
    """The text cannot be a postcode, a sector or an outcode."""

    code, title = "postcode-malformed", "This is not a postcode"


class PostcodeUnknown(NotFound):
    """It looks like a postcode, and no such area is known."""

    code, title = "postcode-unknown", "No such postcode area is known"


class OutsideEngland(Unprocessable):
    """The place is in another nation, whose schools this programme does not serve."""

    code, title = "outside-england", "The place is not in England"

    def __init__(self, place: str, country: str) -> None:
        super().__init__(f"{place} is in {country}; computing hubs serve schools in England.", country=country)
