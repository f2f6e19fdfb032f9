"""deploy/k8s/external-secrets: every secret that the manifests name is fetched, each key of it, and nothing more."""

from collections.abc import Iterator

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # it has no types

from completeness import guide_of_secrets, secrets_named
from manifests import K8S, Cluster, Manifest, built, render, schemas

STORED = "ncce/"


@pytest.fixture(scope="module")
def fetched() -> list[Manifest]:
    return built(K8S / "external-secrets")


def pairs(manifests: list[Manifest]) -> Iterator[tuple[str, str]]:
    for one in manifests:
        yield from ((one["spec"]["target"]["name"], item["secretKey"]) for item in one["spec"]["data"])


def test_each_secret_of_production_is_fetched_whole_and_nothing_else_is(fetched: list[Manifest]) -> None:
    given = list(pairs(fetched))
    assert len(given) == len(set(given))
    assert set(given) == secrets_named(Cluster(render("production"))) == guide_of_secrets()


def test_each_follows_its_schema_to_the_letter(fetched: list[Manifest]) -> None:
    known = schemas()
    schema = {**known["kinds"]["external-secrets.io/v1 ExternalSecret"], "$defs": known["$defs"]}
    for one in fetched:
        assert f"{one['apiVersion']} {one['kind']}" == "external-secrets.io/v1 ExternalSecret"
        assert [error.message for error in Draft202012Validator(schema).iter_errors(one)] == []


def test_a_secret_is_found_by_its_own_name_and_stays_when_the_store_is_gone(fetched: list[Manifest]) -> None:
    for one in fetched:
        name, spec = one["metadata"]["name"], one["spec"]
        assert spec["target"]["name"] == name
        assert (spec["target"]["creationPolicy"], spec["target"]["deletionPolicy"]) == ("Orphan", "Retain")
        assert spec["secretStoreRef"] == {"kind": "ClusterSecretStore", "name": "ncce"}
        for item in spec["data"]:
            assert item["remoteRef"] == {"key": f"{STORED}{name}", "property": item["secretKey"]}


def test_what_a_database_reads_is_of_the_kind_it_reads_and_told_when_it_changes(fetched: list[Manifest]) -> None:
    for one in fetched:
        template = one["spec"]["target"].get("template", {})
        of_a_role = any(item["secretKey"] == "username" for item in one["spec"]["data"])
        assert (template.get("type") == "kubernetes.io/basic-auth") is of_a_role
        assert (template.get("metadata") == {"labels": {"cnpg.io/reload": "true"}}) is of_a_role
