"""Documents of a group: given, read and removed by those who may, and found when they are not as given."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from chassis import clock
from chassis.principal import Principal
from chassis.tables import audit_entry
from evidence_files import a_pdf
from harness import ServiceHarness
from hubs.app import SERVICE
from hubs.group_documents.checking import documents_are_as_given
from hubs.group_documents.service import storage_in
from hubs.group_documents.sweeping import sweep
from hubs.groups.models import ProjectGroup
from hubs.settings import Settings
from space_steps import Space, a_stranger
from worlds import StartService


@pytest.fixture
async def space(start_service: StartService, tmp_path: Path) -> Space:
    keep = {"document_directory": tmp_path / "documents", "document_most_files": 2}
    return await Space.build(await start_service(SERVICE, **keep))


def path_of(space: Space) -> str:
    return f"/v1/group-documents/{space.group_id}"


async def give(space: Space, by: Principal, content: bytes = a_pdf()) -> tuple[int, dict[str, str]]:
    client = await space.projects.service.client(by)
    answer = await client.post(path_of(space), files={"file": ("plan.pdf", content)})
    return answer.status_code, answer.json()


async def test_a_document_is_given_once_read_by_the_group_and_removed_by_its_lead(space: Space) -> None:
    status, told = await give(space, space.kim)
    assert (status, told["name"], told["media_type"]) == (201, "plan.pdf", "application/pdf")
    assert (await give(space, space.noor))[1]["id"] == told["id"]
    file = f"{path_of(space)}/files/{told['id']}"
    for one in (space.noor, space.lead, space.staff):
        client = await space.projects.service.client(one)
        sent = await client.get(file)
        assert sent.content == a_pdf()
        assert sent.headers["x-content-type-options"] == "nosniff"
        assert sent.headers["content-disposition"].startswith("attachment")
    others = [a_stranger(), space.projects.staff(space.projects.other_hub_id)]
    for one in others:
        client = await space.projects.service.client(one)
        for method, path in (("GET", path_of(space)), ("GET", file), ("DELETE", file)):
            assert (await client.request(method, path)).json()["code"] == "group-document-not-found"
        assert (await give(space, one))[1]["code"] == "group-document-not-found"
    assert (await (await space.projects.service.client(space.noor)).delete(file)).status_code == 404
    assert (await (await space.projects.service.client(space.lead)).delete(file)).status_code == 204
    assert (await (await space.projects.service.client(space.kim)).get(file)).status_code == 404
    async with space.projects.service.session() as session:
        done = select(audit_entry.c.action).where(audit_entry.c.subject == f"group_document:{told['id']}")
        assert sorted((await session.scalars(done)).all()) == ["group_document.added", "group_document.removed"]


async def test_what_is_no_document_too_large_too_many_or_too_late_is_refused(space: Space) -> None:
    assert (await give(space, space.kim, b"<html>Hello</html>"))[1]["code"] == "group-document-type-refused"
    assert (await give(space, space.kim, bytes(10 * 1024 * 1024 + 1)))[0] == 413
    assert (await give(space, space.kim, a_pdf() + b"\n"))[0] == 201
    assert (await give(space, space.kim, a_pdf() + b"\n\n"))[0] == 201
    assert (await give(space, space.kim))[1]["code"] == "group-document-too-many"
    async with space.projects.service.session() as session:
        over = {"status": "cancelled", "ended_on": clock.today()}
        await session.execute(update(ProjectGroup).where(ProjectGroup.id == space.group_id).values(over))
    assert (await give(space, space.staff))[1]["code"] == "group-documents-closed"


async def faults(service: ServiceHarness) -> list[str]:
    async with service.session() as session:
        return [one.detail async for one in documents_are_as_given(session)]


async def test_a_missing_and_an_altered_file_are_found_and_unneeded_ones_go(space: Space, tmp_path: Path) -> None:
    service = space.projects.service
    await give(space, space.kim)
    assert await faults(service) == []
    [stored] = (tmp_path / "documents").glob("[0-9a-f][0-9a-f]/*")
    stored.write_bytes(stored.read_bytes()[:-1] + b"!")
    assert await faults(service) == ["Its file is another one than was given."]
    stored.unlink()
    assert await faults(service) == ["Its file is missing."]
    await give(space, space.kim, a_pdf() + b"\n")
    client = await service.client(space.kim)
    for one in (await client.get(path_of(space))).json()["data"]:
        assert (await client.delete(f"{path_of(space)}/files/{one['id']}")).status_code == 204
    assert isinstance(service.settings, Settings)
    later = clock.now() + timedelta(hours=2)
    assert await sweep(service.database, storage_in(service.settings), later) == (0, 1)
