"""An OpenAPI 3 document taken apart into what a person reads: resources, endpoints, parameters, fields."""

import json
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Schema = Mapping[str, Any]

PAGE_FIELDS = {"count", "next", "previous", "results"}
METHODS = ("get", "post", "put", "patch", "delete")
FORMATS = {
    "date": "day, as 2016-03-31",
    "date-time": "moment, as 2016-03-31T09:00:00Z",
    "decimal": "decimal number as text",
    "double": "number",
    "uuid": "UUID",
    "uri": "address",
    "email": "email address",
    "binary": "file",
}
TYPES = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
    "array": "list",
}
# A type that the schema leaves open: by whether it lists the choices.
UNSTATED = {True: "one of", False: "text or number"}
SAMPLES = {
    "date": "2016-03-31",
    "date-time": "2016-03-31T09:00:00Z",
    "decimal": "1.0",
    "double": 1.0,
    "uuid": "0f8fad5b-d9cb-469f-a165-70867728950e",
    "email": "name@example.org",
    "uri": "https://example.org/",
}
# Objects within objects are shown to this depth; none of the site's goes deeper than is readable.
DEPTH = 4


@dataclass(frozen=True)
class Field:
    """A parameter or a member of an object; members of members are named `content.posts[].reference`."""

    name: str
    kind: str
    required: bool
    description: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Endpoint:
    """One method of one address. `answer_kind` says what the answer is when it is not an object of fields."""

    method: str
    path: str
    summary: str
    description: str
    parameters: tuple[Field, ...]
    request: tuple[Field, ...]
    answer_code: str
    answer_kind: str
    answer: tuple[Field, ...]
    example: dict[str, Any] | None

    @property
    def anchor(self) -> str:
        """An id within the page."""
        return f"{self.method}{self.path}".replace("/", "-").replace("{", "").replace("}", "").strip("-")


@dataclass(frozen=True)
class Resource:
    slug: str
    name: str
    description: str
    endpoints: tuple[Endpoint, ...]

    @property
    def paragraphs(self) -> list[str]:
        """The description as it was meant: lines of one paragraph belong together."""
        return [" ".join(part.split()) for part in self.description.split("\n\n") if part.strip()]


def resources_of(document: Schema) -> tuple[Resource, ...]:
    """Resources by name, each with its endpoints in the order of addresses and METHODS."""
    reader = _Reader(document)
    found: dict[str, list[tuple[str, Endpoint]]] = {}
    for path, operations in sorted(document["paths"].items()):
        for method in METHODS:
            if method in operations:
                operation = operations[method]
                endpoint = reader.endpoint(method, path, operation)
                found.setdefault(_slug(operation, path), []).append(
                    (operation.get("description", ""), endpoint)
                )
    return tuple(
        Resource(slug, slug.replace("-", " ").capitalize(), _shared(endpoints), _own(endpoints))
        for slug, endpoints in sorted(found.items())
        if slug != "schema"
    )


def curl(site: str, method: str, path: str, example: Mapping[str, Any] | None) -> str:
    """A command to try in a shell in which TOKEN holds a token."""
    parts = ['curl --header "Authorization: Bearer $TOKEN"']
    if method != "get":
        parts.append(f"--request {method.upper()}")
    if example is not None:
        parts.append("--header 'Content-Type: application/json'")
        parts.append(f"--data {shlex.quote(json.dumps(example, ensure_ascii=False))}")
    parts.append(shlex.quote(site.rstrip("/") + path.replace("{id}", "1")))
    return " \\\n  ".join(parts)


def rate_words(rate: str | None) -> str:
    """'600 requests a minute' of '600/min'; nothing where there is no limit."""
    if not rate:
        return ""
    count, _, period = rate.partition("/")
    periods = {"s": "second", "m": "minute", "h": "hour", "d": "day"}
    return f"{int(count):,} requests a {periods[period[0]]}"


def _plain(description: str) -> str:
    """The description without the list of choices that the generator adds; they are shown by themselves."""
    return "\n".join(line for line in description.splitlines() if not line.startswith("* `")).strip()


def _slug(operation: Schema, path: str) -> str:
    tags = operation.get("tags") or [path.strip("/").split("/")[0]]
    return str(tags[0])


def _shared(endpoints: list[tuple[str, Endpoint]]) -> str:
    """What the resource is: the words under its first endpoint, which are the class' own."""
    return next((words for words, endpoint in endpoints if words), "")


def _own(endpoints: list[tuple[str, Endpoint]]) -> tuple[Endpoint, ...]:
    return tuple(endpoint for _, endpoint in endpoints)


