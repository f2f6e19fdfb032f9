"""What people choose to be sent."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

OptionalKind = Literal["booking_reminder", "booking_waiting", "space_digest"]


class OptionalMail(BaseModel):
    """A kind of mail that one may do without."""

    kind: OptionalKind
    title: str
    is_wanted: bool


class MailPreferences(BaseModel):
    """What the caller is sent. Mail about a place or a course that is not as it was is always sent."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "unwanted": ["booking_reminder"],
                    "optional": [
                        {"kind": "booking_reminder", "title": "Reminders before a course begins", "is_wanted": False},
                        {
                            "kind": "booking_waiting",
                            "title": "A receipt when you join a waiting list",
                            "is_wanted": True,
                        },
                        {
                            "kind": "space_digest",
                            "title": "What is new in the spaces of your groups, once a day at most",
                            "is_wanted": True,
                        },
                    ],
                }
            ]
        }
    )

    unwanted: list[OptionalKind]
    optional: list[OptionalMail]


class MailWishes(BaseModel):
    """All that the caller does not want to be sent; an empty list for everything."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"unwanted": ["booking_reminder"]}]})

    unwanted: list[OptionalKind] = Field(max_length=10)


class Unsubscription(BaseModel):
    """A kind of mail, by the link that came with one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"kind": "booking_reminder", "is_wanted": False}]})

    kind: OptionalKind
    is_wanted: bool
