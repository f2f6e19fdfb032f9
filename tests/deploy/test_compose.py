"""docker-compose.yml holds the platform that the code describes: all of it, and nothing more."""

import json
import re
import subprocess
import sys
from typing import Any

import jwt
import pytest

from chassis.principal import Principal, PrincipalVerifier, sign_principal
from composition import MEMBERS, ROOT, SERVICES, Block, Composition, filled, read_dotenv, variables_of
from contracts.registry import PUBLISHED
from ncce_cli.parts import PARTS

MODES = ("migrate", "seed", "serve", "work")
OURS = [*(f"{service}-{mode}" for service in SERVICES for mode in MODES), "identity-webhooks", "gateway"]
LONG_RUNNING = (["serve"], ["work"], ["webhooks"])
PORT = "8080"
"""Where every process listens in its container."""


def member_of(block: Block) -> str:
    return block.command[0]


def resolved(block: Block, dotenv: dict[str, str]) -> dict[str, str]:
    return {name: filled(value, dotenv) for name, value in block.environment.items()}


def read_settings(member: str, environment: dict[str, str]) -> dict[str, Any]:
    """What a member's settings become in a process that has this environment and nothing else."""
    program = f"from {member}.settings import Settings; print(Settings().model_dump_json())"
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def test_every_process_and_job_of_every_service_has_a_block_and_nothing_else_does(composition: Composition) -> None:
    assert set(composition.blocks) == {*OURS, "postgres", "nats"}
    for name in OURS:
        block = composition.blocks[name]
        member, mode = ("gateway", "serve") if name == "gateway" else name.rsplit("-", 1)
        assert block.command == [member, mode]
        assert block.content["image"] == f"ncce/{member}:${{NCCE_VERSION:-0.1.0}}"
        assert block.content["build"] == {
            "context": ".",
            "dockerfile": "deploy/Dockerfile",
            "args": {"MEMBER": member},
        }


def test_the_same_processes_run_as_under_ncce_up(composition: Composition) -> None:
    ours = {tuple(block.command) for block in composition.blocks.values() if block.command[1:] in LONG_RUNNING}
    assert ours == {(part.member, part.mode) for part in PARTS}
    assert set(SERVICES) == set(PUBLISHED)


@pytest.mark.parametrize("name", OURS)
def test_a_block_is_given_every_required_setting_and_nothing_that_no_setting_reads(
    composition: Composition, name: str
) -> None:
    block = composition.blocks[name]
    known = variables_of(member_of(block))
    assert set(block.environment) <= set(known)
    assert {variable for variable, field in known.items() if field.is_required()} <= set(block.environment)


@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_starts_with_exactly_the_settings_it_is_given(
    composition: Composition, dotenv: dict[str, str], member: str
) -> None:
    environments = [
        resolved(block, dotenv)
        for name, block in composition.blocks.items()
        if name in OURS and member_of(block) == member
    ]
    assert all(environment == environments[0] for environment in environments)
    settings = read_settings(member, environments[0])
    assert settings["environment"] == "production"
    assert settings["host"] == "0.0.0.0"  # noqa: S104 -- in a container, whose networks decide who gets there
    assert str(settings["port"]) == PORT
    assert str(settings.get("work_port", PORT)) == PORT


def test_the_gateway_finds_each_service_where_it_serves(composition: Composition) -> None:
    gateway = composition.blocks["gateway"]
    for service in SERVICES:
        assert gateway.environment[f"GATEWAY_{service.upper()}_URL"] == f"http://{service}-serve:{PORT}"
        assert f"{service}-front" in composition.blocks[f"{service}-serve"].networks & gateway.networks
        assert gateway.needs[f"{service}-serve"] == "service_healthy"


def test_only_the_gateway_is_published(composition: Composition) -> None:
    published = {name: block.content["ports"] for name, block in composition.blocks.items() if "ports" in block.content}
    assert published == {"gateway": [f"${{NCCE_BIND:-127.0.0.1}}:${{NCCE_PORT:-8080}}:{PORT}"]}


def test_each_service_has_its_own_database_role_and_broker_user(
    composition: Composition, dotenv: dict[str, str]
) -> None:
    passwords = set()
    for service in SERVICES:
        environment = resolved(composition.blocks[f"{service}-serve"], dotenv)
        database = dotenv[f"{service.upper()}_DATABASE_PASSWORD"]
        broker = dotenv[f"{service.upper()}_BROKER_PASSWORD"]
        assert environment[f"{service.upper()}_DATABASE_URL"] == f"postgresql://{service}:{database}@postgres/{service}"
        assert environment["NATS_URL"] == f"nats://{service}:{broker}@nats:4222"
        passwords |= {database, broker}
    assert len({*passwords, dotenv["POSTGRES_PASSWORD"]}) == 2 * len(SERVICES) + 1
    given = {name for block in ("postgres", "nats") for name in composition.blocks[block].environment}
    for service in SERVICES:
        assert {f"{service.upper()}_DATABASE_PASSWORD", f"{service.upper()}_BROKER_PASSWORD"} <= given