class _Reader:
    """Follows references of one document."""

    def __init__(self, document: Schema) -> None:
        self.components: Schema = document.get("components", {}).get("schemas", {})

    def endpoint(self, method: str, path: str, operation: Schema) -> Endpoint:
        request = self._content(operation.get("requestBody", {}))
        code, kind, answer = self._answer(operation.get("responses", {}))
        return Endpoint(
            method=method,
            path=path,
            summary=_summary(method, path, operation),
            description=operation.get("description", ""),
            parameters=tuple(self._parameter(each) for each in operation.get("parameters", [])),
            request=tuple(self._fields(request)) if request else (),
            answer_code=code,
            answer_kind=kind,
            answer=answer,
            example=self._sample(request) if request else None,
        )

    def _answer(self, responses: Schema) -> tuple[str, str, tuple[Field, ...]]:
        code, response = next(iter(responses.items()), ("200", {}))
        schema = self._resolved(self._content(response) or {})
        if not schema:
            return code, "nothing", ()
        properties = schema.get("properties", {})
        if set(properties) == PAGE_FIELDS:
            return code, "page", tuple(self._fields(properties["results"]["items"]))
        if schema.get("type") == "array":
            return code, "list", tuple(self._fields(schema["items"]))
        if schema.get("format") == "binary":
            return code, "file", ()
        return code, "object", tuple(self._fields(schema))

    def _content(self, holder: Schema) -> Schema | None:
        """The schema of a body: JSON where it may be JSON, else the first that it may be."""
        content = holder.get("content", {})
        media = content.get("application/json") or next(iter(content.values()), None)
        return None if media is None else media.get("schema")

    def _parameter(self, parameter: Schema) -> Field:
        schema = parameter.get("schema", {})
        return Field(
            name=parameter["name"],
            kind=self._kind(schema),
            required=parameter.get("required", False),
            description=_plain(parameter.get("description", "")),
            choices=self._choices(schema),
        )

    def _fields(self, schema: Schema, prefix: str = "", depth: int = 0) -> Iterator[Field]:
        whole = self._resolved(schema)
        required = set(whole.get("required", []))
        for name, member in whole.get("properties", {}).items():
            inner = self._resolved(member)
            yield Field(
                name=prefix + name,
                kind=self._kind(member),
                required=name in required,
                description=_plain(member.get("description") or inner.get("title", "")),
                choices=self._choices(member),
            )
            if depth < DEPTH:
                yield from self._members(prefix + name, inner, depth)

    def _members(self, name: str, schema: Schema, depth: int) -> Iterator[Field]:
        if schema.get("type") == "array":
            yield from self._fields(schema.get("items", {}), f"{name}[].", depth + 1)
        elif "properties" in schema:
            yield from self._fields(schema, f"{name}.", depth + 1)

    def _resolved(self, schema: Schema) -> Schema:
        """The schema itself: references followed, a choice of one taken, null left to `_kind`."""
        if "$ref" in schema:
            return self._resolved(self.components[schema["$ref"].rsplit("/", 1)[-1]])
        for key in ("allOf", "oneOf", "anyOf"):
            if key in schema:
                alternatives = [self._resolved(each) for each in schema[key]]
                return next((each for each in alternatives if each and each.get("enum") != [None]), {})
        return schema

    def _kind(self, schema: Schema) -> str:
        inner = self._resolved(schema)
        if inner.get("type") == "array":
            items = self._resolved(inner.get("items", {}))
            kind = "list of objects" if "properties" in items else f"list of: {self._kind(items)}"
        else:
            kind = (
                FORMATS.get(inner.get("format", ""))
                or TYPES.get(inner.get("type", ""))
                or UNSTATED["enum" in inner]
            )
        return f"{kind}, or null" if self._nullable(schema) else kind

    def _nullable(self, schema: Schema) -> bool:
        alternatives = schema.get("oneOf", [])
        return bool(schema.get("nullable")) or any(
            self._resolved(each).get("enum") == [None] for each in alternatives
        )

    def _choices(self, schema: Schema) -> tuple[str, ...]:
        inner = self._resolved(schema)
        if inner.get("type") == "array":
            inner = self._resolved(inner.get("items", {}))
        return tuple(str(value) for value in inner.get("enum", ()) if value not in (None, ""))

    def _sample(self, schema: Schema) -> Any:
        """A body that has the right shape; its words and numbers are invented."""
        inner = self._resolved(schema)
        if "properties" in inner:
            return {
                name: self._sample(member)
                for name, member in inner["properties"].items()
                if not member.get("readOnly")
            }
        if inner.get("type") == "array":
            return [self._sample(inner.get("items", {}))]
        if choices := self._choices(inner):
            return choices[0]
        if "default" in inner:
            return inner["default"]
        if inner.get("format") in SAMPLES:
            return SAMPLES[inner["format"]]
        return {"integer": 1, "number": 1.0, "boolean": True, "object": {}}.get(inner.get("type", ""), "text")


def _summary(method: str, path: str, operation: Schema) -> str:
    """What an endpoint does in words: its own summary, else what its method does to a list or a row."""
    if operation.get("summary"):
        return str(operation["summary"])
    operation_id = operation.get("operationId", "")
    plain = {
        "list": "List",
        "retrieve": "Read one",
        "create": "Make one",
        "update": "Change one",
        "partial_update": "Change parts of one",
        "destroy": "Remove one",
    }
    last = path.strip("/").split("/")[-1]
    parts = path.strip("/").split("/")
    for ending, words in sorted(plain.items(), key=lambda item: -len(item[0])):
        if operation_id.endswith(f"_{ending}") and (last.startswith("{") or len(parts) <= 3):
            return words
    words = last.replace("-", " ").replace("_", " ").capitalize()
    return f"{words}: read" if method == "get" else words
