"""The developer portal as bytes: complete, closed in itself, the same for everybody, never in anybody's way."""

import re
from functools import cache
from html.parser import HTMLParser

import aiohttp
import pytest

from gateway.pages import Page
from gateway.portal import reference
from gateway.portal.areas import AREAS
from gateway.portal.guides import all_guides
from gateway.portal.markup import render
from gateway.portal.problems import read_problems
from gateway.portal.site import portal
from gateway_harness import Platform


@cache
def pages() -> dict[str, Page]:
    """Every page by its path. Drawing them takes seconds, which nobody has while tests are collected."""
    return {path.decode(): portal().page(path) for path in portal().paths}


@cache
def html() -> dict[str, Page]:
    return {path: page for path, page in pages().items() if page.content_type.startswith(b"text/html")}


class Outline(HTMLParser):
    """What a page leads to, what can be led to in it, and whether everything that begins ends."""

    WITHOUT_END = frozenset({"meta", "link", "br", "hr", "img", "input"})

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.targets: set[str] = set()
        self.anchors: list[str] = []
        self.open: list[str] = []
        self.feed(page.body.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.targets |= {str(found[name]) for name in ("href", "src", "data-description") if found.get(name)}
        self.anchors += [str(found["id"])] if "id" in found else []
        if tag not in self.WITHOUT_END:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@cache
def outlines() -> dict[str, Outline]:
    return {path: Outline(page) for path, page in html().items()}


def test_every_page_is_well_formed_and_names_no_anchor_twice() -> None:
    for path, outline in outlines().items():
        assert outline.open == [], path
        assert len(outline.anchors) == len(set(outline.anchors)), path


def test_every_link_of_every_page_leads_somewhere() -> None:
    elsewhere = {"/openapi.json", "data:,"}
    for path, outline in outlines().items():
        for target in outline.targets - elsewhere:
            page, _, anchor = target.partition("#")
            assert (page or path) in pages(), (path, target)
            assert not anchor or anchor in outlines()[page or path].anchors, (path, target)


def test_everything_of_the_portal_is_reached_from_its_start() -> None:
    reached, waiting = set[str](), ["/docs"]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            if path in outlines():
                waiting += [one for target in outlines()[path].targets if (one := target.partition("#")[0]) in pages()]
    unused = {f"/docs/api/{area.slug}" for area in AREAS.values()} - {
        f"/docs/api/{area.slug}" for _, areas in reference.used_groups() for area, _ in areas
    }
    assert {path for path in pages() if path not in reached and not path.startswith(tuple(unused))} == set()


def test_guides_are_those_of_the_repository() -> None:
    for guide in all_guides():
        assert guide.title in html()[guide.address].body.decode()
        assert "<h1>" in guide.page().html


def test_no_page_asks_anything_of_another_host_or_carries_code_of_its_own() -> None:
    for path, page in html().items():
        text = page.body.decode()
        assert re.findall(r"""(?:src|href)=["'](?:https?:)?//""", text) == [], path
        assert re.findall(r"<script>|<style|\sstyle=|\son[a-z]+=", text) == [], path
        assert "unsafe" not in page.policy
        assert ("script-src" in page.policy) is path.endswith("/try"), path


def test_every_operation_has_its_place_in_the_reference() -> None:
    shown = [one.name for area in AREAS.values() for one in reference.operations_of(area)]
    described = [one["operationId"] for item in reference.document()["paths"].values() for one in item.values()]
    assert sorted(shown) == sorted(described)


def test_an_areas_description_is_complete_in_itself() -> None:
    for area in AREAS.values():
        document = reference.document_of(area)
        for target in re.findall(r"'\$ref': '#/components/(\w+)/(\w+)'", str(document)):
            assert target[1] in document["components"][target[0]]


def test_html_in_a_guide_stays_text_and_links_without_a_page_are_words() -> None:
    page = render(
        "# A\n\n## B `c`\n\n<script>alert(1)</script> [x](../decisions/1.md) [y](errors.md#z)", {"errors.md": "/e"}
    )
    assert "<script>" not in page.html
    assert "<span>x</span>" in page.html
    assert '<a href="/e#z">y</a>' in page.html
    assert [(one.anchor, one.text) for one in page.sections] == [("b-c", "B c")]


async def test_a_page_is_served_with_a_policy_and_a_tag_that_saves_sending_it_again(
    platform: Platform, client: aiohttp.ClientSession
) -> None:
    async with client.get(platform.url + "/docs") as reply:
        assert (reply.status, reply.content_type) == (200, "text/html")
        assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'")
        tag = reply.headers["ETag"]
    for known in (tag, f'"other", W/{tag}'):
        async with client.get(platform.url + "/docs", headers={"If-None-Match": known}) as reply:
            assert (reply.status, await reply.read(), reply.headers["ETag"]) == (304, b"", tag)
    async with client.get(platform.url + "/docs", headers={"If-None-Match": '"other"'}) as reply:
        assert reply.status == 200
    async with client.head(platform.url + "/docs/guides") as reply:
        assert (reply.status, await reply.read()) == (200, b"")
    async with client.post(platform.url + "/docs") as reply:
        assert (reply.status, (await reply.json())["code"]) == (405, "method-not-allowed")
    assert platform.services.seen == []


@pytest.mark.parametrize("code", ["idempotency-key-missing", "rate-limited"])
async def test_a_problem_has_a_page_for_people_and_a_text_for_terminals(
    platform: Platform, client: aiohttp.ClientSession, code: str
) -> None:
    page = f"{platform.url}/problems/{code}"
    async with client.get(page) as reply:
        assert (reply.content_type, reply.headers["Vary"]) == ("text/plain", "accept")
        assert read_problems()[code]["meaning"] in await reply.text()
        tag = reply.headers["ETag"]
    async with client.get(page, headers={"Accept": "text/html", "If-None-Match": tag}) as reply:
        assert (reply.status, reply.content_type) == (200, "text/html")
        assert "Try again?" in await reply.text()
