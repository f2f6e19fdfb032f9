"""`python -m ncce_cli.reference`: writes those parts of the documentation that the code already knows.

`docs/settings.md`, `docs/problems.md`, the gateway's `problems.json`, `deploy/k8s/scaling/work.yaml`,
`deploy/k8s/watching` and `deploy/broker/users.conf` are written whole; in README.md and docs/guide/capacity.md what
stands between `<!-- begin: NAME -->` and `<!-- end: NAME -->`. A test asks whether all of it is current.
"""

import ast
import importlib
import inspect
import textwrap
from collections import defaultdict
from pathlib import Path
from typing import cast

from pydantic import AliasChoices, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

from chassis.service import Service
from chassis.settings import ServiceSettings
from contracts.registry import PUBLISHED, PUBLISHER
from gateway.routes import ROUTES
from gateway.settings import Settings as GatewaySettings
from ncce_cli import broker_rights, capacity, problems, scaling, watching
from ncce_cli.parts import GATEWAY, ROOT, SERVICES

SETTINGS_HEADER = """\
# Settings

All settings come from the environment, are read once at start, and are checked then: a process with a wrong or missing
one does not start and says which. `./ncce up` sets what is required; for Docker see
[deploy/env.example](../deploy/env.example). An empty default means that the setting must be given.

Written by `python -m ncce_cli.reference` from the settings classes; do not edit.
"""


def service_of(name: str) -> Service:
    return cast(Service, importlib.import_module(f"{name}.app").SERVICE)


def heard_by(service: Service) -> list[str]:
    return sorted({one.event.subject for one in service.subscriptions.table})


def prefixes_of(service: str) -> list[str]:
    """What the gateway sends to a service, without what lies under another of its prefixes."""
    found = [route.prefix for route in ROUTES if route.service == service]
    return [one for one in found if not any(one.startswith(f"{other}/") for other in found)]


def code_list(words: list[str]) -> str:
    return ", ".join(f"`{word}`" for word in words) or "–"


# --- README -----------------------------------------------------------------------------------------------------------


def services_table() -> str:
    lines = ["| service, its database and role | paths | publishes | hears |", "|---|---|---|---|"]
    for name in SERVICES:
        published = sorted(event.subject for event in PUBLISHED[name])
        heard = heard_by(service_of(name))
        lines.append(f"| **{name}** | {code_list(prefixes_of(name))} | {code_list(published)} | {code_list(heard)} |")
    return "\n".join(lines)


def flow_diagram() -> str:
    """Who calls whom, and which events go from whom to whom."""
    carried: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name in SERVICES:
        for subscription in service_of(name).subscriptions.table:
            carried[PUBLISHER[subscription.event], name].append(subscription.event.subject)
    edges = [
        f'    {publisher} -. "{"<br/>".join(sorted(set(subjects)))}" .-> {consumer}'
        for (publisher, consumer), subjects in sorted(carried.items())
    ]
    return "\n".join(
        [
            "```mermaid",
            "flowchart LR",
            "    callers([teachers, hub staff, partners]) --> gateway",
            f"    gateway --> {' & '.join(SERVICES)}",
            *edges,
            "```",
        ]
    )


# --- docs/settings.md -------------------------------------------------------------------------------------------------


def settings_page() -> str:
    shared = set(ServiceSettings.model_fields)
    parts = [SETTINGS_HEADER]
    parts.append(settings_table("Every service (`<SERVICE>` is its name in capitals)", ServiceSettings, "<SERVICE>_"))
    for name in SERVICES:
        settings = service_of(name).settings
        if set(settings.model_fields) - shared:
            parts.append(settings_table(name.capitalize(), settings, leave_out=shared))
    parts.append(settings_table(GATEWAY.capitalize(), GatewaySettings))
    return "\n".join(parts)


def settings_table(
    title: str, settings: type[BaseSettings], prefix: str | None = None, leave_out: set[str] | None = None
) -> str:
    prefix = prefix or settings.model_config["env_prefix"]
    said = docstrings(settings)
    rows = [
        f"| `{variable(name, field, prefix)}` | {default(field)} | {said.get(name, '')} |"
        for name, field in settings.model_fields.items()
        if name not in (leave_out or set())
    ]
    return "\n".join([f"## {title}", "", "| variable | default | meaning |", "|---|---|---|", *rows, ""])


def variable(name: str, field: FieldInfo, prefix: str) -> str:
    """The environment variable as documented: by prefix, or by the alias that is written in capitals."""
    if isinstance(field.validation_alias, AliasChoices):
        return next(str(choice) for choice in field.validation_alias.choices if str(choice).isupper())
    return field.validation_alias if isinstance(field.validation_alias, str) else f"{prefix}{name.upper()}"


def default(field: FieldInfo) -> str:
    if field.default is PydanticUndefined:
        return "(secret)" if field.annotation is SecretStr else ""
    return "(empty)" if field.default == "" else f"`{field.default}`"


def docstrings(settings: type[BaseSettings]) -> dict[str, str]:
    """The string under each field, also of those that are inherited."""
    found: dict[str, str] = {}
    for kind in reversed(settings.__mro__):
        if issubclass(kind, BaseSettings) and kind is not BaseSettings:
            found |= own_docstrings(kind)
    return found


def own_docstrings(kind: type[BaseSettings]) -> dict[str, str]:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(definition, ast.ClassDef)
    found = {}
    for field, after in zip(definition.body, definition.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and is_string(after):
            found[field.target.id] = " ".join(str(ast.literal_eval(cast(ast.Expr, after).value)).split())
    return found


def is_string(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )


# --- all of it --------------------------------------------------------------------------------------------------------


def with_regions(text: str, regions: dict[str, str]) -> str:
    """`text` with new content between the marks of each region. ValueError when a region has no marks."""
    for name, content in regions.items():
        begin, end = f"<!-- begin: {name} -->\n", f"<!-- end: {name} -->"
        before, found, rest = text.partition(begin)
        _, also_found, after = rest.partition(end)
        if not found or not also_found:
            raise ValueError(f"{begin.strip()} … {end.strip()} is missing")
        text = f"{before}{begin}{content}\n{end}{after}"
    return text


def pages() -> dict[Path, str]:
    """Every file that is written here, as it should be."""
    readme, sized = ROOT / "README.md", ROOT / "docs" / "guide" / "capacity.md"
    regions = {"services": services_table(), "flow": flow_diagram()}
    services = {name: service_of(name) for name in SERVICES}
    return {
        readme: with_regions(readme.read_text(), regions),
        sized: with_regions(sized.read_text(), capacity.regions()),
        ROOT / "docs" / "settings.md": settings_page(),
        ROOT / "docs" / "problems.md": problems.page(),
        ROOT / "gateway" / "src" / "gateway" / "problems.json": problems.table(),
        ROOT / "deploy" / "k8s" / "scaling" / "work.yaml": scaling.manifest(services),
        ROOT / "deploy" / "k8s" / "watching" / "monitors.yaml": watching.monitors(),
        ROOT / "deploy" / "k8s" / "watching" / "rules.yaml": watching.rules(),
        ROOT / "deploy" / "broker" / "users.conf": broker_rights.configuration(services),
    }


def main() -> None:
    """Write what is not current."""
    for path, text in pages().items():
        if not path.exists() or path.read_text() != text:
            path.write_text(text)
            print(f"{path.relative_to(ROOT)} written")


if __name__ == "__main__":
    main()
