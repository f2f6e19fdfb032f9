"""Eligibility. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.eligibility import EligibilityOut
from ncce_sdk.transport import Area, answer


class EligibilityArea(Area):
    """What the teachers of a school can get, criterion by criterion."""

    def get_eligibility(self, *, urn: str) -> EligibilityOut:
        """Every rule, with each criterion, the fact used, its source, and the reason in plain English."""
        return answer(EligibilityOut, self._transport.send("GET", "/v1/eligibility", query={"urn": urn}))
