"""`/v1/resources`: writing resources, and finding those that were published."""

from typing import Any

import pytest

from builders import a_teacher, anonymous, partner, staff
from chassis.ids import new_id
from hubs.app import SERVICE
from hubs.reference import rows
from hubs.resources.models import Licence
from hubs.resources.seed import resource_id
from resource_bank import FACTS, Bank, path_of, refusal
from worlds import StartService


@pytest.fixture
async def bank(start_service: StartService) -> Bank:
    """A bank with its vocabulary and nothing in it."""
    hubs = await start_service(SERVICE, loaded=["resource_vocabulary"])
    return Bank(hubs)


async def found(bank: Bank, **filters: Any) -> list[str]:
    reply = await bank.ask(anonymous(), "GET", params=filters)
    assert reply.status_code == 200, reply.text
    return [one["title"] for one in reply.json()["data"]]


async def test_a_draft_is_its_authors_alone_until_it_is_published(bank: Bank) -> None:
    author = a_teacher()
    version = await bank.draft(author)
    assert (version["status"], version["number"], version["edition"]) == ("draft", 1, 1)
    for stranger in (anonymous(), a_teacher(), bank.moderator, partner("resources:write")):
        hidden = await bank.ask(stranger, "GET", path_of(version))
        assert refusal(hidden) == (404, "resource-not-found")
    own = await bank.ask(author, "GET", path_of(version))
    assert (own.headers["ETag"], own.headers["Cache-Control"]) == ('"1"', "private, no-store")
    assert refusal(await bank.ask(author, "GET", f"/{version['resource_id']}")) == (404, "resource-not-found")
    assert await found(bank) == []


async def test_a_draft_is_edited_from_the_edition_that_was_read_and_by_nobody_else(bank: Bank) -> None:
    author = a_teacher()
    version = await bank.draft(author)
    changed = FACTS | {"title": "Sorting networks indoors"}
    edit = {"json": changed, "headers": {"If-Match": '"1"'}}
    assert refusal(await bank.ask(a_teacher(), "PUT", path_of(version), **edit)) == (404, "resource-not-found")
    assert refusal(await bank.ask(author, "PUT", path_of(version), json=changed)) == (428, "if-match-missing")
    edited = await bank.ask(author, "PUT", path_of(version), **edit)
    assert (edited.status_code, edited.json()["title"], edited.headers["ETag"]) == (200, changed["title"], '"2"')
    assert refusal(await bank.ask(author, "PUT", path_of(version), **edit)) == (412, "stale-version")
    await bank.submit(author, version)
    fixed = await bank.ask(author, "PUT", path_of(version), json=FACTS, headers={"If-Match": '"3"'})
    assert refusal(fixed) == (409, "resource-version-fixed")


async def test_a_draft_is_thrown_away_by_its_author_and_what_was_published_is_not(bank: Bank) -> None:
    author = a_teacher()
    draft = await bank.draft(author)
    assert refusal(await bank.ask(a_teacher(), "DELETE", path_of(draft))) == (404, "resource-not-found")
    assert (await bank.ask(author, "DELETE", path_of(draft))).status_code == 204
    assert (await bank.ask(author, "GET", "/own")).json()["data"] == []
    published = await bank.published(author)
    assert refusal(await bank.ask(author, "DELETE", path_of(published))) == (409, "resource-version-fixed")
    second = (await bank.ask(author, "POST", f"/{published['resource_id']}/versions", json=FACTS)).json()
    assert (await bank.ask(author, "DELETE", path_of(second))).status_code == 204
    assert (await bank.seen(published["resource_id"]))["number"] == 1


async def test_everything_wrong_with_topics_and_aims_is_named_at_once(bank: Bank) -> None:
    facts = FACTS | {"topics": ["algorithms", "alchemy"], "aims": ["ks1-safety", "aim-problems", "ks9-flying"]}
    refused = await bank.ask(a_teacher(), "POST", json=facts)
    assert refusal(refused) == (422, "not-in-vocabulary")
    assert [(one["pointer"], one["code"]) for one in refused.json()["errors"]] == [
        ("/topics/1", "topic-unknown"),
        ("/aims/0", "aim-elsewhere"),
        ("/aims/2", "aim-unknown"),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"licence": "CC-BY-ND-4.0"},
        {"licence": None},
        {"link": "http://resources.example.org/"},
        {"link": "https://user:secret@resources.example.org/"},
        {"link": "https://127.0.0.1/"},
        {"link": "javascript:alert(1)"},
        {"key_stages": ["ks2", "ks2"]},
        {"key_stages": []},
        {"topics": []},
        {"checksum": "ABC"},
        {"title": "    "},
        {"document": "cGRm"},
    ],
)
async def test_what_cannot_be_published_cannot_be_drafted(bank: Bank, wrong: dict[str, Any]) -> None:
    refused = await bank.ask(a_teacher(), "POST", json=FACTS | wrong)
    assert refusal(refused) == (422, "validation-failed")


