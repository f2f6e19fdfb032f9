"""What differs between two descriptions of the API, in words, and whether it breaks who follows the older one.

A request may ask for less and take more; an answer may tell more and never less. Anything else breaks somebody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]
DEEPEST = 8


@dataclass(frozen=True)
class Change:
    """A difference that a caller can notice."""

    text: str
    breaks: bool


@dataclass(frozen=True)
class Sides:
    """Two documents, and which way what is compared goes: an answer comes to callers, a request is made by them."""

    old: Document
    new: Document
    is_answer: bool


def changes_between(old: Document, new: Document) -> list[Change]:
    """Every difference, by operation; said once even where several fields share a schema."""
    before, after = operations_in(old), operations_in(new)
    found = [Change(f"`{name}` is gone.", breaks=True) for name in before if name not in after]
    found += [
        Change(f"New: `{name}`, {_lowered(operation['summary'])}.", breaks=False)
        for name, operation in after.items()
        if name not in before
    ]
    for name in before:
        if name in after:
            found += _of_operation(name, before[name], after[name], old, new)
    return list(dict.fromkeys(found))


def operations_in(document: Document) -> dict[str, Document]:
    """Operations by method and path."""
    return {
        f"{method.upper()} {path}": operation
        for path, item in sorted(document["paths"].items())
        for method, operation in sorted(item.items())
    }


def _of_operation(name: str, old: Document, new: Document, before: Document, after: Document) -> Iterator[Change]:
    if old["operationId"] != new["operationId"]:
        yield Change(f"`{name}` is now called `{new['operationId']}` in libraries.", breaks=True)
    if new.get("deprecated") and not old.get("deprecated"):
        yield Change(f"`{name}` is deprecated.", breaks=False)
    yield from _of_credentials(name, old, new)
    yield from _of_parameters(name, old, new, before, after)
    yield from _of_bodies(name, old, new, Sides(before, after, is_answer=False))
    yield from _of_answers(name, old, new, Sides(before, after, is_answer=True))


def _of_credentials(name: str, old: Document, new: Document) -> Iterator[Change]:
    was, now = old.get("security", []), new.get("security", [])
    if now and not was:
        yield Change(f"`{name}` needs a credential.", breaks=True)
    for scheme in was:
        if now and scheme not in now:
            yield Change(f"`{name}` does not take {' with '.join(scheme)} any more.", breaks=True)


def _of_parameters(name: str, old: Document, new: Document, before: Document, after: Document) -> Iterator[Change]:
    was = {(one["in"], one["name"]): one for one in old.get("parameters", ())}
    now = {(one["in"], one["name"]): one for one in new.get("parameters", ())}
    for place, parameter in was.keys() - now.keys():
        yield Change(f"`{name}` has no {place} parameter `{parameter}` any more.", breaks=True)
    for key, added in now.items():
        must = added.get("required", False)
        if key not in was:
            text = f"`{name}` {'needs' if must else 'takes'} the {key[0]} parameter `{key[1]}`."
            yield Change(text, breaks=must)
        else:
            if must and not was[key].get("required", False):
                yield Change(f"`{name}` needs the {key[0]} parameter `{key[1]}`.", breaks=True)
            sides = Sides(before, after, is_answer=False)
            yield from _of_schemas(name, key[1], was[key]["schema"], added["schema"], sides)


def _of_bodies(name: str, old: Document, new: Document, sides: Sides) -> Iterator[Change]:
    was, now = old.get("requestBody", {}).get("content", {}), new.get("requestBody", {}).get("content", {})
    if now and not was:
        must = new["requestBody"].get("required", False)
        yield Change(f"`{name}` {'needs' if must else 'takes'} a body.", breaks=must)
    for media_type, content in was.items():
        if media_type not in now:
            yield Change(f"`{name}` does not take {media_type} any more.", breaks=True)
        else:
            yield from _of_schemas(name, "", content.get("schema", {}), now[media_type].get("schema", {}), sides)


def _of_answers(name: str, old: Document, new: Document, sides: Sides) -> Iterator[Change]:
    was = {status: _answer(sides.old, one) for status, one in old["responses"].items()}
    now = {status: _answer(sides.new, one) for status, one in new["responses"].items()}
    for status in sorted(was.keys() - now.keys()):
        if status < "400":
            yield Change(f"`{name}` does not answer {status} any more.", breaks=True)
    for status, answer in was.items():
        for media_type, content in answer.get("content", {}).items():
            if status < "400" and status in now:
                after = now[status].get("content", {}).get(media_type)
                if after is None:
                    yield Change(f"`{name}` does not answer {media_type} any more.", breaks=True)
                else:
                    yield from _of_schemas(name, "", content.get("schema", {}), after.get("schema", {}), sides)
    codes_were, codes_are = _codes(was), _codes(now)
    for code in sorted(codes_are - codes_were):
        yield Change(f"`{name}` may answer the problem `{code}`.", breaks=False)


def _answer(document: Document, answer: Document) -> Document:
    if "$ref" in answer:
        found: Document = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
        return found
    return answer


def _codes(answers: dict[str, Document]) -> set[str]:
    contents = [content for one in answers.values() for content in one.get("content", {}).values()]
    return {code for content in contents for code in content.get("examples", {})}


def _of_schemas(
    name: str, path: str, old: Document, new: Document, sides: Sides, seen: frozenset[str] = frozenset()
) -> Iterator[Change]:
    """Differences between two schemas of one value."""
    where = f"`{name}`" + (f", `{path}`" if path else "")
    here = str(old.get("$ref", ""))
    if len(seen) > DEEPEST or here in seen:
        return
    seen |= {here} if here else set()
    old, new = _resolved(sides.old, old), _resolved(sides.new, new)
    was, now = _kinds(sides.old, old), _kinds(sides.new, new)
    gone, come = was - now, now - was
    if was and now and (come if sides.is_answer else gone):
        said = f"{', '.join(sorted(was))} became {', '.join(sorted(now))}"
        yield Change(f"{where}: {said}.", breaks=True)
    elif was and now and was != now:
        yield Change(f"{where}: {', '.join(sorted(was))} became {', '.join(sorted(now))}.", breaks=False)
    yield from _of_values(where, old, new, sides)
    yield from _of_fields(name, path, old, new, sides, seen)
    if "items" in old and "items" in new:
        yield from _of_schemas(name, f"{path}[]", old["items"], new["items"], sides, seen)
    for inner_old, inner_new in zip(_objects(sides.old, old), _objects(sides.new, new), strict=False):
        yield from _of_schemas(name, path, inner_old, inner_new, sides, seen)


def _of_values(where: str, old: Document, new: Document, sides: Sides) -> Iterator[Change]:
    """A closed list of values: callers may send what was on it, and may rely on no other coming."""
    was, now = set(map(str, old.get("enum", ()))), set(map(str, new.get("enum", ())))
    if not was or not now:
        return
    for value in sorted(was - now):
        yield Change(f"{where}: “{value}” is no value any more.", breaks=not sides.is_answer)
    for value in sorted(now - was):
        # Clients are told to expect values they do not know.
        yield Change(f"{where}: “{value}” is a new value.", breaks=False)


def _of_fields(
    name: str, path: str, old: Document, new: Document, sides: Sides, seen: frozenset[str]
) -> Iterator[Change]:
    was, now = old.get("properties", {}), new.get("properties", {})
    if not was and not now:
        return
    musts_were, musts_are = set(old.get("required", ())), set(new.get("required", ()))
    for field in was.keys() - now.keys():
        yield Change(f"`{name}`: the field `{_under(path, field)}` is gone.", breaks=True)
    for field in now:
        here = _under(path, field)
        if field not in was:
            must = field in musts_are and not sides.is_answer
            yield Change(f"`{name}`: {'needs the' if must else 'new'} field `{here}`.", breaks=must)
            continue
        if not sides.is_answer and field in musts_are - musts_were:
            yield Change(f"`{name}`: the field `{here}` must be sent.", breaks=True)
        if not sides.is_answer and field in musts_were - musts_are:
            yield Change(f"`{name}`: the field `{here}` need not be sent.", breaks=False)
        if sides.is_answer and field in musts_were - musts_are:
            yield Change(f"`{name}`: the field `{here}` may be missing.", breaks=True)
        yield from _of_schemas(name, here, was[field], now[field], sides, seen)


def _under(path: str, field: str) -> str:
    return f"{path}.{field}" if path else field


def _resolved(document: Document, schema: Document) -> Document:
    while "$ref" in schema:
        found: Document = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        schema = found
    return schema


def _kinds(document: Document, schema: Document) -> set[str]:
    """The types that a value may have."""
    schema = _resolved(document, schema)
    options = schema.get("anyOf", schema.get("oneOf"))
    if options:
        return set().union(*(_kinds(document, option) for option in options))
    kind = schema.get("type", "string" if "enum" in schema else None)
    return {kind} if isinstance(kind, str) else set(kind or ())


def _objects(document: Document, schema: Document) -> list[Document]:
    """The objects and lists that a value may be, by reference where there is one."""
    options = schema.get("anyOf", schema.get("oneOf")) or ()
    return [one for one in options if _kinds(document, one) & {"object", "array"}]


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
