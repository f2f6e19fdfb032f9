"""Refusals about offers."""

from chassis.errors import Conflict, Forbidden, NotFound, Unprocessable


class OfferNotFound(NotFound):
    """There is no such offer, or none that the caller may see or change."""

    code, title = "enrichment-offer-not-found", "There is no such offer"


class OfferFixed(Conflict):
    """A published offer was approved as it is: only its capacity changes, and it can be closed."""

    code, title = "enrichment-offer-fixed", "This offer cannot be changed so"


class OfferNotSubmitted(Conflict):
    """The offer does not wait for a decision."""

    code, title = "enrichment-offer-not-submitted", "The offer does not wait for a decision"


class OfferNotOpen(Conflict):
    """The offer is not published, was closed, or its time is over."""

    code, title = "enrichment-offer-not-open", "The offer is not open"


class OwnOffer(Forbidden):
    """Nobody decides on what is their own organisation's."""

    code, title = "own-enrichment-offer", "This offer is your organisation's"


class TermNotOpen(Unprocessable):
    """Offers are for a term that is not over, of this academic year or the next two."""

    code, title = "term-not-open", "The term is not open"


class OfferElsewhere(Conflict):
    """The offer is for schools of other regions."""

    code, title = "enrichment-offer-elsewhere", "The offer is for other regions"


class CapacityBelowInterest(Conflict):
    """More schools than that are registered already."""

    code, title = "capacity-below-interest", "More schools are registered already"


class InterestNotFound(NotFound):
    """The school has not registered interest."""

    code, title = "interest-not-found", "No interest is registered"
