"""Dashboards. Written by `./ncce sdk`; do not edit."""

from typing import Literal
from uuid import UUID

from ncce_sdk.models.dashboards import DashboardsOut, HubDashboard, NetworkDashboard, OwnDashboard
from ncce_sdk.transport import Area, answer, segment


class DashboardsArea(Area):
    """A network's year in figures: for its team, for a hub, and for one's own groups."""

    def get_hub_dashboard(
        self, network: str, project_year: str, hub_id: UUID, *, basis: Literal["agreed", "newest"] | None = None
    ) -> HubDashboard:
        """One hub's year in figures, and its groups one by one."""
        return answer(
            HubDashboard,
            self._transport.send(
                "GET",
                f"/v1/networks/{segment(network)}/{segment(project_year)}/hubs/{segment(hub_id)}/dashboard",
                query={"basis": basis},
            ),
        )

    def get_hub_dashboard_csv(
        self,
        network: str,
        project_year: str,
        hub_id: UUID,
        *,
        table: Literal["projects", "groups", "reports"] | None = None,
        basis: Literal["agreed", "newest"] | None = None,
    ) -> bytes:
        """One of its tables as CSV."""
        return self._transport.send(
            "GET",
            f"/v1/networks/{segment(network)}/{segment(project_year)}/hubs/{segment(hub_id)}/dashboard.csv",
            query={"table": table, "basis": basis},
        ).content

    def get_network_dashboard(
        self, network: str, project_year: str, *, basis: Literal["agreed", "newest"] | None = None
    ) -> NetworkDashboard:
        """A network's year in figures, by project, region and hub; without money for who only evaluates."""
        return answer(
            NetworkDashboard,
            self._transport.send(
                "GET", f"/v1/networks/{segment(network)}/{segment(project_year)}/dashboard", query={"basis": basis}
            ),
        )

    def get_network_dashboard_csv(
        self,
        network: str,
        project_year: str,
        *,
        table: Literal["projects", "regions", "hubs", "groups", "reports"] | None = None,
        basis: Literal["agreed", "newest"] | None = None,
    ) -> bytes:
        """One of its tables as CSV; `groups` is every group of the year."""
        return self._transport.send(
            "GET",
            f"/v1/networks/{segment(network)}/{segment(project_year)}/dashboard.csv",
            query={"table": table, "basis": basis},
        ).content

    def get_own_dashboard(self, network: str, project_year: str) -> OwnDashboard:
        """Groups that the caller leads or is in, or whose school is in them: what was done, and what is due."""
        return answer(
            OwnDashboard,
            self._transport.send("GET", f"/v1/networks/{segment(network)}/{segment(project_year)}/dashboard/own"),
        )

    def list_dashboards(self) -> DashboardsOut:
        """Every dashboard that the caller may open: of networks, of hubs, and of their own groups."""
        return answer(DashboardsOut, self._transport.send("GET", "/v1/dashboards"))
