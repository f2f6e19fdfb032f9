"""What taking part in a project brings with it: other projects, priority, an accreditation, or not being counted."""

from typing import Annotated, Literal

from pydantic import Field

from hubs.academic_years import AcademicYear
from hubs.projects.criteria import Criterion
from hubs.projects.parts import Code, Measure, Part, Section, Slug, Title, Words


class AlsoEnrols(Part):
    """Taking part also enrols the school in another project, unless the criterion is met."""

    kind: Literal["also_enrols"]
    project: Code
    unless: Criterion | None = None
    says: Words
    section: Section | None = None


class GivesPriority(Part):
    """Taking part gives priority in another project of a later year."""

    kind: Literal["gives_priority"]
    project: Code
    project_year: AcademicYear
    says: Words
    section: Section | None = None


class Accredits(Part):
    """Completing accredits the participant, where `duty` is named once that report of theirs is accepted."""

    kind: Literal["accredits"]
    accreditation: Slug
    duty: Slug | None = None
    title: Title
    says: Words
    section: Section | None = None


class DoesNotCount(Part):
    """Participants are left out of a target that the other projects of the network count towards."""

    kind: Literal["does_not_count"]
    target: Measure
    says: Words
    section: Section | None = None


Consequence = Annotated[AlsoEnrols | GivesPriority | Accredits | DoesNotCount, Field(discriminator="kind")]
