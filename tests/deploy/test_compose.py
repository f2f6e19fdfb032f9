"""docker-compose.yml holds the platform that the code describes: all of it, and nothing more."""

import json
import re
import subprocess
import sys
from typing import Any

import jwt
import pytest
import yaml

from chassis.principal import Principal, PrincipalVerifier, sign_principal
from composition import MEMBERS, ROOT, SERVICES, Block, Composition, filled, read_dotenv, variables_of
from contracts.registry import PUBLISHED
from ncce_cli.kubernetes_secrets import FROM_OTHERS
from ncce_cli.parts import PARTS

MODES = ("migrate", "seed", "serve", "work")
OURS = [*(f"{service}-{mode}" for service in SERVICES for mode in MODES), "identity-webhooks", "gateway"]
WATCHERS = ("prometheus", "alertmanager", "grafana")
"""Blocks of the profile `observe`."""
OBSERVABILITY = ROOT / "deploy" / "observability"
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
    assert set(composition.blocks) == {*OURS, "postgres", "nats", *WATCHERS}
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
    # The job that migrates is told two things of its own; see the next test but one.
    assert {
        frozenset(environment.items())
        for environment in environments
        if f"{member.upper()}_RUNNING_ROLE" not in environment
    } == {frozenset(environments[-1].items())}
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


def test_only_the_gateway_and_the_dashboards_are_published(composition: Composition) -> None:
    published = {name: block.content["ports"] for name, block in composition.blocks.items() if "ports" in block.content}
    assert published == {
        "gateway": [f"${{NCCE_BIND:-127.0.0.1}}:${{NCCE_PORT:-8080}}:{PORT}"],
        "grafana": ["${NCCE_BIND:-127.0.0.1}:${NCCE_GRAFANA_PORT:-3000}:3000"],
    }


def test_each_service_has_its_own_database_roles_and_broker_user(
    composition: Composition, dotenv: dict[str, str]
) -> None:
    passwords = set()
    for service in SERVICES:
        prefix = service.upper()
        environment = resolved(composition.blocks[f"{service}-serve"], dotenv)
        migrating = resolved(composition.blocks[f"{service}-migrate"], dotenv)
        database, owner = dotenv[f"{prefix}_RUNNING_PASSWORD"], dotenv[f"{prefix}_DATABASE_PASSWORD"]
        own = {
            f"{prefix}_DATABASE_URL": f"postgresql://{service}:{owner}@postgres/{service}",
            f"{prefix}_RUNNING_ROLE": f"{service}_run",
        }
        assert migrating == environment | own
        broker = dotenv[f"{service.upper()}_BROKER_PASSWORD"]
        assert (
            environment[f"{service.upper()}_DATABASE_URL"]
            == f"postgresql://{service}_run:{database}@postgres/{service}"
        )
        assert environment["NATS_URL"] == f"nats://{service}:{broker}@nats:4222"
        passwords |= {database, owner, broker}
    assert len({*passwords, dotenv["POSTGRES_PASSWORD"]}) == 3 * len(SERVICES) + 1
    given = {name for block in ("postgres", "nats") for name in composition.blocks[block].environment}
    for service in SERVICES:
        assert {f"{service.upper()}_{what}_PASSWORD" for what in ("DATABASE", "RUNNING", "BROKER")} <= given


def test_only_what_must_talk_shares_a_network(composition: Composition) -> None:
    blocks = composition.blocks
    for service in SERVICES:
        out = {"identity-outside"} if service == "identity" else set()
        for mode in ("migrate", "seed"):
            assert blocks[f"{service}-{mode}"].networks == {f"{service}-inner"}
        assert blocks[f"{service}-work"].networks == {f"{service}-inner"} | out
        assert blocks[f"{service}-serve"].networks == {f"{service}-inner", f"{service}-front"} | out
    assert blocks["identity-webhooks"].networks == {"identity-inner", "outside"}
    fronts = {f"{service}-front" for service in SERVICES}
    inners = {f"{service}-inner" for service in SERVICES}
    assert blocks["gateway"].networks == {"outside", "gateway-inner", *fronts}
    assert blocks["postgres"].networks == inners
    assert blocks["nats"].networks == {"gateway-inner", *inners}
    assert blocks["prometheus"].networks == {"watching", "gateway-inner", *inners}
    assert blocks["grafana"].networks == {"watching", "watched-from-outside"}
    assert blocks["alertmanager"].networks == {"watching", "alerts-outside"}
    networks = composition.content["networks"]
    leading_out = dict.fromkeys(("outside", "identity-outside", "watched-from-outside", "alerts-outside"))
    assert networks == leading_out | {
        name: {"internal": True} for name in {"gateway-inner", "watching", *fronts, *inners}
    }


