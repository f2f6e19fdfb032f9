"""Registration and confirmation as clients send them."""

import unicodedata
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)
from pydantic_core import PydanticCustomError

from identity.accounts import rules
from identity.people.models import Phase


def _printable(text: str) -> str:
    normal = unicodedata.normalize("NFC", text)
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in normal):
        raise PydanticCustomError("not-printable", "Leave out control characters.")
    return normal


Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=254),
    AfterValidator(rules.normalised_email),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": 254}),
]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), AfterValidator(_printable)
]
Urn = Annotated[
    str,
    StringConstraints(pattern="^[0-9]{6}$"),
    Field(description="The school's number in the national register", examples=["900001"]),
]
Token = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Registration(BaseModel):
    """What a teacher enters to register."""

    model_config = ConfigDict(
        extra="forbid",
        hide_input_in_errors=True,
        json_schema_extra={
            "examples": [
                {
                    "email": "sam.teacher@demo.example.org",
                    "password": "walnut copper lighthouse",
                    "given_name": "Sam",
                    "family_name": "Teacher",
                    "school_urn": "900001",
                    "phase": "primary",
                }
            ]
        },
    )

    email: Email
    password: Annotated[
        str,
        Field(
            description=f"{rules.PASSWORD_MIN} to {rules.PASSWORD_MAX} characters of any kind, not a common password"
        ),
        WithJsonSchema({"type": "string", "minLength": rules.PASSWORD_MIN, "maxLength": rules.PASSWORD_MAX}),
    ]
    given_name: Name
    family_name: Name
    school_urn: Urn
    phase: Phase

    @field_validator("password")
    @classmethod
    def _acceptable(cls, password: str, info: ValidationInfo) -> str:
        return rules.acceptable_password(password, info.data.get("email"))


class RegistrationAccepted(BaseModel):
    """The same whether or not the address has an account: only its owner learns which, by mail."""

    status: Literal["confirmation_sent"] = "confirmation_sent"


class Confirmation(BaseModel):
    """The token from the mail."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"token": "q3Zk…"}]})

    token: Token


class Confirmed(BaseModel):
    """The address is proven and the account exists."""

    status: Literal["confirmed"] = "confirmed"
