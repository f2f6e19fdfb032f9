"""Mail for administrators: the words that are sent, and the addresses that take nothing."""

from typing import Annotated

from fastapi import Path

from chassis.access import allow, role
from chassis.db import Reader
from chassis.errors import errors
from chassis.paging import Page, PageRequest
from chassis.principal import Principal
from chassis.routing import ServiceRouter
from identity.mail import previews
from identity.mail.errors import MailTemplateNotFound
from identity.mail.refusals import list_refusals
from identity.mail.schemas import MailPreview, MailRefusal, MailTemplates
from identity.mail.service import template_names

router = ServiceRouter(prefix="/v1/mail", tags=["mail"])
Administrator = Annotated[Principal, allow(role("administrator"))]
Template = Annotated[str, Path(max_length=80, pattern="^[a-z_]+$")]


@router.get("/templates", response_model=MailTemplates)
async def list_mail_templates(_caller: Administrator) -> dict[str, object]:
    """Every kind of message that the platform sends, with its subject."""
    return {"data": previews.kinds()}


@router.get("/templates/{template}", response_model=MailPreview, responses=errors(MailTemplateNotFound))
async def preview_mail_template(template: Template, _caller: Administrator) -> dict[str, str]:
    """One kind of message with invented data, as text and as a page. Nothing is sent."""
    if template not in template_names():
        raise MailTemplateNotFound("GET /v1/mail/templates lists them.")
    return previews.preview(template)


@router.get("/refusals", response_model=Page[MailRefusal])
async def list_mail_refusals(reader: Reader, page: PageRequest, _caller: Administrator) -> dict[str, object]:
    """Addresses to which nothing can be delivered. Nothing more is sent there but what somebody asks for just then."""
    return Page.of(await list_refusals(reader, page), page, key=lambda row: (row.to_key,))