async def test_an_organisation_writes_by_its_key_or_its_administrator(bank: Bank) -> None:
    key = partner("resources:write")
    organisation_id = key.organisation_id
    administrator = staff("partner_admin", organisation_id=organisation_id)
    version = await bank.draft(key)
    named = await bank.draft(administrator, organisation_id=str(organisation_id))
    for author in (key, administrator):
        own = (await bank.ask(author, "GET", "/own")).json()["data"]
        assert {one["resource_id"] for one in own} == {version["resource_id"], named["resource_id"]}
    another = partner("resources:write")
    refused = await bank.ask(another, "POST", json=FACTS | {"organisation_id": str(organisation_id)})
    assert refusal(refused) == (422, "organisation-not-yours")
    assert refusal(await bank.ask(another, "POST", f"{path_of(version)}/submission")) == (404, "resource-not-found")
    assert refusal(await bank.ask(staff("moderator"), "POST", json=FACTS)) == (403, "teachers-only")
    published = await bank.published(key)
    assert (await bank.seen(published["resource_id"]))["organisation_id"] == str(organisation_id)


async def test_resources_are_found_by_words_and_by_every_filter(bank: Bank) -> None:
    await bank.published(title="Packets by post", topics=["computer-networks"], aims=["ks2-networks"], licence="MIT")
    await bank.published(title="Reception beebots", key_stages=["early_years"], aims=[], type="video")
    await bank.published()
    by_relevance = ["Sorting networks in the playground", "Reception beebots", "Packets by post"]
    assert await found(bank, q="networks") == by_relevance
    assert await found(bank, q="playground network") == ["Sorting networks in the playground"]
    assert await found(bank, q="chalk -playground") == by_relevance[1:]
    assert await found(bank, key_stage="early_years") == ["Reception beebots"]
    assert len(await found(bank, key_stage=["early_years", "ks2"])) == 3
    assert await found(bank, topic="computer-networks") == ["Packets by post"]
    assert await found(bank, aim="ks2-networks") == ["Packets by post"]
    assert await found(bank, licence="MIT", type="activity") == ["Packets by post"]
    assert await found(bank, type="video", licence="MIT") == []
    assert refusal(await bank.ask(anonymous(), "GET", params={"colour": "red"})) == (422, "validation-failed")


async def test_a_facet_counts_as_if_its_own_filter_were_not_set(bank: Bank) -> None:
    await bank.published(licence="MIT")
    await bank.published(key_stages=["ks3"], aims=[])
    reply = await bank.ask(anonymous(), "GET", "/facets", params={"licence": "MIT", "q": "network"})
    counts = reply.json()
    assert (reply.status_code, counts["total"]) == (200, 1)
    assert counts["facets"]["licence"] == [{"value": "CC-BY-4.0", "count": 1}, {"value": "MIT", "count": 1}]
    assert counts["facets"]["key_stage"] == [{"value": "ks2", "count": 1}, {"value": "ks3", "count": 1}]
    assert counts["facets"]["topic"] == [{"value": "algorithms", "count": 1}]


@pytest.mark.parametrize("sort", ["newest", "best_rated", "most_used", "relevance"])
async def test_pages_show_every_resource_once_in_any_order(bank: Bank, sort: str) -> None:
    for number in range(5):
        await bank.published(title=f"Resource number {number}")
    seen: list[str] = []
    parameters = {"limit": "2", "sort": sort, "q": "resource"}
    while True:
        page = (await bank.ask(anonymous(), "GET", params=parameters)).json()
        seen += [one["title"] for one in page["data"]]
        if not page["page"]["has_more"]:
            break
        parameters["cursor"] = page["page"]["next_cursor"]
    assert sorted(seen) == [f"Resource number {number}" for number in range(5)]
    if sort == "newest":
        assert seen == sorted(seen, reverse=True)


async def test_who_holds_the_page_is_told_that_nothing_changed(bank: Bank) -> None:
    await bank.published()
    first = await bank.ask(anonymous(), "GET")
    again = await bank.ask(anonymous(), "GET", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    await bank.published()
    assert (await bank.ask(anonymous(), "GET", headers={"If-None-Match": first.headers["ETag"]})).status_code == 200


async def test_the_vocabulary_is_public_and_says_of_each_licence_what_it_asks(bank: Bank) -> None:
    vocabulary = (await bank.ask(anonymous(), "GET", "/vocabulary")).json()
    assert {one["code"] for one in vocabulary["licences"]} == set(Licence.__args__)  # type: ignore[attr-defined]
    assert {one["key_stage"] for one in vocabulary["aims"]} == {None, "ks1", "ks2", "ks3", "ks4"}
    assert len(vocabulary["aims"]) == 4 + 6 + 7 + 9 + 3
    by_code = {one["code"]: one for one in vocabulary["licences"]}
    assert (by_code["CC-BY-SA-4.0"]["share_alike"], by_code["MIT"]["commercial"]) == (True, True)


async def test_the_invented_resources_say_so_and_fit_the_vocabulary(bank: Bank) -> None:
    await bank.hubs.seed("resources")
    await bank.hubs.seed("resources")
    invented = rows("resources_synthetic.csv")
    assert len(await found(bank)) == len(invented)
    topics = {one["code"] for one in rows("resource_topics.csv")}
    aims = {one["code"]: one["key_stage"] for one in rows("curriculum_aims.csv")}
    for row in invented:
        assert row["title"].endswith("(synthetic)")
        assert set(row["topics"].split(";")) <= topics
        assert {aims[code] for code in row["aims"].split(";")} <= {"", *row["key_stages"].split(";")}
        assert (await bank.seen(str(resource_id(row["slug"]))))["link"] == row["link"]


async def test_a_resource_of_no_id_is_not_found(bank: Bank) -> None:
    for path in (f"/{new_id()}", f"/{new_id()}/versions/1", f"/{new_id()}/comments"):
        assert refusal(await bank.ask(anonymous(), "GET", path)) == (404, "resource-not-found")
