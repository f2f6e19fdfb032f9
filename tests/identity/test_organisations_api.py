"""Organisations and their responsibilities."""

from uuid import NAMESPACE_URL, uuid5

from identity_steps import IdentitySteps


async def test_the_consortium_is_seeded_with_its_responsibilities(identity: IdentitySteps) -> None:
    await identity.harness.seed("organisations")
    await identity.query("UPDATE organisation SET name = 'out of date'")
    await identity.harness.seed("organisations")
    found = {one["slug"]: one for one in (await identity.call("GET", "/v1/organisations")).json()["data"]}
    assert {slug: one["kind"] for slug, one in found.items()} == {
        "bcs": "partner",
        "dfe": "funder",
        "ncce": "national_centre",
        "ncetm": "national_centre",
        "raspberry-pi-foundation": "partner",
        "stem-learning": "partner",
    }
    assert found["stem-learning"]["name"] == "STEM Learning"
    assert found["bcs"]["id"] == str(uuid5(NAMESPACE_URL, "https://ncce.example.org/organisations/bcs"))
    assert "Certification of teachers" in found["bcs"]["responsibilities"]


async def test_organisations_come_in_pages(identity: IdentitySteps) -> None:
    await identity.harness.seed("organisations")
    slugs: list[str] = []
    path = "/v1/organisations?limit=2"
    while path:
        body = (await identity.call("GET", path)).json()
        slugs += [one["slug"] for one in body["data"]]
        cursor = body["page"]["next_cursor"]
        path = f"/v1/organisations?limit=2&cursor={cursor}" if cursor else ""
    assert slugs == ["bcs", "dfe", "ncce", "ncetm", "raspberry-pi-foundation", "stem-learning"]
