"""Mail as administrators see it."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class MailTemplate(BaseModel):
    """A kind of message."""

    template: str
    subject: str


class MailTemplates(BaseModel):
    """Every kind of message that the platform sends."""

    data: list[MailTemplate]


class MailPreview(MailTemplate):
    """A message with invented data."""

    text: str = Field(description="As it is sent")
    html: str = Field(description="The same as a page, as mail programs show it")


class MailRefusal(BaseModel):
    """An address to which nothing can be delivered."""

    model_config = ConfigDict(from_attributes=True)

    address: str = Field(validation_alias="to_key")
    person_id: UUID | None = Field(description="Whose account has it; null where nobody confirmed it")
    refusal: str = Field(examples=["SMTPRecipientRefused 550"])
    refused_at: datetime
    messages: int = Field(description="How many were not delivered")
