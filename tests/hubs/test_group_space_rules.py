"""What may be written in a space, how fast, and what a program may make clickable of it."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from hubs.group_spaces.rules import Frequency, as_written, links_in, unreadable, wait_for
from hubs.group_spaces.schemas import SpacePostIn, TopicIn
from hubs.projects.contributions import CommunityCredit

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Ours: https://hub.example.org/sorting.", ["https://hub.example.org/sorting"]),
        (
            "(https://hub.example.org/a?b=c#d) twice https://hub.example.org/a?b=c#d",
            ["https://hub.example.org/a?b=c#d"],
        ),
        ("[here](https://hub.example.org/x)", ["https://hub.example.org/x"]),
        ("HTTPS://HUB.example.org", ["HTTPS://HUB.example.org"]),
        ("http://hub.example.org", []),
        ("javascript:alert(1) data:text/html,x", []),
        ("https://user:secret@hub.example.org/", []),
        ("https://hub.example.org@evil.example.org/", []),
        ("https://hub.example.org:8443/", []),
        ("https://xn--hb-xka.example.org/", []),
        ("https://hüb.example.org/", []),
        ("https://localhost/", []),
        ("https://127.0.0.1/", []),
        ("<a href='https://hub.example.org/'onclick=x>", ["https://hub.example.org/"]),
    ],
)
def test_only_plain_secure_addresses_are_links(text: str, links: list[str]) -> None:
    assert links_in(text) == links


def test_line_ends_are_one_kind_and_letters_are_composed() -> None:
    assert as_written("  one\r\ntwo\rthree e\u0301 \n") == "one\ntwo\nthree é"


@pytest.mark.parametrize(
    ("text", "is_fine"), [("a\nb\tc", True), ("a\x00b", False), ("a\u202eb", False), ("\x1b[2J", False)]
)
def test_what_nobody_could_see_is_refused_by_name(text: str, is_fine: bool) -> None:
    assert (unreadable(text) is None) is is_fine


@pytest.mark.parametrize("text", ["", "  \n ", "left\u202eright", "x" * 10_001])
def test_a_post_has_words_that_can_be_read(text: str) -> None:
    with pytest.raises(ValidationError):
        SpacePostIn(text=text)


def test_markup_is_kept_as_it_was_written() -> None:
    text = "<script>alert('x')</script> **bold** & more"
    assert SpacePostIn(text=text).text == text


def test_a_title_is_on_one_line() -> None:
    assert TopicIn(title=" Sorting\n with cards ", text="x").title == "Sorting with cards"


def test_somebody_who_wrote_twenty_posts_waits_until_the_first_is_ten_minutes_old() -> None:
    written = [NOW - timedelta(seconds=20 * number) for number in range(20)]
    assert wait_for(written, NOW) == timedelta(minutes=10) - timedelta(seconds=20 * 19)
    assert wait_for(written[1:], NOW) is None
    assert wait_for([at - timedelta(minutes=10) for at in written], NOW) is None


def test_nobody_writes_more_than_two_hundred_posts_a_day() -> None:
    written = [NOW - timedelta(minutes=5 * number + 11) for number in range(200)]
    assert wait_for(written, NOW) == written[-1] + timedelta(days=1) - NOW


def test_enough_posts_within_the_weeks_are_enough() -> None:
    three_in_two = Frequency(3, 2)
    weekly = [NOW - timedelta(weeks=number) for number in range(3)]
    assert not three_in_two.reached(weekly, NOW)
    assert three_in_two.reached([*weekly, NOW - timedelta(days=3)], NOW)
    assert not three_in_two.reached([*weekly, NOW + timedelta(days=3)], NOW)


@pytest.mark.parametrize(
    "rule",
    [
        {"accepted_by": "posts", "posts": 3},
        {"accepted_by": "posts"},
        {"accepted_by": "confirmation", "posts": 3, "within_weeks": 2},
    ],
)
def test_a_rule_of_posts_says_how_many_in_how_long_and_no_other_does(rule: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        CommunityCredit.model_validate({"activity": "contribute-to-online-discussion", "says": "Posts count.", **rule})
