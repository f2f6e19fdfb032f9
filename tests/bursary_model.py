"""A bursary's life as one says it aloud: what each step comes to, and by which word it is refused."""

from dataclasses import dataclass, field

HOLDING = ("eligible", "approved", "claimable", "claimed", "paid")
"""While one of a school's bursaries is at one of these, the school's next one has to wait."""
LIVE = (*HOLDING, "needs_review")
AWAITING = ("eligible", "needs_review")


@dataclass
class Life:
    """One booking, with the bursary that was last applied for with it."""

    school: int
    placed: bool = False
    given_up: bool = False
    revision: int | None = None
    """Of what the register says of the course; None while nothing was heard."""
    attended: bool = False
    status: str | None = None
    claim: str | None = None
    case: str | None = None
    """What has to come back: None when nothing does."""
    because: str | None = None
    order: int = 0

    @property
    def holds_reserved(self) -> bool:
        """Whether its money is promised and not owed yet."""
        return self.status in ("approved", "claimable") or (self.status == "claimed" and self.claim == "submitted")


@dataclass
class Model:
    """Schools, some of which nothing is known of yet, and their lives."""

    lives: list[Life]
    known: list[bool]
    applications: int = field(default=0)

    def decision(self, school: int) -> str:
        """What the rule says to a school now: one bursary at a time."""
        if not self.known[school]:
            return "needs_review"
        taken = any(one.school == school and one.status in HOLDING for one in self.lives)
        return "ineligible" if taken else "eligible"

    def tell_school(self, school: int) -> None:
        """Its facts arrive: what waited for them is decided, the first application first."""
        self.known[school] = True
        waiting = [one for one in self.lives if one.school == school and one.status == "needs_review"]
        for life in sorted(waiting, key=lambda one: one.order):
            life.status = self.decision(school)

    def tell_booking(self, life: Life) -> None:
        """It is known that a place was booked, maybe for the second time."""
        life.placed = True

    def tell_register(self, life: Life, revision: int, *, attended: bool) -> None:
        """What the register says now, unless something newer was heard."""
        if life.revision is None or revision > life.revision:
            life.revision, life.attended = revision, attended
        if life.status == "approved" and life.attended:
            life.status = "claimable"
        elif life.status == "claimable" and not life.attended:
            life.status = "approved"
        elif life.status in ("claimed", "paid"):
            self._follow(life)

    def _follow(self, life: Life) -> None:
        if life.attended:
            if life.case == "open" and life.because == "completion_withdrawn":
                life.case = life.because = None
        elif life.claim == "approved":
            life.claim, life.status = "withdrawn", "approved"
        elif life.claim == "paid":
            self._ask_back(life, "completion_withdrawn")

    def _ask_back(self, life: Life, because: str) -> None:
        if life.case is None:
            life.case, life.because = "open", because

    def tell_cancelled(self, life: Life) -> None:
        """The place is given up: the bursary ends, unless its money was sent; then it has to come back."""
        life.given_up = True
        if life.status not in LIVE:
            return
        if life.claim == "paid":
            self._ask_back(life, "booking_cancelled")
        else:
            self._end(life, "cancelled")

    def _end(self, life: Life, status: str) -> None:
        life.status = status
        life.claim = {"submitted": "declined", "approved": "withdrawn"}.get(life.claim or "", life.claim)

    def preview(self, life: Life) -> str:
        """The rule's answer, or why there is none."""
        return self.decision(life.school) if life.placed else "booking-not-found"

    def apply(self, life: Life) -> str:
        """The status of the new bursary, or why there is none."""
        if not life.placed:
            return "booking-not-found"
        if life.given_up:
            return "booking-cancelled"
        if life.status in LIVE:
            return "already-applied"
        self.applications += 1
        life.status, life.claim, life.case, life.because = self.decision(life.school), None, None, None
        life.order = self.applications
        return life.status

    def approve(self, life: Life) -> str:
        """The status after it."""
        if life.status == "needs_review":
            return "needs-review"
        if life.status != "eligible":
            return "not-awaiting-approval"
        life.status = "claimable" if life.attended else "approved"
        return life.status

    def decline(self, life: Life) -> str:
        """The status after it."""
        if life.status not in AWAITING:
            return "not-awaiting-approval"
        life.status = "declined"
        return life.status

    def withdraw(self, life: Life) -> str:
        """The status after it: what was paid is not given up any more."""
        if life.status not in LIVE or life.claim == "paid":
            return "nothing-to-withdraw"
        self._end(life, "lapsed")
        return "lapsed"

    def claim(self, life: Life) -> str:
        """The status of the claim."""
        if life.status == "approved":
            return "course-not-completed"
        if life.status != "claimable":
            return "not-claimable"
        life.status, life.claim = "claimed", "submitted"
        return "submitted"

    def approve_claim(self, life: Life) -> str:
        """The status of the claim: nobody owes for a course that the register does not show any more."""
        if life.claim != "submitted":
            return "not-awaiting-decision"
        if not life.attended:
            return "course-not-completed"
        life.claim = "approved"
        return life.claim

    def decline_claim(self, life: Life) -> str:
        """The status of the claim: the bursary may be claimed again, if it is earned."""
        if life.claim != "submitted":
            return "not-awaiting-decision"
        life.claim, life.status = "declined", "claimable" if life.attended else "approved"
        return life.claim

    def pay(self) -> int:
        """Everything that is owed is paid; how many payments that are."""
        owed = [one for one in self.lives if one.claim == "approved"]
        for life in owed:
            life.status = life.claim = "paid"
        return len(owed)

    def recover(self, life: Life) -> None:
        """All of what has to come back comes back."""
        life.case, life.status = "settled", "clawed_back"
