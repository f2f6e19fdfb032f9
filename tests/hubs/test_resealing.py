"""Documents of groups under another key: they are read as before, and the old key can go."""

from pathlib import Path

import pytest

from builders import a_sealing_key, key_set
from evidence_files import a_pdf
from harness import ServiceHarness
from hubs.app import SERVICE
from resealing_steps import audited, reseal, with_keys
from space_steps import Space
from worlds import StartService

OLD, NEW = a_sealing_key("documents-2026"), a_sealing_key("documents-2027")


@pytest.fixture
async def space(start_service: StartService, tmp_path: Path) -> Space:
    """A group, and a directory whose files the old key seals."""
    keep = {"document_directory": tmp_path / "documents", "document_keys": key_set(OLD)}
    return await Space.build(await start_service(SERVICE, **keep))


async def test_documents_are_read_by_the_new_key_alone(space: Space) -> None:
    service = space.projects.service
    path = f"/v1/group-documents/{space.group_id}"
    given = await (await service.client(space.kim)).post(path, files={"file": ("plan.pdf", a_pdf())})
    assert given.status_code == 201, given.text
    done = (await reseal(service, with_keys(service.settings, NEW, OLD, of="document_keys")))["group_documents"]
    assert (done.resealed, done.could_not_be_opened, done.sealed_by) == (1, [], {"documents-2027": 1})
    subject = f"group_document:{given.json()['id']}"
    assert await audited(service, "group_document.resealed") == [(subject, "documents-2027")]
    later = ServiceHarness(SERVICE, with_keys(service.settings, NEW, of="document_keys"))
    sent = await (await later.client(space.noor)).get(f"{path}/files/{given.json()['id']}")
    await later.close()
    assert (sent.status_code, sent.content) == (200, a_pdf())


async def test_without_the_old_key_they_are_named_and_left(space: Space) -> None:
    service = space.projects.service
    path = f"/v1/group-documents/{space.group_id}"
    await (await service.client(space.kim)).post(path, files={"file": ("plan.pdf", a_pdf())})
    done = (await reseal(service, with_keys(service.settings, NEW, of="document_keys")))["group_documents"]
    assert (done.resealed, len(done.could_not_be_opened), done.sealed_by) == (0, 1, {"documents-2026": 1})
