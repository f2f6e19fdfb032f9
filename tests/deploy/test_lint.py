"""The deployment's files, as the tools of their trades see them."""

import subprocess
import sysconfig
from pathlib import Path

import pytest

from composition import ROOT

PROGRAMS = Path(sysconfig.get_path("scripts"))
SCRIPTS = sorted(
    path
    for folder in ("deploy", ".ci")
    for path in (ROOT / folder).rglob("*")
    if path.is_file() and path.read_bytes().startswith((b"#!/bin/sh", b"#!/bin/bash", b"#!/usr/bin/env bash"))
)
YAML = [
    "docker-compose.yml",
    ".yamllint",
    "deploy/observability/prometheus.yaml",
    "deploy/observability/grafana/source.yaml",
    "deploy/observability/grafana/boards.yaml",
]


def check(program: str, *arguments: str) -> None:
    done = subprocess.run([PROGRAMS / program, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hadolint_accepts_the_dockerfile() -> None:
    check("hadolint", "deploy/Dockerfile")


def test_the_compose_file_follows_the_published_schema() -> None:
    check("check-jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


@pytest.mark.parametrize("path", YAML)
def test_yamllint_accepts(path: str) -> None:
    check("yamllint", "--strict", path)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_shellcheck_accepts(script: Path) -> None:
    check("shellcheck", str(script))
