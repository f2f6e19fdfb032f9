"""Activities. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal

from ncce_sdk.models.activities import ActivityDetail, ActivityOut, Category, CertificationActivitiesSchemasStatus
from ncce_sdk.transport import Area, answer, segment


class ActivitiesArea(Area):
    """What counts towards a certificate."""

    def get_activity(self, activity: str) -> ActivityDetail:
        """One activity, and what it earns in every version of every scheme."""
        return answer(ActivityDetail, self._transport.send("GET", f"/v1/activities/{segment(activity)}"))

    def list_activities(
        self,
        *,
        category: Category | None = None,
        mode: Literal["face_to_face", "live_remote", "online", "community", "diagnostic", "assessment"] | None = None,
        provider: str | None = None,
        programme: str | None = None,
        status: CertificationActivitiesSchemasStatus | None = None,
        q: str | None = None,
        limit: int | None = None,
    ) -> Iterator[ActivityOut]:
        """Courses and community activities that can earn credits."""
        return self._transport.each(
            ActivityOut,
            "GET",
            "/v1/activities",
            query={
                "category": category,
                "mode": mode,
                "provider": provider,
                "programme": programme,
                "status": status,
                "q": q,
                "limit": limit,
            },
        )
