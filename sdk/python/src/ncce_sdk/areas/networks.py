"""Networks. Written by `./ncce sdk`; do not edit."""

from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from ncce_sdk.models.networks import (
    FileCheck,
    HubsNetworksSchemasNetworkOut,
    NetworkHubDetail,
    NetworkHubIn,
    NetworkHubOut,
    NetworkProposalDetail,
    NetworkProposalOut,
    NetworkYearOut,
    ProjectDetail,
    ProjectOut,
    ProjectVersionOut,
    ProposalDecisionIn,
)
from ncce_sdk.transport import Area, answer, segment


class NetworksArea(Area):
    """Networks of hubs, their projects as documents in versions, and who takes part."""

    def check_network_file(self, content: bytes, *, network: str | None = None) -> FileCheck:
        """Say what a file, YAML or JSON, is wrong in, or what it would change. Keeps nothing."""
        return answer(
            FileCheck,
            self._transport.send("POST", "/v1/network-proposals/check", query={"network": network}, content=content),
        )

    def decide_network_proposal(
        self, network_proposal_id: UUID, body: ProposalDecisionIn, *, idempotency_key: str | None = None
    ) -> NetworkProposalOut:
        """Approve or refuse what somebody else proposed."""
        return answer(
            NetworkProposalOut,
            self._transport.send(
                "POST",
                f"/v1/network-proposals/{segment(network_proposal_id)}/decision",
                headers={"Idempotency-Key": idempotency_key},
                body=body,
                needs_key=True,
            ),
        )

    def get_network_file(
        self, network: str, project_year: str, *, format: Literal["yaml", "json"] | None = None
    ) -> str:
        """The whole network in one file: edit it, and propose it at `/v1/network-proposals`."""
        return answer(
            str,
            self._transport.send(
                "GET", f"/v1/networks/{segment(network)}/{segment(project_year)}/file", query={"format": format}
            ),
        )

    def get_network_hub(self, network: str, project_year: str, hub_id: UUID) -> NetworkHubDetail:
        """A hub's part in the network, for its staff and the national team."""
        return answer(
            NetworkHubDetail,
            self._transport.send(
                "GET", f"/v1/networks/{segment(network)}/{segment(project_year)}/hubs/{segment(hub_id)}"
            ),
        )

    def get_network_proposal(self, network_proposal_id: UUID) -> NetworkProposalDetail:
        """One proposal with what it changes."""
        return answer(
            NetworkProposalDetail, self._transport.send("GET", f"/v1/network-proposals/{segment(network_proposal_id)}")
        )

    def get_network_year(self, network: str, project_year: str) -> NetworkYearOut:
        """What holds in a network in a year. Its projects are at `/v1/projects?network=…&year=…`."""
        return answer(
            NetworkYearOut, self._transport.send("GET", f"/v1/networks/{segment(network)}/{segment(project_year)}")
        )

    def get_project(self, project_id: UUID, *, number: int | None = None) -> ProjectDetail:
        """A project with its document: that in force, or an earlier version."""
        return answer(
            ProjectDetail, self._transport.send("GET", f"/v1/projects/{segment(project_id)}", query={"number": number})
        )

    def get_project_file(
        self, project_id: UUID, *, number: int | None = None, format: Literal["yaml", "json"] | None = None
    ) -> str:
        """The document as a file to edit; proposing it back unchanged changes nothing."""
        return answer(
            str,
            self._transport.send(
                "GET", f"/v1/projects/{segment(project_id)}/file", query={"number": number, "format": format}
            ),
        )

    def list_network_hubs(
        self, network: str, project_year: str, *, limit: int | None = None
    ) -> Iterator[NetworkHubOut]:
        """Hubs of the network by name, those that have left too."""
        return self._transport.each(
            NetworkHubOut,
            "GET",
            f"/v1/networks/{segment(network)}/{segment(project_year)}/hubs",
            query={"limit": limit},
        )

    def list_network_proposals(
        self,
        *,
        network: str | None = None,
        year: str | None = None,
        status: Literal["proposed", "approved", "refused"] | None = None,
        limit: int | None = None,
    ) -> Iterator[NetworkProposalOut]:
        """Proposals of the caller's networks, newest first."""
        return self._transport.each(
            NetworkProposalOut,
            "GET",
            "/v1/network-proposals",
            query={"network": network, "year": year, "status": status, "limit": limit},
        )

    def list_networks(self, *, limit: int | None = None) -> Iterator[HubsNetworksSchemasNetworkOut]:
        """Networks by slug."""
        return self._transport.each(HubsNetworksSchemasNetworkOut, "GET", "/v1/networks", query={"limit": limit})

    def list_project_versions(self, project_id: UUID, *, limit: int | None = None) -> Iterator[ProjectVersionOut]:
        """Versions of a project's document, newest first."""
        return self._transport.each(
            ProjectVersionOut, "GET", f"/v1/projects/{segment(project_id)}/versions", query={"limit": limit}
        )

    def list_projects(
        self,
        *,
        network: str | None = None,
        year: str | None = None,
        code: str | None = None,
        phase: Literal["early_years", "primary", "secondary", "post_16"] | None = None,
        kind: Literal["programme", "work_group", "community"] | None = None,
        participation: Literal["required", "recommended", "one_of_set", "optional"] | None = None,
        card: str | None = None,
        limit: int | None = None,
    ) -> Iterator[ProjectOut]:
        """Projects by network, year and code."""
        return self._transport.each(
            ProjectOut,
            "GET",
            "/v1/projects",
            query={
                "network": network,
                "year": year,
                "code": code,
                "phase": phase,
                "kind": kind,
                "participation": participation,
                "card": card,
                "limit": limit,
            },
        )

    def propose_network_file(
        self, content: bytes, *, reason: str, idempotency_key: str | None = None, network: str | None = None
    ) -> NetworkProposalDetail:
        """Propose a file, YAML or JSON, of a whole network or of one project. It is in force once another has
        approved.
        """
        return answer(
            NetworkProposalDetail,
            self._transport.send(
                "POST",
                "/v1/network-proposals",
                query={"network": network, "reason": reason},
                headers={"Idempotency-Key": idempotency_key},
                content=content,
                needs_key=True,
            ),
        )

    def set_network_hub(
        self, network: str, project_year: str, hub_id: UUID, body: NetworkHubIn, *, if_match: str
    ) -> NetworkHubDetail:
        """Set a hub's part in a network: when it joined, what is known of it, what was agreed. `"0"` begins it."""
        return answer(
            NetworkHubDetail,
            self._transport.send(
                "PUT",
                f"/v1/networks/{segment(network)}/{segment(project_year)}/hubs/{segment(hub_id)}",
                headers={"if-match": if_match},
                body=body,
            ),
        )
