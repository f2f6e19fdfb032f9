"""The Python library: a module of operations and one of models for each area, written whole each time."""

import re
from collections import defaultdict

from gateway.portal.areas import AREAS
from ncce_cli.sdk.naming import Document, with_named_objects
from ncce_cli.sdk.python_types import class_name, docstring, imports_for, model, referenced, type_of, variable

WRITTEN = "Written by `./ncce sdk`; do not edit."
SHARED = "shared"
KEY_HEADER = "idempotency-key"
RESERVED = {"cursor"}
"""Parameters that the library sends by itself."""


class Library:
    """What is to be written, by path within the package."""

    def __init__(self, document: Document) -> None:
        self._document = document = with_named_objects(document)
        self._schemas: Document = document["components"]["schemas"]
        self._by_area: dict[str, list[tuple[str, str, Document]]] = defaultdict(list)
        for path, item in document["paths"].items():
            for method, operation in item.items():
                self._by_area[operation["tags"][0]].append((method.upper(), path, operation))
        self._answered = self._reachable({"responses"})
        self._home = self._homes()

    def files(self) -> dict[str, str]:
        """Every generated file."""
        found = {"models/__init__.py": f'"""Bodies and answers, by area. {WRITTEN}"""\n'}
        found["areas/__init__.py"] = f'"""Operations, by area. {WRITTEN}"""\n'
        for module in sorted(set(self._home.values())):
            found[f"models/{module}.py"] = self._models(module)
        for tag in self._by_area:
            found[f"areas/{module_of(tag)}.py"] = self._area(tag)
        return found | {"client.py": self._client()}

    # --- which schema is where ----------------------------------------------------------------------------------------

    def _closure(self, names: set[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += referenced(self._schemas[name])
        return found

    def _whole(self, part: object) -> set[str]:
        """Schemas that a part of an operation needs, also through shared answers."""
        names = set(referenced(part))
        for answer in part.values() if isinstance(part, dict) else ():
            if isinstance(answer, dict) and "$ref" in answer:
                shared = self._document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
                names |= set(referenced(shared))
        return self._closure(names)

    def _successes(self, operation: Document) -> Document:
        return {status: answer for status, answer in operation["responses"].items() if status < "400"}

    def _reachable(self, parts: set[str]) -> set[str]:
        found: set[str] = set()
        for operations in self._by_area.values():
            for _, _, operation in operations:
                for part in parts & operation.keys():
                    found |= self._whole(self._successes(operation) if part == "responses" else operation[part])
        return found

    def _homes(self) -> dict[str, str]:
        """The module of each model: its area's, or the shared one when several areas use it."""
        users: dict[str, set[str]] = defaultdict(set)
        for tag, operations in self._by_area.items():
            for _, _, operation in operations:
                parts = {"b": operation.get("requestBody", {}), "p": operation.get("parameters", [])}
                names = self._closure(set(referenced(parts))) | self._whole(self._successes(operation))
                for name in names:
                    users[name].add(module_of(tag))
        return {name: next(iter(tags)) if len(tags) == 1 else SHARED for name, tags in users.items()}

    # --- models -------------------------------------------------------------------------------------------------------

    def _models(self, module: str) -> str:
        own = sorted(name for name, home in self._home.items() if home == module)
        texts, coming = [], {class_name(name) for name in own}
        for name in self._ordered(own):
            texts.append(model(name, self._schemas[name], is_sent=name not in self._answered, coming=coming))
            coming.discard(class_name(name))
        body = "\n\n".join(texts)
        shared = {class_name(one) for name in own for one in referenced(self._schemas[name]) if one not in own}
        lines = [f'"""Bodies and answers of {module.replace("_", " ")}. {WRITTEN}"""', ""]
        lines += imports_for(body)
        if shared:
            lines.append(f"from ncce_sdk.models.{SHARED} import {', '.join(sorted(shared))}")
        lines.append("from ncce_sdk.transport import Model")
        return "\n".join(lines) + "\n\n\n" + body

    def _ordered(self, names: list[str]) -> list[str]:
        """What is referred to comes first, as far as no circle makes that impossible."""
        ordered: list[str] = []
        entered: set[str] = set()

        def enter(name: str) -> None:
            if name in names and name not in entered:
                entered.add(name)
                for inner in sorted(set(referenced(self._schemas[name]))):
                    enter(inner)
                ordered.append(name)

        for name in names:
            enter(name)
        return ordered

    # --- operations ---------------------------------------------------------------------------------------------------

    def _area(self, tag: str) -> str:
        methods = [self._method(*one) for one in sorted(self._by_area[tag], key=lambda one: one[2]["operationId"])]
        body = f'class {class_of(tag)}(Area):\n    """{AREAS[tag].about}"""\n\n' + "\n\n".join(methods) + "\n"
        own = {class_name(name): home for name, home in self._home.items()}
        used: dict[str, list[str]] = defaultdict(list)
        for word in sorted(set(re.findall(r"\b[A-Z]\w+\b", re.sub(r'""".*?"""', "", body, flags=re.DOTALL)))):
            if word in own:
                used[own[word]].append(word)
        lines = [f'"""{AREAS[tag].title}. {WRITTEN}"""', "", *imports_for(body)]
        if "Iterator[" in body:
            lines.append("from collections.abc import Iterator")
        lines += [f"from ncce_sdk.models.{module} import {', '.join(names)}" for module, names in used.items()]
        parts = ["Area", *(name for name in ("answer", "segment") if re.search(rf"[ {{]{name}\(", body))]
        lines.append(f"from ncce_sdk.transport import {', '.join(parts)}")
        return "\n".join(lines) + "\n\n\n" + body

    def _method(self, method: str, path: str, operation: Document) -> str:
        parameters = [one for one in operation.get("parameters", ()) if one["name"] not in RESERVED]
        media_type, schema = first_content(operation.get("requestBody", {}))
        rows, kind = self._answer(operation)
        needs_key = any(one["name"].lower() == KEY_HEADER for one in parameters)
        must = operation.get("requestBody", {}).get("required", False)
        arguments = _arguments(parameters, media_type, schema, is_required=must)
        returns = f"Iterator[{rows}]" if rows else kind
        lines = [f"    def {operation['operationId']}({', '.join(['self', *arguments])}) -> {returns}:"]
        text = operation["summary"].rstrip(".") + "."
        lines += docstring(text, operation["operationId"], "        ")
        sends = _sends(method, path, parameters, media_type, needs_key=needs_key and not rows)
        if rows:
            lines.append(f"        return self._transport.each({rows}, {sends})")
        elif kind == "None":
            lines.append(f"        self._transport.send({sends})")
        elif kind == "bytes":
            lines.append(f"        return self._transport.send({sends}).content")
        elif " | " in kind:
            lines.append(f"        either: TypeAdapter[{kind}] = TypeAdapter({kind})")
            lines.append(f"        return either.validate_json(self._transport.send({sends}).content)")
        else:
            lines.append(f"        return answer({kind}, self._transport.send({sends}))")
        return "\n".join(lines)

    def _answer(self, operation: Document) -> tuple[str, str]:
        """What a list is made of, if it comes by pages, and otherwise what is answered."""
        for answer in self._successes(operation).values():
            media_type, schema = first_content(answer)
            if media_type and media_type != "application/json":
                return "", "bytes"
            if not schema:
                continue
            whole = self._schemas.get(str(schema.get("$ref", "")).rpartition("/")[2], schema)
            pages = any(one["name"] == "cursor" for one in operation.get("parameters", ()))
            if pages and set(whole.get("properties", ())) == {"data", "page"}:
                return type_of(whole["properties"]["data"]["items"], is_sent=False), ""
            return "", type_of(schema, is_sent=False)
        return "", "None"

    def _client(self) -> str:
        tags = sorted(self._by_area)
        imports = "\n".join(f"from ncce_sdk.areas.{module_of(tag)} import {class_of(tag)}" for tag in tags)
        areas = "\n".join(f"        self.{module_of(tag)} = {class_of(tag)}(transport)" for tag in tags)
        return CLIENT.format(written=WRITTEN, imports=imports, areas=areas)


CLIENT = '''"""The client. {written}"""

from types import TracebackType

import httpx

{imports}
from ncce_sdk.transport import Transport


class Ncce:
    """The platform at an address, for one caller: a partner's key, a person's access token, or nobody."""

    def __init__(
        self,
        base_url: str,
        *,
        api_key: str | None = None,
        access_token: str | None = None,
        retries: int = 4,
        timeout_seconds: float = 90.0,
        http: httpx.BaseTransport | None = None,
    ) -> None:
        if api_key and access_token:
            raise ValueError("the platform takes one credential")
        headers = {{"X-API-Key": api_key}} if api_key else {{}}
        headers |= {{"Authorization": f"Bearer {{access_token}}"}} if access_token else {{}}
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=timeout_seconds, transport=http)
        transport = Transport(self._http, retries)
{areas}

    def __enter__(self) -> "Ncce":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connections."""
        self._http.close()
'''


def module_of(tag: str) -> str:
    """An area's module: `GCSE offers` is in `gcse_offers`."""
    return re.sub(r"\W+", "_", tag).lower()


def class_of(tag: str) -> str:
    """An area's class, which no model has as its name."""
    return "".join(word.capitalize() for word in module_of(tag).split("_")) + "Area"


def first_content(part: Document) -> tuple[str, Document]:
    """A media type and its schema; nothing of both where there is no body."""
    for media_type, content in part.get("content", {}).items():
        return media_type, content.get("schema", {})
    return "", {}


def _arguments(parameters: list[Document], media_type: str, schema: Document, *, is_required: bool) -> list[str]:
    """Parts of the path and the body by place, everything else by name."""
    found = [f"{variable(one['name'])}: {_kind(one)}" for one in parameters if one["in"] == "path"]
    if media_type == "application/json":
        found.append(f"body: {type_of(schema, is_sent=True)}" + ("" if is_required else " | None = None"))
    elif media_type == "multipart/form-data":
        found.append("files: dict[str, Any]")
    elif media_type:
        found.append("content: bytes")
    named = []
    for one in sorted(parameters, key=lambda one: not one.get("required", False)):
        if one["in"] != "path":
            kind, is_chosen = _kind(one), one["name"].lower() == KEY_HEADER
            must = one.get("required", False) and not is_chosen
            optional = kind if kind.endswith("None") else f"{kind} | None"
            named.append(f"{variable(one['name'])}: " + (kind if must else f"{optional} = None"))
    return [*found, *(["*", *named] if named else [])]


def _kind(parameter: Document) -> str:
    kind = type_of(parameter["schema"], is_sent=True)
    return kind if parameter["in"] != "path" or not kind.endswith(" | None") else kind.removesuffix(" | None")


def _sends(method: str, path: str, parameters: list[Document], media_type: str, *, needs_key: bool) -> str:
    """The arguments of a sending."""
    written = path
    for one in parameters:
        if one["in"] == "path":
            written = written.replace("{" + one["name"] + "}", "{segment(" + variable(one["name"]) + ")}")
    said = [f'"{method}"', f'f"{written}"' if "{" in written else f'"{written}"']
    for place, word in (("query", "query"), ("header", "headers")):
        found = [f'"{one["name"]}": {variable(one["name"])}' for one in parameters if one["in"] == place]
        if place == "header":
            found = [text.replace(f'"{KEY_HEADER}"', '"Idempotency-Key"') for text in found]
        said += [f"{word}={{{', '.join(found)}}}"] if found else []
    body = {"application/json": "body=body", "multipart/form-data": "files=files"}
    if media_type in body:
        said.append(body[media_type])
    elif media_type:
        said += ["content=content"]
    return ", ".join([*said, *(["needs_key=True"] if needs_key else [])])
