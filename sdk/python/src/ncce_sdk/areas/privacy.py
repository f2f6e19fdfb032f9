"""Privacy. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.privacy import Export
from ncce_sdk.transport import Area, answer


class PrivacyArea(Area):
    """What the platform holds about the caller."""

    def download_certification_export(self) -> bytes:
        """The same as an archive, with the files that you added to your log."""
        return self._transport.send("GET", "/v1/me/certification-export/archive").content

    def get_certification_export(self) -> Export:
        """Everything that certification holds about you: log, evidence, credits, answers, certificates,
        applications.
        """
        return answer(Export, self._transport.send("GET", "/v1/me/certification-export"))
