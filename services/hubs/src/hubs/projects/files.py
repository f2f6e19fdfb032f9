"""Documents as files that a person edits: YAML or JSON in, YAML or JSON out, and faults by path and line.

What is read is YAML 1.2's core types and no others: `on` is a word, `19-05` is a word, and a day stays as written for
the document to read. What is written is read back as the same document, and written again byte for byte.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from hubs.projects.problems import Problem

LARGEST = 2_000_000
"""Characters of a file; the network of 25 projects takes a tenth of it."""
DEEPEST = 40
WIDTH = 100
"""From here on a line is broken at the next space, so that lines with long words stay within 120 characters."""
D = TypeVar("D", bound=BaseModel)


@dataclass(frozen=True)
class Read(Generic[D]):
    """A file as read: the document, or what is wrong with it; and the line of each path."""

    document: D | None
    problems: Sequence[Problem]
    lines: Mapping[tuple[str | int, ...], int]


class _Unreadable(Exception):
    def __init__(self, says: str, line: int | None) -> None:
        super().__init__(says)
        self.says = says
        self.line = line


class _Loader(yaml.SafeLoader):
    """Plain data without anchors, tags, keys that stand twice, or words that turn into something else."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  read by PyYAML


_Loader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile(r"^(?:~|null|)$"), ["~", "n", ""])
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))
_Loader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"^-?(?:0|[1-9][0-9]{0,17})$"), list("-0123456789"))
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^-?[0-9]{1,12}\.[0-9]{1,12}$"), list("-0123456789")
)


class _Dumper(yaml.SafeDumper):
    """Quotes what other readers of YAML would misread, and writes long texts as blocks."""

    def ignore_aliases(self, data: object) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _number(dumper: yaml.SafeDumper, value: Decimal) -> yaml.Node:
    written = format(value.normalize(), "f")
    return dumper.represent_scalar(f"tag:yaml.org,2002:{'float' if '.' in written else 'int'}", written)


def _name(dumper: yaml.SafeDumper, value: StrEnum) -> yaml.Node:
    return dumper.represent_str(str(value))


_Dumper.add_representer(Decimal, _number)
_Dumper.add_multi_representer(StrEnum, _name)


def write_yaml(document: BaseModel) -> str:
    """The document as a file to edit: in the order of its fields, without what is as usual."""
    content = document.model_dump(mode="python", exclude_defaults=True, by_alias=True)
    return yaml.dump(content, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=WIDTH)


def write_json(document: BaseModel) -> str:
    """The same as JSON."""
    content = document.model_dump(mode="python", exclude_defaults=True, by_alias=True)
    return json.dumps(content, indent=2, ensure_ascii=False, default=_plain) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} stands in no document")


def read(text: str, model: type[D]) -> Read[D]:
    """Read YAML or JSON, which is YAML: the document, or every fault that can be told."""
    try:
        node = _node(text)
        lines = dict(_lines((), node)) if node else {}
        content = _content(node)
    except _Unreadable as fault:
        return Read(None, [Problem(path=(), line=fault.line, says=fault.says)], {})
    try:
        return Read(model.model_validate(content), [], lines)
    except ValidationError as faults:
        return Read(None, list(_problems(faults, lines)), lines)


def _node(text: str) -> yaml.Node | None:
    if len(text) > LARGEST:
        raise _Unreadable(f"A file has at most {LARGEST} characters.", None)
    try:
        _refuse_more_than_data(text)
        return yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise _Unreadable(
            f"This is no YAML: {fault.problem or fault.context}.", mark.line + 1 if mark else None
        ) from None
    except yaml.YAMLError as fault:
        raise _Unreadable(f"This is no YAML: {fault}.", None) from None


def _refuse_more_than_data(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _Unreadable("Anchors and aliases are not read: write the part out.", line)
        if getattr(event, "tag", None):
            raise _Unreadable("Tags are not read: write plain text, numbers, lists and maps.", line)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise _Unreadable(f"Parts stand more than {DEEPEST} deep within one another.", line)


def _content(node: yaml.Node | None) -> object:
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        content: dict[str, object] = {}
        for key, value in node.value:
            if key.value in content:
                raise _Unreadable(f"{key.value} stands twice in the same part.", key.start_mark.line + 1)
            content[key.value] = _content(value)
        return content
    if isinstance(node, yaml.SequenceNode):
        return [_content(one) for one in node.value]
    return _scalar(node)


def _scalar(node: yaml.Node) -> object:
    match node.tag.rsplit(":", 1)[-1]:
        case "null":
            return None
        case "bool":
            return node.value == "true"
        case "int":
            return int(node.value)
        case "float":
            return Decimal(node.value)
    return _text(node)


def _text(node: yaml.Node) -> str:
    """JSON writes some characters as a pair of halves."""
    try:
        return str(node.value.encode("utf-16", "surrogatepass").decode("utf-16"))
    except UnicodeDecodeError:
        raise _Unreadable("Half a character stands here.", node.start_mark.line + 1) from None


def _lines(path: tuple[str | int, ...], node: yaml.Node) -> Iterator[tuple[tuple[str | int, ...], int]]:
    yield path, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _Unreadable("The name of a field is a word.", key.start_mark.line + 1)
            yield from _lines((*path, key.value), value)
            yield (*path, key.value), key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lines((*path, index), value)


def _problems(faults: ValidationError, lines: Mapping[tuple[str | int, ...], int]) -> Iterator[Problem]:
    for fault in faults.errors(include_url=False, include_context=False, include_input=False):
        path = _path_in_file(fault["loc"], lines)
        yield Problem(path=path, line=line_of(path, lines), says=_in_words(fault["type"], fault["msg"]))


def _path_in_file(loc: Sequence[str | int], lines: Mapping[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    """Without the names of the forms that pydantic tells of, which stand in no file; a missing field keeps its name."""
    path: tuple[str | int, ...] = ()
    for index, part in enumerate(loc):
        if (*path, part) in lines or index == len(loc) - 1:
            path = (*path, part)
    return path


def line_of(path: tuple[str | int, ...], lines: Mapping[tuple[str | int, ...], int]) -> int | None:
    """The line of a path, or of the nearest part around it."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def _in_words(kind: str, message: str) -> str:
    if kind == "extra_forbidden":
        return "There is no such field."
    if kind == "missing":
        return "The field is missing."
    return message.removeprefix("Value error, ").rstrip(".") + "."


def content_of(document: BaseModel) -> dict[str, Any]:
    """The document as it is kept and compared: plain data, without what is as usual."""
    return document.model_dump(mode="json", exclude_defaults=True, by_alias=True)


def checksum(document: BaseModel) -> str:
    """The same for two documents that say the same."""
    return hashlib.sha256(json.dumps(content_of(document), sort_keys=True).encode()).hexdigest()
