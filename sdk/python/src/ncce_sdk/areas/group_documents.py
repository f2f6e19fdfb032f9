"""Group documents. Written by `./ncce sdk`; do not edit."""

from typing import Any
from uuid import UUID

from ncce_sdk.models.group_documents import GroupDocumentList, GroupDocumentOut
from ncce_sdk.transport import Area, answer, segment


class GroupDocumentsArea(Area):
    """Files that a group keeps, for its people, its hub and the national team."""

    def add_group_document(self, group_id: UUID, files: dict[str, Any]) -> GroupDocumentOut:
        """Give a document to a group that you are in, lead or keep. What it is, its content says."""
        return answer(
            GroupDocumentOut, self._transport.send("POST", f"/v1/group-documents/{segment(group_id)}", files=files)
        )

    def download_group_document(self, group_id: UUID, group_document_id: UUID) -> bytes:
        """A document's file. Who opens it without being of the group leaves a trace."""
        return self._transport.send(
            "GET", f"/v1/group-documents/{segment(group_id)}/files/{segment(group_document_id)}"
        ).content

    def list_group_documents(self, group_id: UUID) -> GroupDocumentList:
        """The documents of a group, for its people, its hub's staff and those who lead or evaluate its network."""
        return answer(GroupDocumentList, self._transport.send("GET", f"/v1/group-documents/{segment(group_id)}"))

    def remove_group_document(self, group_id: UUID, group_document_id: UUID) -> None:
        """Remove a document: your own, or any of a group that you lead or keep. That it was there stays on record."""
        self._transport.send("DELETE", f"/v1/group-documents/{segment(group_id)}/files/{segment(group_document_id)}")
