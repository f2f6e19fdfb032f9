"""Changes. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.changes import ChangePage
from ncce_sdk.transport import Area, answer


class ChangesArea(Area):
    """What changes for a partner, followed from a cursor on."""

    def list_changes(
        self, *, after: str | None = None, limit: int | None = None, resource: list[str] | None = None
    ) -> ChangePage:
        """Follow what changes: how each thing stands that you may know of, from the beginning or since a cursor."""
        return answer(
            ChangePage,
            self._transport.send("GET", "/v1/changes", query={"after": after, "limit": limit, "resource": resource}),
        )
