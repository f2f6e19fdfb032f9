"""Progress. Written by `./ncce sdk`; do not edit."""

from ncce_sdk.models.progress import Progress
from ncce_sdk.transport import Area, answer


class ProgressArea(Area):
    """How far a teacher is, and why."""

    def get_progress(self) -> Progress:
        """Credits recorded and needed per component and scheme, why a scheme is not complete, what would help
        next.
        """
        return answer(Progress, self._transport.send("GET", "/v1/progress"))
