"""docker-compose.yml as tests read it: its blocks, what each is given, and what the code says it needs."""

import importlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import AliasChoices
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

ROOT = Path(__file__).resolve().parents[1]
SERVICES = tuple(sorted(path.parent.name for path in ROOT.glob("services/*/pyproject.toml")))
"""As the workspace has them: a fifth service appears here by being there."""
MEMBERS = (*SERVICES, "gateway")
REFERENCE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?::(?P<mark>[-?])(?P<rest>[^}]*))?\}")


@dataclass(frozen=True)
class Block:
    """One container."""

    name: str
    content: dict[str, Any]

    @property
    def command(self) -> list[str]:
        return list(self.content.get("command", []))

    @property
    def environment(self) -> dict[str, str]:
        return dict(self.content.get("environment", {}))

    @property
    def networks(self) -> set[str]:
        return set(self.content["networks"])

    @property
    def needs(self) -> dict[str, str]:
        """Blocks that come first, with the condition."""
        return {name: one["condition"] for name, one in self.content.get("depends_on", {}).items()}


@dataclass(frozen=True)
class Composition:
    """The whole file, YAML's merges applied."""

    text: str
    content: dict[str, Any]

    @property
    def blocks(self) -> dict[str, Block]:
        return {name: Block(name, content) for name, content in self.content["services"].items()}

    @property
    def references(self) -> set[str]:
        """Every variable that is to come from outside."""
        return {found["name"] for found in REFERENCE.finditer(self.text)}


def read_composition() -> Composition:
    text = (ROOT / "docker-compose.yml").read_text()
    return Composition(text, cast(dict[str, Any], yaml.safe_load(text)))


def filled(value: str, variables: dict[str, str]) -> str:
    """A value as compose hands it over: `${NAME:?}` must be there, `${NAME:-default}` may."""

    def fill(found: re.Match[str]) -> str:
        given = variables.get(found["name"])
        if given:
            return given
        assert found["mark"] == "-", f"{found['name']} is required and not given"
        return found["rest"]

    return REFERENCE.sub(fill, value)


def settings_of(member: str) -> type[BaseSettings]:
    return cast(type[BaseSettings], importlib.import_module(f"{member}.settings").Settings)


def variables_of(member: str) -> dict[str, FieldInfo]:
    """The environment variables that a member reads, as documented: by prefix, or by the alias written in capitals."""
    settings = settings_of(member)
    prefix = settings.model_config["env_prefix"]
    return {_variable(name, field, prefix): field for name, field in settings.model_fields.items()}


def _variable(name: str, field: FieldInfo, prefix: str) -> str:
    alias = field.validation_alias
    if alias is None:
        return f"{prefix}{name}".upper()
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias]
    (documented,) = (choice for choice in choices if isinstance(choice, str) and choice.isupper())
    return documented


def read_dotenv(text: str) -> dict[str, str]:
    """NAME=value or NAME='value' lines, as compose reads them."""
    lines = (line.partition("=") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: value.strip("'") for name, _, value in lines}
