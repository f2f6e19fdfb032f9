"""What bookings, a waiting list and a register have to do, in as few words as possible."""

from dataclasses import dataclass, field

from hubs.bookings.models import ON_REGISTER, PASSES, TAKES_PLACE, BookingStatus
from hubs.registers.models import Outcome, Presence

CAPACITY = 2
HOURS = 12
MINUTES = (60, 40)
NEEDED = 80
"""Of 100 planned minutes, by the rule that comes with the platform."""
STATUS: dict[Outcome, BookingStatus] = {"attended": "attended", "incomplete": "incomplete", "absent": "no_show"}


@dataclass
class Model:
    """What ought to be: a state for each teacher, the line of those who wait, and who was at which session."""

    states: dict[int, BookingStatus] = field(default_factory=dict)
    line: list[int] = field(default_factory=list)
    marks: dict[int, dict[int, tuple[Presence, int]]] = field(default_factory=dict)
    """By teacher and session: how they were there, and for how many minutes."""
    told: dict[int, int] = field(default_factory=dict)
    """Hours by teacher for whom a completion was ever told of; 0 once it was withdrawn."""
    over: bool = False
    closed: bool = False
    called_off: bool = False

    @property
    def taken(self) -> int:
        return sum(state in TAKES_PLACE for state in self.states.values())

    @property
    def on_register(self) -> list[int]:
        return [who for who, state in self.states.items() if state in ON_REGISTER]

    def promote(self) -> None:
        while self.line and self.taken < CAPACITY and not self.over:
            self.states[self.line.pop(0)] = "offered"

    def book(self, who: int, hold: bool, wait: bool) -> str | None:
        if self.over or self.called_off:
            return "run-not-open"
        if self.states.get(who, "cancelled") not in ("cancelled", "expired"):
            return "already-booked"
        if self.taken < CAPACITY:
            self.states[who] = "held" if hold else "confirmed"
        elif wait:
            self.states[who] = "waiting"
            self.line.append(who)
        else:
            return "run-full"
        self.marks[who] = {}
        return None

    def confirm(self, who: int) -> str | None:
        state = self.states[who]
        if state == "confirmed":
            return None
        if state == "expired":
            return "offer-passed"
        if self.over or self.called_off:
            return "run-not-open"
        if state not in ("held", "offered"):
            return "booking-state"
        self.states[who] = "confirmed"
        return None

    def cancel(self, who: int) -> str | None:
        state = self.states[who]
        if state == "cancelled":
            return None
        if state in STATUS.values() or (state == "confirmed" and self.over):
            return "booking-started"
        if state == "expired":
            return "booking-state"
        if state == "waiting":
            self.line.remove(who)
        self.states[who] = "cancelled"
        self.promote()
        return None

    def expire(self, who: int) -> None:
        if self.states[who] in ("held", "offered"):
            self.states[who] = "expired"
            self.promote()

    def end(self) -> None:
        self.over = True
        self.line.clear()
        self.states |= {who: "expired" for who, state in self.states.items() if state in PASSES}

    def mark_all(self, who: int, attended: bool) -> str | None:
        if who not in self.on_register:
            return "not-on-register"
        for ordinal, minutes in enumerate(MINUTES):
            self.marks[who][ordinal] = ("present", minutes) if attended else ("absent", 0)
        self.settle(who)
        return None

    def mark(self, who: int, ordinal: int, presence: Presence, minutes: int, has_reason: bool) -> str | None:
        if who not in self.on_register:
            return "not-on-register"
        if self.marks[who].get(ordinal) == (presence, minutes):
            return None
        state = self.states[who]
        if not has_reason and (state == "attended" or self.closed):
            return "correction-needs-reason"
        self.marks[who][ordinal] = (presence, minutes)
        if state != "confirmed":
            self.settle(who)
        return None

    def settle(self, who: int) -> None:
        marks = self.marks[who].values()
        minutes = sum(count for _, count in marks)
        outcome: Outcome = "attended" if minutes >= NEEDED else "incomplete"
        if minutes == 0 and any(presence == "absent" for presence, _ in marks):
            outcome = "absent"
        self.states[who] = STATUS[outcome]
        if outcome == "attended" or who in self.told:
            self.told[who] = HOURS if outcome == "attended" else 0

    def close(self, unmarked_are_absent: bool) -> str | None:
        if self.closed:
            return None
        if self.called_off:
            return "run-not-held"
        if not self.over:
            return "run-not-over"
        if not unmarked_are_absent and any(len(self.marks[who]) < len(MINUTES) for who in self.on_register):
            return "register-incomplete"
        for who in self.on_register:
            self.marks[who] = dict.fromkeys(range(len(MINUTES)), ("absent", 0)) | self.marks[who]
            self.settle(who)
        self.closed = True
        return None

    def call_off(self, withdraw: bool) -> str | None:
        if self.called_off:
            return None
        if not withdraw and any(self.marks[who] for who in self.on_register):
            return "run-has-attendance"
        ended = (*PASSES, *ON_REGISTER)
        self.states |= {who: "cancelled" for who, state in self.states.items() if state in ended}
        self.told = dict.fromkeys(self.told, 0)
        self.line.clear()
        self.called_off = True
        return None
