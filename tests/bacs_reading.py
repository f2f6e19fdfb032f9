"""Reads a BACS Standard 18 file by the places of the format, without any of the code that writes it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Record:
    """One record of 100 characters."""

    sort_code: str
    account_number: str
    code: str
    origin: str
    pence: int
    originator: str
    reference: str
    name: str


@dataclass(frozen=True)
class Read:
    """What a file says."""

    service_user_number: str
    made_on: date
    processing_on: date
    records: tuple[Record, ...]
    debit_pence: int
    credit_pence: int
    debits: int
    credits: int


def read(text: str) -> Read:
    """Everything in a file. AssertionError where it breaks the format."""
    lines = text.split("\r\n")
    assert lines.pop() == ""
    vol1, hdr1, hdr2, uhl1, *data, eof1, eof2, utl1 = lines
    assert [one[:4] for one in (vol1, hdr1, hdr2, uhl1, eof1, eof2, utl1)] == [
        "VOL1",
        "HDR1",
        "HDR2",
        "UHL1",
        "EOF1",
        "EOF2",
        "UTL1",
    ]
    assert {len(one) for one in (vol1, hdr1, hdr2, uhl1, eof1, eof2, utl1)} == {80}
    assert vol1[79] == "1"
    assert (hdr1[4:], hdr2[4:]) == (eof1[4:], eof2[4:])
    assert (hdr2[4], int(hdr2[5:10]) % int(hdr2[10:15]), int(hdr2[10:15])) == ("F", 0, 100)
    number = vol1[41:47]
    assert hdr1[4:21] == f"A{number}S  1{number}"
    assert hdr1[21:27] == vol1[4:10]
    assert (uhl1[10:20], uhl1[28:37]) == ("999999    ", "1 DAILY  ")
    records = tuple(_record(one) for one in data)
    sums = (int(utl1[4:17]), int(utl1[17:30]), int(utl1[30:37]), int(utl1[37:44]))
    return Read(number, _day(hdr1[41:47]), _day(uhl1[4:10]), records, *sums)


def _record(line: str) -> Record:
    assert len(line) == 100
    assert line[14] == "0"
    assert all(one.isdigit() or one.isupper() or one in " .&/-" for one in line)
    fields = (line[0:6], line[6:14], line[15:17], line[17:31], int(line[35:46]), line[46:64], line[64:82], line[82:100])
    return Record(*fields)


def _day(written: str) -> date:
    assert written[0] == " "
    return datetime.strptime(written[1:], "%y%j").date()  # noqa: DTZ007  a day has no zone
