"""What each process is told: its own wiring and secrets, nobody else's, the same after every start."""

import json
from pathlib import Path

import jwt
import pytest

from ncce_cli.errors import SettingsWrong
from ncce_cli.keys import KeyStore, new_signing_key, public_part
from ncce_cli.parts import GATEWAY, PARTS, SERVICES, Part
from ncce_cli.settings_for import Connections, Environments, External, gateway_port
from ncce_cli.state import Home

CONNECTIONS = Connections(
    {service: f"postgresql://{service}:secret-of-{service}@127.0.0.1:5432/{service}" for service in SERVICES},
    "nats://ncce:word@127.0.0.1:4222",
    "http://127.0.0.1:8222",
)
PORTS = {part.name: 9000 + number for number, part in enumerate(PARTS)}
SECRETS = ("IDENTITY_TOKEN_KEYS", "CERTIFICATION_SIGNING_KEYS", "FUNDING_PAYEE_KEYS", "GATEWAY_PRINCIPAL_KEY")


@pytest.fixture
def environments(tmp_path: Path) -> Environments:
    home = Home(tmp_path)
    home.make()
    return Environments(home, CONNECTIONS, PORTS)


def test_each_service_knows_its_own_database_only(environments: Environments) -> None:
    for part in PARTS:
        told = environments.of(part)
        for service in SERVICES:
            assert (f"secret-of-{service}" in json.dumps(told)) == (service == part.member)


def test_each_secret_has_one_holder(environments: Environments) -> None:
    holders = {secret: {part.member for part in PARTS if secret in environments.of(part)} for secret in SECRETS}
    assert holders == {
        "IDENTITY_TOKEN_KEYS": {"identity"},
        "CERTIFICATION_SIGNING_KEYS": {"certification"},
        "FUNDING_PAYEE_KEYS": {"funding"},
        "GATEWAY_PRINCIPAL_KEY": {"gateway"},
    }


def test_what_the_gateway_signs_every_process_can_verify(environments: Environments) -> None:
    gateway = environments.of(Part(GATEWAY, "serve"))
    private = jwt.PyJWK.from_json(gateway["GATEWAY_PRINCIPAL_KEY"])
    signed = jwt.encode({"sub": "somebody"}, private.key, "EdDSA", {"kid": private.key_id})
    for part in PARTS:
        keys = environments.of(part)["PRINCIPAL_KEYS"]
        [public] = jwt.PyJWKSet.from_json(keys).keys
        assert public.key_id == private.key_id
        assert jwt.decode(signed, public.key, ["EdDSA"]) == {"sub": "somebody"}
        assert "d" not in json.loads(keys)["keys"][0]


def test_the_gateway_knows_where_each_service_serves(environments: Environments) -> None:
    gateway = environments.of(Part(GATEWAY, "serve"))
    for service in SERVICES:
        assert gateway[f"GATEWAY_{service.upper()}_URL"] == f"http://127.0.0.1:{PORTS[f'{service}-serve']}"
        own = environments.of(Part(service, "work"))
        assert own[f"{service.upper()}_PORT"] == str(PORTS[f"{service}-serve"])
        assert own[f"{service.upper()}_WORK_PORT"] == str(PORTS[f"{service}-work"])
    assert gateway["GATEWAY_PORT"] == str(PORTS["gateway"])


def test_settings_of_the_terminal_reach_their_service_and_no_other(
    environments: Environments, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FUNDING_LOG_LEVEL", "DEBUG")
    monkeypatch.setenv("IDENTITY_MAILDIR", "/elsewhere")
    monkeypatch.setenv("FUNDING_PORT", "1")
    assert environments.of(Part("funding", "serve"))["FUNDING_LOG_LEVEL"] == "DEBUG"
    assert environments.of(Part("funding", "serve"))["FUNDING_PORT"] == str(PORTS["funding-serve"])
    assert environments.of(Part("identity", "serve"))["IDENTITY_MAILDIR"] == "/elsewhere"
    assert "FUNDING_LOG_LEVEL" not in environments.of(Part("hubs", "serve"))


def test_keys_are_made_once_and_are_ours_alone(tmp_path: Path) -> None:
    first, second = KeyStore(tmp_path), KeyStore(tmp_path)
    assert first.signing_key("some") == second.signing_key("some")
    assert first.signing_key("some") != second.signing_key("other")
    assert first.database_passwords() == second.database_passwords()
    assert len(set(first.database_passwords().values())) == len(SERVICES)
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_a_public_key_keeps_the_private_part_to_itself() -> None:
    key = new_signing_key()
    assert set(key) - set(public_part(key)) == {"d"}


@pytest.mark.parametrize("named", ["", "8081"])
def test_the_gateways_port_is_8080_or_as_named(named: str) -> None:
    assert gateway_port({"NCCE_PORT": named}) == int(named or 8080)


@pytest.mark.parametrize("named", ["http", "0", "65536", "-1", "8080.5"])
def test_a_port_that_is_none_is_refused(named: str) -> None:
    with pytest.raises(SettingsWrong, match="NCCE_PORT"):
        gateway_port({"NCCE_PORT": named})


def test_external_parts_are_all_databases_or_none_and_the_broker_by_itself() -> None:
    databases = {f"{service.upper()}_DATABASE_URL": f"postgresql://host/{service}" for service in SERVICES}
    assert External.of({}) == External({}, None)
    assert External.of({"NATS_URL": "nats://host"}).nats_url == "nats://host"
    assert set(External.of(databases).databases) == set(SERVICES)
    with pytest.raises(SettingsWrong, match="HUBS_DATABASE_URL too"):
        External.of({name: url for name, url in databases.items() if not name.startswith("HUBS")})
    with pytest.raises(SettingsWrong, match="postgresql://"):
        External.of({**databases, "HUBS_DATABASE_URL": "sqlite:///hubs.db"})