def test_only_what_must_talk_shares_a_network(composition: Composition) -> None:
    blocks = composition.blocks
    for service in SERVICES:
        for mode in ("migrate", "seed", "work"):
            assert blocks[f"{service}-{mode}"].networks == {f"{service}-inner"}
        assert blocks[f"{service}-serve"].networks == {f"{service}-inner", f"{service}-front"}
    assert blocks["identity-webhooks"].networks == {"identity-inner", "outside"}
    fronts = {f"{service}-front" for service in SERVICES}
    inners = {f"{service}-inner" for service in SERVICES}
    assert blocks["gateway"].networks == {"outside", "gateway-inner", *fronts}
    assert blocks["postgres"].networks == inners
    assert blocks["nats"].networks == {"gateway-inner", *inners}
    networks = composition.content["networks"]
    assert networks == {"outside": None} | {name: {"internal": True} for name in {"gateway-inner", *fronts, *inners}}


def test_databases_are_migrated_and_filled_before_anything_serves(composition: Composition) -> None:
    blocks = composition.blocks
    for service in SERVICES:
        assert blocks[f"{service}-migrate"].needs == {"postgres": "service_healthy"}
        assert blocks[f"{service}-seed"].needs == {f"{service}-migrate": "service_completed_successfully"}
        for mode in ("serve", "work"):
            needs = blocks[f"{service}-{mode}"].needs
            assert needs == {f"{service}-seed": "service_completed_successfully", "nats": "service_healthy"}


def test_no_container_may_write_outside_its_volumes_or_gain_rights(composition: Composition) -> None:
    for block in composition.blocks.values():
        assert block.content["read_only"] is True
        assert block.content["cap_drop"] == ["ALL"]
        assert block.content["security_opt"] == ["no-new-privileges:true"]
        assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(block.content)
    with_volumes = {
        name: block.content["volumes"] for name, block in composition.blocks.items() if "volumes" in block.content
    }
    assert with_volumes == {
        "postgres": ["postgres:/var/lib/postgresql"],
        "nats": ["nats:/data"],
        "identity-work": ["mail:/var/lib/ncce/mail"],
        "certification-serve": ["evidence:/var/lib/ncce/evidence"],
        "certification-work": ["evidence:/var/lib/ncce/evidence"],
    }


def test_every_long_running_container_says_whether_it_is_ready(composition: Composition) -> None:
    for name, block in composition.blocks.items():
        if name.endswith(("-migrate", "-seed")):
            assert block.content["healthcheck"] == {"disable": True}
            assert block.content["restart"] == "no"
            continue
        assert block.content["restart"] == "unless-stopped"
        if name in OURS:
            probe = block.content["healthcheck"]["test"]
            assert probe[:5] == ["CMD", "python", "-I", "-S", "-c"]
            assert f"'127.0.0.1', {PORT}" in probe[5]
            assert "'/health/ready'" in probe[5]


def test_the_example_names_every_variable_and_no_other(composition: Composition) -> None:
    example = read_dotenv((ROOT / "deploy" / "env.example").read_text())
    assert set(example) == composition.references
    optional = {name for name, value in example.items() if value}
    assert optional == {"NCCE_BIND", "NCCE_PORT", "NCCE_PUBLIC_URL", "NCCE_VERSION"}
    may_stay_empty = {name for name in example if name.startswith("FUNDING_BACS_")} | {"CERTIFICATION_PROVIDER_SECRETS"}
    for name in composition.references - optional - may_stay_empty:
        uses = re.findall(rf"\$\{{{name}[^}}]*\}}", composition.text)
        assert uses
        assert set(uses) == {f"${{{name}:?}}"}


def test_no_secret_is_written_in_a_file(composition: Composition) -> None:
    for path in (ROOT / "docker-compose.yml", ROOT / "deploy" / "env.example", ROOT / "deploy" / "nats.conf"):
        # 24 letters and digits in a row, some of each: what keys look like, and no word or path does.
        long = re.findall(r"[A-Za-z0-9_-]{24,}", path.read_text())
        assert [word for word in long if re.search(r"\d", word)] == []
    assert "/.env" in (ROOT / ".gitignore").read_text().splitlines()


def test_the_services_believe_what_the_gateway_signs(dotenv: dict[str, str]) -> None:
    caller = Principal(kind="anonymous")
    signed = sign_principal(caller, jwt.PyJWK.from_json(dotenv["GATEWAY_PRINCIPAL_KEY"]), "funding")
    assert PrincipalVerifier(dotenv["PRINCIPAL_KEYS"], "funding").verify(signed) == caller
    assert '"d"' not in dotenv["PRINCIPAL_KEYS"]
    private = [json.loads(dotenv["GATEWAY_PRINCIPAL_KEY"])]
    private += [json.loads(dotenv[name])["keys"][0] for name in ("IDENTITY_TOKEN_KEYS", "CERTIFICATION_SIGNING_KEYS")]
    assert len({key["d"] for key in private}) == 3
