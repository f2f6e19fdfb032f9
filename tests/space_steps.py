"""A group with people in it, and what they do in its space."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import update

from builders import a_teacher
from chassis.ids import new_id
from chassis.principal import Principal
from harness import ServiceHarness
from hubs.groups.models import GroupLead, GroupParticipant, ProjectGroup
from hubs_projects import TODAY, Projects

JSON = dict[str, Any]


@dataclass
class Space:
    """The space of a running group: two participants, a lead, and the hub's lead."""

    projects: Projects
    group_id: UUID
    kim: Principal
    noor: Principal
    lead: Principal
    staff: Principal

    @classmethod
    async def build(cls, service: ServiceHarness, **document: Any) -> "Space":
        """Lay it out in an empty database."""
        projects = await Projects.build(service)
        project_id = await projects.project(**document)
        group = UUID((await projects.group(project_id)).rpartition("/")[2])
        lead, kim, noor = a_teacher("900002"), a_teacher("900001"), a_teacher("900001")
        named = await projects.lead(project_id, lead.id)
        part = {"group_id": group, "recorded_by": lead.id}
        async with service.session() as session:
            started = {"status": "running", "began_on": TODAY, "participants": 2}
            await session.execute(update(ProjectGroup).values(started))
            session.add_all(
                GroupParticipant(id=new_id(), project_id=project_id, person_id=one.id, joined_on=TODAY, **part)
                for one in (kim, noor)
            )
            led = {"lead_id": named.id, "person_id": lead.id, "experience": "new", "since_on": TODAY}
            session.add(GroupLead(id=new_id(), **led, **part))
        return cls(projects, group, kim, noor, lead, projects.staff())

    @property
    def path(self) -> str:
        """Of the space."""
        return f"/v1/group-spaces/{self.group_id}"

    @property
    def kim_id(self) -> UUID:
        """Of the first participant."""
        assert self.kim.id is not None
        return self.kim.id

    async def call(
        self, by: Principal, method: str, path: str, body: Any = None, if_match: str | None = None
    ) -> httpx.Response:
        """A request below the space's path."""
        return await self.projects.call(method, f"{self.path}{path}", by, body, if_match)

    async def begin(self, by: Principal, text: str = "What do you use for sorting?", title: str = "Sorting") -> str:
        """A topic, by its path."""
        begun = await self.call(by, "POST", "/topics", {"title": title, "text": text})
        assert begun.status_code == 201, begun.text
        return f"/topics/{begun.json()['id']}"

    async def write(self, by: Principal, topic: str, text: str = "Cards.", **more: Any) -> JSON:
        """A post."""
        posted = await self.call(by, "POST", f"{topic}/posts", {"text": text, **more})
        assert posted.status_code == 201, posted.text
        return dict(posted.json())

    async def posts(self, by: Principal, topic: str) -> list[JSON]:
        """The first page of a topic's posts."""
        return list((await self.call(by, "GET", f"{topic}/posts")).json()["data"])

    async def moderate(self, post: JSON, by: Principal, action: str = "hide", **more: Any) -> httpx.Response:
        """A moderator's word on a post."""
        body = {"action": action, "reason": "It names a pupil.", **more}
        return await self.call(by, "POST", f"/posts/{post['id']}/moderation", body)


def a_stranger() -> Principal:
    """A teacher who is in no group."""
    return a_teacher("900003")
