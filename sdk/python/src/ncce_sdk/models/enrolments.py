"""Bodies and answers of enrolments. Written by `./ncce sdk`; do not edit."""

import datetime as dt
from uuid import UUID

from ncce_sdk.transport import Model


class CertificationEnrolmentOut(Model):
    """An enrolment."""

    enrolled_at: dt.datetime
    id: UUID
    scheme: str
    scheme_version: int


class EnrolmentList(Model):
    """A teacher's enrolments."""

    data: list[CertificationEnrolmentOut]


class EnrolmentRequest(Model):
    """A scheme to work towards."""

    scheme: str
