"""Bruno's collection has every operation as the description says it.

Bruno itself is not here: what it reads is read by a parser of its own, as strict as the format's description.
"""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from composition import ROOT
from gateway.portal.description import operations_in
from ncce_cli.api.releases import released
from ncce_cli.sdk.bruno import example_of, slug
from ncce_cli.sdk.python_library import first_content

FOLDER = ROOT / "sdk" / "bruno"
BLOCK = re.compile(r"([a-z]+(?::[a-z-]+)?) (\{|\[)\n(.*?)^(\}|\])\n", re.DOTALL | re.MULTILINE)
PAIR = re.compile(r"  (~?[A-Za-z][\w.-]*):(?: (\S.*))?")
TEXTS = ("docs", "body:json", "body:text")
METHODS = {"get", "post", "put", "patch", "delete"}

Blocks = dict[str, dict[str, str] | str]


def read(text: str) -> Blocks:
    """A file's blocks; ValueError for anything that is none, comes twice, or holds what it may not."""
    found: Blocks = {}
    rest = BLOCK.sub("", text)
    if rest.strip():
        raise ValueError(f"not a block: {rest[:80]}")
    for name, opened, content, closed in BLOCK.findall(text):
        if name in found or (opened, closed) not in (("{", "}"), ("[", "]")):
            raise ValueError(name)
        found[name] = content if name in TEXTS or opened == "[" else _pairs(content)
    return found


def _pairs(content: str) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for line in content.splitlines():
        one = PAIR.fullmatch(line)
        if one is None or one[1] in pairs:
            raise ValueError(line)
        pairs[one[1]] = one[2] or ""
    return pairs


@cache
def requests() -> dict[str, dict[str, dict[str, str]]]:
    """Each request's blocks by its path in the collection."""
    folders = [one for one in FOLDER.iterdir() if one.is_dir() and one.name != "environments"]
    return {str(path.relative_to(FOLDER)): read(path.read_text()) for one in folders for path in one.iterdir()}  # type: ignore[misc]


def test_every_operation_is_a_request_in_the_folder_of_its_area_and_nothing_else_is() -> None:
    wanted = {f"{slug(one['tags'][0])}/{one['operationId']}.bru" for one in operations_in(released())}
    assert set(requests()) == wanted


def test_requests_say_what_the_description_says() -> None:
    for path, item in released()["paths"].items():
        for method, operation in item.items():
            blocks = requests()[f"{slug(operation['tags'][0])}/{operation['operationId']}.bru"]
            assert METHODS & blocks.keys() == {method}
            url = blocks[method]["url"].partition("?")[0]
            assert url == "{{base}}" + re.sub(r"\{(\w+)\}", r":\1", path)
            names = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"}
            assert set(blocks.get("params:path", {})) == names == set(re.findall(r"/:(\w+)", url))
            for place, block in (("query", "params:query"), ("header", "headers")):
                described = {one["name"] for one in operation.get("parameters", ()) if one["in"] == place}
                assert {name.lstrip("~") for name in blocks.get(block, {})} == described
            schemes = {name for one in operation["security"] for name in one}
            auth = blocks[method]["auth"]
            assert auth == ("apikey" if "apiKey" in schemes else "bearer" if schemes else "none"), operation[
                "operationId"
            ]
            assert (f"auth:{auth}" in blocks) is (auth != "none")


def test_bodies_are_the_examples_of_the_description() -> None:
    document = released()
    for operation in operations_in(document):
        media_type, schema = first_content(operation.get("requestBody", {}))
        blocks = requests()[f"{slug(operation['tags'][0])}/{operation['operationId']}.bru"]
        if media_type == "application/json":
            assert json.loads(str(blocks["body:json"])) == example_of(operation, schema, document)
        assert any(name.startswith("body:") for name in blocks) is bool(media_type)


@pytest.mark.parametrize("name", ["local", "sandbox"])
def test_an_environment_has_what_requests_ask_of_it(name: str) -> None:
    blocks = read((FOLDER / "environments" / f"{name}.bru").read_text())
    secret = {line.strip(" ,") for line in str(blocks["vars:secret"]).splitlines()}
    assert isinstance(blocks["vars"], dict)
    needed = {"base", "key"} | ({"token"} if name == "local" else set())
    assert blocks["vars"].keys() | secret == needed
    asked = {one for path in FOLDER.rglob("*.bru") for one in re.findall(r"\{\{(\w+)\}\}", Path(path).read_text())}
    assert asked == {"base", "key", "token"}


@pytest.mark.parametrize("text", ["get {\n  url: x\n", "get {\nurl: x\n}\n", "get {\n  a: 1\n  a: 2\n}\n", "rest\n"])
def test_what_is_no_collection_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read(text)
