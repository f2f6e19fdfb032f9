"""Open data. Written by `./ncce sdk`; do not edit."""

from typing import Any

from ncce_sdk.transport import Area, answer


class OpenDataArea(Area):
    """What is published for everybody."""

    def get_open_grants(self) -> dict[str, Any]:
        """Every grant to an organisation, by the 360Giving standard 1.4. No person is in it."""
        return answer(dict[str, Any], self._transport.send("GET", "/open/grants.json"))

    def get_open_grants_csv(self) -> bytes:
        """The same as the standard's spreadsheet."""
        return self._transport.send("GET", "/open/grants.csv").content
