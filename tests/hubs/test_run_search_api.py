"""`/v1/course-runs` and its facets: words, values of one filter, places left, and counts that agree with lists."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from builders import anonymous
from harness import ServiceHarness
from hubs_network import Network

Asked = Mapping[str, str | Sequence[str]]
MANY = {
    "mode": ["face_to_face", "live_remote", "online"],
    "key_stage": ["ks1", "ks2", "ks3", "ks4"],
    "region": ["North West", "London", "South East", "East of England"],
}.items()


async def runs_of(reference: ServiceHarness, asked: Asked) -> list[dict[str, Any]]:
    """Every run a search finds."""
    client = await reference.client(anonymous())
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        response = await client.get("/v1/course-runs", params={**asked, "limit": "100", **cursor})
        assert response.status_code == 200, response.text
        found += response.json()["data"]
        if not response.json()["page"]["has_more"]:
            return found
        cursor = {"cursor": response.json()["page"]["next_cursor"]}


async def counts_of(reference: ServiceHarness, asked: Asked) -> dict[str, Any]:
    """The counts of a search."""
    response = await (await reference.client(anonymous())).get("/v1/course-runs/facets", params=asked)
    assert response.status_code == 200, response.text
    counts: dict[str, Any] = response.json()
    return counts


async def test_words_are_found_in_the_title_and_in_where_a_run_is_held(reference: ServiceHarness) -> None:
    runs = await runs_of(reference, {"q": "programming"})
    assert runs
    town = next(run["town"] for run in runs if run["town"])
    there = await runs_of(reference, {"q": f"programming {town}"})
    assert 0 < len(there) <= len(runs)
    assert {run["id"] for run in there} <= {run["id"] for run in runs}
    assert all(town in f"{run['town']} {run['venue']} {run['hub_name']}" for run in there)


async def test_other_forms_of_a_word_and_a_code_are_found(reference: ServiceHarness) -> None:
    assert await runs_of(reference, {"q": "programs"}) == await runs_of(reference, {"q": "programming"})
    assert {run["course_code"] for run in await runs_of(reference, {"q": "cp008"})} == {"CP008"}


async def test_a_misspelt_title_is_found_and_nonsense_is_not(reference: ServiceHarness) -> None:
    right = {run["course_code"] for run in await runs_of(reference, {"q": "algorithms"})}
    slip = {run["course_code"] for run in await runs_of(reference, {"q": "algorithsm"})}
    assert right
    assert slip & right
    assert await runs_of(reference, {"q": "zzqx vwkp"}) == []


@pytest.mark.parametrize(
    "words", ["'", '"scratch', "a & b | c", "!!", "((", "100%", "\\", "-scratch", "naïve é", "or or"]
)
async def test_any_text_is_a_search_and_never_an_error(reference: ServiceHarness, words: str) -> None:
    asked = {"q": words + "  "}
    assert (await counts_of(reference, asked))["total"] == len(await runs_of(reference, asked))


async def test_values_of_one_filter_stand_for_any_and_filters_for_all(reference: ServiceHarness) -> None:
    first, second = [await runs_of(reference, {"key_stage": stage, "mode": "live_remote"}) for stage in ("ks2", "ks4")]
    both = await runs_of(reference, {"key_stage": ["ks2", "ks4"], "mode": "live_remote"})
    assert {run["id"] for run in both} == {run["id"] for run in [*first, *second]}
    assert {run["mode"] for run in both} == {"live_remote"}


async def test_an_unknown_region_is_refused_with_the_regions_there_are(reference: ServiceHarness) -> None:
    response = await (await reference.client(anonymous())).get("/v1/course-runs", params={"region": "Northwest"})
    assert response.status_code == 422
    assert "North West" in response.text


asked = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True) for name, values in MANY},
        "programme": st.sampled_from(["core", "gcse_subject_knowledge"]),
        "q": st.sampled_from(["programming", "data", "networks manchester"]),
        "near": st.sampled_from(["OL6 6NX", "SW1A"]),
        "with_places": st.just("true"),
    },
)


@given(asked=asked, radius=st.sampled_from([None, "25", "150"]))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_each_count_is_the_length_of_the_list_it_promises(
    reference: ServiceHarness, asked: dict[str, Any], radius: str | None
) -> None:
    if radius and "near" in asked:
        asked = {**asked, "within_km": radius}
    counts = await counts_of(reference, asked)
    assert counts["total"] == len(await runs_of(reference, asked))
    assert counts["with_places"] == len(await runs_of(reference, {**asked, "with_places": "true"}))
    for name in ("mode", "key_stage", "region", "programme"):
        wider = await runs_of(reference, {key: value for key, value in asked.items() if key != name})
        shown = {value["value"]: value["count"] for value in counts["facets"][name]}
        if name in ("mode", "programme"):
            assert shown == Counter(run[name] for run in wider)
        elif name == "key_stage":
            assert shown == Counter(stage for run in wider for stage in run["key_stages"])
        else:
            assert sum(shown.values()) == sum(run["hub_id"] is not None for run in wider)


async def test_what_a_radius_leaves_out_is_counted(reference: ServiceHarness) -> None:
    wide = await runs_of(reference, {"near": "OL6", "programme": "core"})
    counts = await counts_of(reference, {"near": "OL6", "within_km": "30", "programme": "core"})
    assert counts["total"] + counts["beyond"] + counts["without_venue"] == len(wide)
    assert counts["without_venue"] == sum(run["distance_km"] is None for run in wide)
    assert counts["beyond"] > 0


async def test_places_left_are_counted_at_once(network: Network) -> None:
    """A booking takes the last place: the next search says so, in the list and in the counts."""
    run_id = await network.run(capacity=1)
    client = await network.service.client(anonymous())

    async def found() -> tuple[list[int], int, int]:
        listed = (await client.get("/v1/course-runs")).json()["data"]
        counts = (await client.get("/v1/course-runs/facets")).json()
        with_places = (await client.get("/v1/course-runs", params={"with_places": "true"})).json()["data"]
        return [run["places_left"] for run in listed], counts["with_places"], len(with_places)

    assert await found() == ([1], 1, 1)
    assert (await network.book(run_id)).status_code == 201
    assert await found() == ([0], 0, 0)


async def test_a_run_that_begins_today_has_places_left_and_none_to_be_had(network: Network) -> None:
    """What the search promises is what a booking gets."""
    begins_today, begins_tomorrow = await network.run(in_days=0), await network.run(in_days=1)
    client = await network.service.client(anonymous())
    found = (await client.get("/v1/course-runs", params={"with_places": "true"})).json()["data"]
    assert [run["id"] for run in found] == [str(begins_tomorrow)]
    assert (await client.get("/v1/course-runs/facets")).json()["with_places"] == 1
    assert [(await network.book(run)).status_code for run in (begins_today, begins_tomorrow)] == [409, 201]
