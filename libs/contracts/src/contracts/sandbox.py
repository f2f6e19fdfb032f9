"""Whom every sandbox knows, by ids that are the same in all of them: what is tried out has to be about somebody."""

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5


@dataclass(frozen=True)
class SandboxTeacher:
    """A teacher who is nobody."""

    name: str
    family_name: str
    school_urn: str

    @property
    def id(self) -> UUID:
        """The same in every sandbox."""
        return uuid5(NAMESPACE_URL, f"https://ncce.example.org/sandbox/teachers/{self.name}")


KNOWN = SandboxTeacher("known", "Known", "900001")
COLLEAGUES = (SandboxTeacher("first", "Namesake", "900002"), SandboxTeacher("second", "Namesake", "900002"))
"""Two at one school, so that the school alone does not tell who a learner is."""
MERGED = SandboxTeacher("merged", "Known", "900001")
"""A second account of KNOWN's, which was merged into it."""
BURSARIES = {
    name: SandboxTeacher(f"bursary-{name}", "Applicant", str(900_011 + number))
    for number, name in enumerate(("waiting", "declined", "approved", "paid", "clawed-back", "returned"))
}
"""Each at a school of their own, with a bursary that came to this."""
TEACHERS = (KNOWN, *COLLEAGUES, MERGED, *BURSARIES.values())
