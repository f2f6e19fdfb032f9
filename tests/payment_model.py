"""What payment runs and the bank's returns have to do, in as few words as possible."""

from dataclasses import dataclass, field

DRAFT, CHECKED, APPROVED, RELEASED, CONFIRMED = "draft", "checked", "approved", "released", "confirmed"
PARTLY, RETURNED, CANCELLED = "partly_returned", "returned", "cancelled"
SENT = (RELEASED, CONFIRMED, PARTLY, RETURNED)


@dataclass
class Line:
    """One payment of a run: by which version of the payee's details, and whether it is there or back."""

    award: int
    details: int
    is_flagged: bool
    is_back: bool = False


@dataclass
class Run:
    """One run; people are numbers."""

    prepared_by: int
    lines: dict[int, Line]
    status: str = DRAFT
    checked_by: int | None = None
    approved_by: int | None = None
    is_confirmed: bool = False

    @property
    def is_flagged(self) -> bool:
        return any(line.is_flagged for line in self.lines.values())

    def void(self) -> None:
        self.status, self.checked_by, self.approved_by = DRAFT, None, None


@dataclass
class Model:
    """What ought to be: for each award whom it is for, what it comes to, and who decided about it."""

    payees: list[int]
    pence: list[int]
    deciders: set[int]
    runs: list[Run] = field(default_factory=list)
    details: dict[int, int] = field(default_factory=dict)
    """Which version of a payee's bank details holds."""
    used: set[tuple[int, int]] = field(default_factory=set)
    """Payee and version by which money was sent, and those by which it came back."""
    failed: set[tuple[int, int]] = field(default_factory=set)

    def line_of(self, award: int) -> tuple[Run, Line] | None:
        """The one live payment of an award."""
        [*live] = [
            (run, run.lines[award])
            for run in self.runs
            if run.status != CANCELLED and award in run.lines and not run.lines[award].is_back
        ]
        assert len(live) <= 1
        return live[0] if live else None

    def now(self, payee: int) -> tuple[int, int]:
        return payee, self.details.get(payee, 1)

    def attempts(self, award: int) -> int:
        return sum(award in run.lines and run.status != CANCELLED for run in self.runs)

    @property
    def paid(self) -> int:
        """Pence that left and are not back."""
        lines = [line for run in self.runs if run.status in SENT for line in run.lines.values()]
        return sum(self.pence[line.award] for line in lines if not line.is_back)

    def prepare(self, who: int) -> str | None:
        free = [award for award in range(len(self.payees)) if self.line_of(award) is None]
        payable = [award for award in free if self.now(self.payees[award]) not in self.failed]
        if not payable:
            return "nothing-to-pay"
        self.runs.append(Run(who, {award: self._planned(award) for award in payable}))
        return None

    def _planned(self, award: int) -> Line:
        payee, version = self.now(self.payees[award])
        return Line(award, version, (payee, version) not in self.used)

    def _is_ready(self, run: Run) -> bool:
        return all(line.details == self.now(self.payees[line.award])[1] for line in run.lines.values())

    def check(self, run: Run, who: int, is_fresh: bool) -> str | None:
        if run.status != DRAFT:
            return "wrong-step"
        if who == run.prepared_by:
            return "same-person"
        if not is_fresh:
            return "content-differs"
        if not self._is_ready(run):
            return "payee-not-ready"
        run.status, run.checked_by = CHECKED, who
        return None

    def decide(self, run: Run, who: int, is_fresh: bool, approves: bool) -> str | None:
        if run.status != CHECKED:
            return "wrong-step"
        if who == run.prepared_by or (run.is_flagged and who == run.checked_by):
            return "same-person"
        if not is_fresh:
            return "content-differs"
        if approves:
            run.status, run.approved_by = APPROVED, who
        else:
            run.void()
        return None

    def release(self, run: Run, who: int) -> str | None:
        if run.status in SENT:
            return "already-released"
        if run.status != APPROVED:
            return "wrong-step"
        if who in {run.prepared_by, run.checked_by, run.approved_by} | self.deciders:
            return "same-person"
        if not self._is_ready(run):
            return "payee-not-ready"
        run.status = RELEASED
        self.used |= {self.now(self.payees[award]) for award in run.lines}
        return None

    def remove(self, run: Run, award: int) -> str | None:
        if run.status in SENT:
            return "already-released"
        if run.status == CANCELLED:
            return "wrong-step"
        if award not in run.lines:
            return "payment-not-found"
        if len(run.lines) == 1:
            return "wrong-step"
        del run.lines[award]
        run.void()
        return None

    def cancel(self, run: Run) -> str | None:
        if run.status in SENT:
            return "already-released"
        if run.status == CANCELLED:
            return "wrong-step"
        run.void()
        run.status, run.lines = CANCELLED, {}
        return None

    def confirm(self, run: Run) -> str | None:
        if run.status not in SENT or run.is_confirmed:
            return "wrong-step"
        run.is_confirmed = True
        if run.status == RELEASED:
            run.status = CONFIRMED
        return None

    def bring_back(self, run: Run, award: int, differs: str | None) -> str | None:
        """Why the bank's line about a payment is nobody's by itself; None when the payment came back by it."""
        line = run.lines[award]
        if run.status not in SENT:
            return "not_sent"
        if line.is_back:
            return "already_returned"
        if differs is not None:
            return differs
        self.is_back(run, award)
        return None

    def is_back(self, run: Run, award: int) -> None:
        line = run.lines[award]
        line.is_back = True
        self.failed.add((self.payees[award], line.details))
        run.status = RETURNED if all(one.is_back for one in run.lines.values()) else PARTLY

    def change_details(self, payee: int) -> None:
        self.details[payee] = self.details.get(payee, 1) + 1