def test_every_process_is_watched_by_the_names_that_rules_ask_for(composition: Composition) -> None:
    content = yaml.safe_load((OBSERVABILITY / "prometheus.yaml").read_text())
    (job,) = content["scrape_configs"]
    watched = {
        one["targets"][0]: (one["labels"]["service"], one["labels"]["mode"])
        for one in job["static_configs"]
        if len(one["targets"]) == 1
    }
    running = {
        name: tuple(block.command) for name, block in composition.blocks.items() if block.command[1:] in LONG_RUNNING
    }
    gateway = composition.blocks["gateway"].environment
    assert watched == {
        f"{name}:{gateway['GATEWAY_ADMIN_PORT'] if name == 'gateway' else PORT}": parts
        for name, parts in running.items()
    }
    prometheus = composition.blocks["prometheus"].networks
    assert all(prometheus & composition.blocks[name].networks for name in running)


def test_every_rule_and_every_dashboard_is_mounted_where_it_is_looked_for(composition: Composition) -> None:
    files = {name: one["file"] for name, one in composition.content["configs"].items()}
    for block, folder, place, pattern in (
        ("prometheus", "rules", "/etc/prometheus/rules", "*.yaml"),
        ("grafana", "dashboards", "/etc/grafana/boards", "*.json"),
    ):
        mounted = {one["target"]: files[one["source"]] for one in composition.blocks[block].content["configs"]}
        for path in (OBSERVABILITY / folder).glob(pattern):
            assert mounted[f"{place}/{path.name}"] == str(path.relative_to(ROOT))
    content = yaml.safe_load((OBSERVABILITY / "prometheus.yaml").read_text())
    assert content["rule_files"] == ["rules/*.yaml"]
    assert composition.blocks["prometheus"].command[0] == "--config.file=/etc/prometheus/prometheus.yml"
    (told,) = content["alerting"]["alertmanagers"]
    assert told["static_configs"] == [{"targets": ["alertmanager:9093"]}]
    alerting = composition.blocks["alertmanager"].content
    assert alerting["configs"] == [{"source": "alertmanager", "target": "/etc/alertmanager/alertmanager.yaml"}]
    assert files["alertmanager"] == "deploy/observability/alertmanager.yaml"
    routing = yaml.safe_load((OBSERVABILITY / "alertmanager.yaml").read_text())
    read = {hook["url_file"] for one in routing["receivers"] for hook in one["webhook_configs"]}
    assert read == {f"/run/secrets/{name}" for name in alerting["secrets"]}
    assert set(composition.content["secrets"]) == set(alerting["secrets"])
    boards = yaml.safe_load((OBSERVABILITY / "grafana" / "boards.yaml").read_text())
    assert boards["providers"][0]["options"]["path"] == "/etc/grafana/boards"
    source = yaml.safe_load((OBSERVABILITY / "grafana" / "source.yaml").read_text())
    assert source["datasources"][0]["url"] == "http://prometheus:9090"


def test_what_watches_is_started_only_when_asked_for(composition: Composition) -> None:
    with_profiles = {name for name, block in composition.blocks.items() if "profiles" in block.content}
    assert with_profiles == set(WATCHERS)
    assert all(
        not set(WATCHERS) & set(block.needs) for name, block in composition.blocks.items() if name not in WATCHERS
    )


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
        "hubs-serve": ["documents:/var/lib/ncce/documents"],
        "hubs-work": ["documents:/var/lib/ncce/documents"],
        "certification-serve": ["evidence:/var/lib/ncce/evidence"],
        "certification-work": ["evidence:/var/lib/ncce/evidence"],
        "prometheus": ["numbers:/prometheus"],
        "alertmanager": ["alerts:/alertmanager"],
        "grafana": ["boards:/var/lib/grafana"],
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
    assert optional == {
        "NCCE_BIND", "NCCE_PORT", "NCCE_PUBLIC_URL", "NCCE_VERSION", "NCCE_GRAFANA_PORT",
        "IDENTITY_MAIL_TRANSPORT", "IDENTITY_MAIL_FROM", "ALERT_PAGE_URL_FILE", "ALERT_TICKET_URL_FILE",
    }  # fmt: skip
    may_stay_empty = {name for name in example if name.startswith("FUNDING_BACS_")} | {
        "CERTIFICATION_PROVIDER_SECRETS", "OTLP_URL", *FROM_OTHERS,
    }  # fmt: skip
    for name in composition.references - optional - may_stay_empty:
        uses = re.findall(rf"\$\{{{name}[^}}]*\}}", composition.text)
        assert uses
        assert set(uses) == {f"${{{name}:?}}"}


def test_no_secret_is_written_in_a_file(composition: Composition) -> None:
    for path in (
        ROOT / "docker-compose.yml",
        ROOT / "deploy" / "env.example",
        ROOT / "deploy" / "broker" / "nats.conf",
        ROOT / "deploy" / "broker" / "users.conf",
    ):
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
