"""An OpenAPI document taken apart."""

from peelsite.apidocs.calc import curl, resources_of

DOCUMENT = {
    "paths": {
        "/api/v1/posts/": {
            "get": {
                "operationId": "posts_list",
                "tags": ["posts"],
                "description": "Posts of a force.",
                "parameters": [
                    {
                        "name": "on",
                        "required": True,
                        "description": "The day",
                        "schema": {"type": "string", "format": "date"},
                    },
                    {
                        "name": "kind",
                        "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Kind"}},
                    },
                ],
                "responses": {
                    "200": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Page"}}}
                    }
                },
            },
            "post": {
                "operationId": "posts_create",
                "tags": ["posts"],
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Post"}}}
                },
                "responses": {
                    "201": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Post"}}}
                    }
                },
            },
        },
        "/api/v1/posts/{id}/": {
            "delete": {"operationId": "posts_destroy", "tags": ["posts"], "responses": {"204": {}}},
        },
        "/api/v1/posts/{id}/pdf/": {
            "get": {
                "operationId": "posts_pdf_retrieve",
                "tags": ["posts"],
                "responses": {
                    "200": {
                        "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
                    }
                },
            },
        },
    },
    "components": {
        "schemas": {
            "Kind": {"enum": ["core", "grant"], "type": "string"},
            "Page": {
                "properties": {
                    "count": {},
                    "next": {},
                    "previous": {},
                    "results": {"type": "array", "items": {"$ref": "#/components/schemas/Post"}},
                }
            },
            "Unit": {"type": "object", "properties": {"name": {"type": "string"}}},
            "Post": {
                "type": "object",
                "required": ["fte"],
                "properties": {
                    "id": {"type": "integer", "readOnly": True},
                    "fte": {"type": "string", "format": "decimal", "description": "Full-time equivalent."},
                    "kind": {"oneOf": [{"$ref": "#/components/schemas/Kind"}, {"enum": [None]}]},
                    "units": {"type": "array", "items": {"$ref": "#/components/schemas/Unit"}},
                    "ends_on": {"type": "string", "format": "date", "nullable": True},
                },
            },
        }
    },
}


def test_a_resource_has_its_endpoints_in_order() -> None:
    (resource,) = resources_of(DOCUMENT)
    assert (resource.slug, resource.name, resource.paragraphs) == ("posts", "Posts", ["Posts of a force."])
    assert [(each.method, each.path, each.summary) for each in resource.endpoints] == [
        ("get", "/api/v1/posts/", "List"),
        ("post", "/api/v1/posts/", "Make one"),
        ("delete", "/api/v1/posts/{id}/", "Remove one"),
        ("get", "/api/v1/posts/{id}/pdf/", "Pdf: read"),
    ]


def test_answers_are_pages_objects_files_or_nothing() -> None:
    (resource,) = resources_of(DOCUMENT)
    assert [(each.answer_code, each.answer_kind) for each in resource.endpoints] == [
        ("200", "page"),
        ("201", "object"),
        ("204", "nothing"),
        ("200", "file"),
    ]


def test_fields_say_what_they_hold() -> None:
    (resource,) = resources_of(DOCUMENT)
    fields = {field.name: field for field in resource.endpoints[0].answer}
    assert list(fields) == ["id", "fte", "kind", "units", "units[].name", "ends_on"]
    assert fields["fte"].kind == "decimal number as text"
    assert fields["fte"].required
    assert fields["fte"].description == "Full-time equivalent."
    assert fields["kind"].kind == "text, or null"
    assert fields["kind"].choices == ("core", "grant")
    assert fields["units"].kind == "list of objects"
    assert fields["ends_on"].kind == "day, as 2016-03-31, or null"


def test_parameters_are_read_in_the_same_way() -> None:
    (resource,) = resources_of(DOCUMENT)
    on, kind = resource.endpoints[0].parameters
    assert (on.required, on.kind, on.description) == (True, "day, as 2016-03-31", "The day")
    assert (kind.kind, kind.choices) == ("list of: text", ("core", "grant"))


def test_an_example_leaves_out_what_only_the_site_writes() -> None:
    (resource,) = resources_of(DOCUMENT)
    assert resource.endpoints[1].example == {
        "fte": "1.0",
        "kind": "core",
        "units": [{"name": "text"}],
        "ends_on": "2016-03-31",
    }


def test_a_command_is_quoted_for_the_shell() -> None:
    command = curl("https://site.example/", "post", "/api/v1/posts/{id}/end/", {"reason": "It's over"})
    assert command.splitlines() == [
        'curl --header "Authorization: Bearer $TOKEN" \\',
        "  --request POST \\",
        "  --header 'Content-Type: application/json' \\",
        """  --data '{"reason": "It'"'"'s over"}' \\""",
        "  https://site.example/api/v1/posts/1/end/",
    ]
