"""Block types, schemas and documents, capabilities, collection views and the default result storage."""

from wire import NOWHERE, delete, get, patch, post, put

TYPES, SCHEMAS, DOCUMENTS = "/block_types/", "/block_schemas/", "/block_documents/"
NEW = {"name": "{tag.text}-a", "slug": "{tag.text}-a", "logo_url": " https://example.org/a.png ", "documentation_url": None,
       "description": "Keeps <b> & \"c\"", "code_example": "if a < b && c > d: pass"}
FIELDS = {
    "title": "A", "type": "object", "block_type_slug": "{tag.text}-a", "block_schema_references": {},
    "secret_fields": ["token", "extra.*", "deep.password"],
    "properties": {"token": {"type": "string", "format": "password", "position": 0},
                   "size": {"type": "number", "default": 1.0, "maximum": 1e5, "minimum": 1e-7, "x": "ü😀"},
                   "unit": {"$ref": "#/definitions/Unit"}},
    "definitions": {"Unit": {"title": "Unit", "enum": ["m", "s"]}},
}
INNER = {"title": "Inner", "type": "object", "block_type_slug": "{tag.text}-b", "secret_fields": ["key"], "block_schema_references": {},
         "properties": {"key": {"type": "string"}, "unit": {"$ref": "#/definitions/Unit"}}}
OTHER = {"title": "Other", "type": "object", "block_type_slug": "{tag.text}-c", "secret_fields": [], "block_schema_references": {},
         "properties": {"x": {"type": "integer"}}}


def kind(letter: str) -> dict:
    return {"name": "{tag.text}-" + letter, "slug": "{tag.text}-" + letter}


def schema(of: str, fields: dict, **more) -> dict:
    return {"block_type_id": "{" + of + ".id}", "fields": fields, **more}


def document(name: str | None, data: dict, of: str = "a", **more) -> dict:
    named = {} if name is None else {"name": "{tag.text}-" + name}
    return {**named, "data": data, "block_type_id": "{" + of + ".id}", "block_schema_id": "{" + of + "_schema.id}", **more}


def reference(to: str) -> dict:
    return {"$ref": {"block_document_id": "{" + to + ".id}"}}


MINE = {"block_documents": {"name": {"like_": "{tag.text}"}}}
ALL_MINE = {"block_documents": {"name": {"like_": "{tag.text}"}, "is_anonymous": None}}
ONE_OF_MINE = {"block_types": {"name": {"like_": "{tag.text}"}}}
TYPE_A = [post(TYPES, NEW, "a"), post(SCHEMAS, schema("a", FIELDS), "a_schema")]
TYPE_B = [post(TYPES, kind("b"), "b"), post(SCHEMAS, schema("b", {"title": "{tag.text}-b", "secret_fields": ["key"]}), "b_schema")]
SECRETS = {"token": "s3cr3t", "size": 1.5, "extra": {"x": "y", "deep": {"z": 1, "none": None}, "list": ["a"]}, "deep": {"password": "p", "user": "u"},
           "open": "text"}
STARS = "********"

EXPECTED_DIFFERENCES = {
    "POST /block_documents/ {}": "what else is missing is told along with the name",
    'POST /block_documents/ {"name": "{tag.text}-no-type"': "an unknown type is 404, not an unexpected error",
    'POST /block_documents/ {"name": "{tag.text}-bad-id"': "worded by pydantic, with a link to its manual",
    'POST /block_documents/ {"name": "{tag.text}-odd-ref"': "a reference without an id is 400, not an unexpected error",
    'PATCH /block_documents/{one.id} {"data": {"size": 3}, "block_schema_id": "00000000': "an unknown schema is 404, not an unexpected error",
    'PATCH /block_documents/{one.id} {"data": {"extra": {"new": "********"}}}': "stars for a secret that is not there are kept, not an unexpected error",
    'PATCH /block_documents/{leaf2.id} {"data": {"x": {"$ref": {"block_document_id": "{d49.id}"': "refused, where Prefect can read the outer one no more",
    'POST /block_schemas/ {"block_type_id": "{c.id}", "fields": {"title": "No definition"': "a missing definition is 422, not an unexpected error",
    'POST /block_schemas/ {"block_type_id": "{c.id}", "fields": {"title": "No definitions"': "missing definitions are 422, not an unexpected error",
    'POST /block_schemas/ {"block_type_id": "{c.id}", "fields": {"definitions": []': "definitions that are a list are 422, not taken for none",
    "GET /block_capabilities/": "Prefect's order differs from start to start",
    "GET /collections/views/demo-flows": "views that are not bundled are missing, not an unexpected error",
}

SCENARIOS = {
    "block types": [
        post(TYPES, NEW, "a"), post(TYPES, NEW), post(TYPES, {**NEW, "name": "Prefect Thing"}), post(TYPES, {"name": "x", "slug": "Not a Slug"}),
        post(TYPES, {"name": "a/b", "slug": "ok"}), post(TYPES, {}), post(TYPES, {**NEW, "is_protected": True}), post(TYPES, {"name": 5, "slug": None}),
        get("/block_types/{a.id}"), get("/block_types/" + NOWHERE), get("/block_types/slug/{tag.text}-a"), get("/block_types/slug/none-such"),
        post("/block_types/filter", ONE_OF_MINE), post("/block_types/filter", {**ONE_OF_MINE, "offset": 1}),
        post("/block_types/filter", {"block_types": {"slug": {"any_": ["{tag.text}-a", "secret"]}}, "limit": 1}),
        post("/block_types/filter", {**ONE_OF_MINE, "block_schemas": {}}), post("/block_types/filter", {"limit": 201}), post("/block_types/filter", {"offset": -1}),
        post("/block_types/filter", {"block_types": {"zzz": 1}}), post("/block_types/filter", {"block_types": {"slug": {"any_": []}}}),
        post("/block_types/filter", {"block_schemas": {"block_capabilities": {"all_": ["notify"]}}, "limit": 5}),
        patch("/block_types/{a.id}", {"description": "New <b>"}), get("/block_types/{a.id}"), patch("/block_types/{a.id}", {}),
        patch("/block_types/{a.id}", {"logo_url": None, "documentation_url": "https://example.org", "description": "a", "code_example": "b"}),
        patch("/block_types/{a.id}", {"name": "other"}), patch("/block_types/{a.id}", {"description": 5}), patch("/block_types/" + NOWHERE, {"description": "x"}),
        get("/block_types/{a.id}"), get("/block_types/slug/{tag.text}-a/block_documents"), get("/block_types/slug/none-such/block_documents"),
        get("/block_types/slug/{tag.text}-a/block_documents/name/none"), get("/block_types/slug/none-such/block_documents/name/none"),
        get("/block_types/slug/secret/block_documents?include_secrets=zzz"), post("/block_types/install_system_block_types"),
        get("/block_types/slug/secret", "secret"), delete("/block_types/{secret.id}"), delete("/block_types/" + NOWHERE),
        delete("/block_types/{a.id}"), delete("/block_types/{a.id}"),
    ],
    "block types that come along": [
        post("/block_types/filter", {"block_types": {"slug": {"any_": [slug]}}}) for slug in (
            "webhook", "secret", "local-file-system", "slack-webhook", "s3-bucket", "dbt-cli-profile", "shell-operation", "smb", "sqlalchemy-connector")
    ],
    "block schemas": [
        *TYPE_A, post(SCHEMAS, schema("a", FIELDS)), post(SCHEMAS, schema("a", FIELDS, version="2", capabilities=["read", "write"]), "second"),
        post(SCHEMAS, schema("a", {"definitions": {}, "title": "{tag.text}"})),
        post(SCHEMAS, schema("a", {"title": "{tag.text}", "definitions": {"Nobody": {"a": 1}}, "secret_fields": ["b"]})),
        post(SCHEMAS, {"block_type_id": NOWHERE}), post(SCHEMAS, {}), post(SCHEMAS, schema("a", [])), post(SCHEMAS, schema("a", {}, zzz=1)),
        post(SCHEMAS, schema("a", {}, version=None)), get("/block_schemas/{a_schema.id}"), get("/block_schemas/" + NOWHERE),
        get("/block_schemas/checksum/{a_schema.checksum}"), get("/block_schemas/checksum/{a_schema.checksum}?version=2"),
        get("/block_schemas/checksum/{a_schema.checksum}?version=3"), get("/block_schemas/checksum/sha256:00"),
        post("/block_schemas/filter", {"block_schemas": {"block_type_id": {"any_": ["{a.id}"]}}}),
        post("/block_schemas/filter", {"block_schemas": {"block_type_id": {"any_": ["{a.id}"]}, "version": {"any_": ["2"]}}}),
        post("/block_schemas/filter", {"block_schemas": {"block_type_id": {"any_": ["{a.id}"]}, "block_capabilities": {"all_": ["write"]}}}),
        post("/block_schemas/filter", {"block_schemas": {"block_type_id": {"any_": ["{a.id}"]}}, "limit": 1, "offset": 1}),
        post("/block_schemas/filter", {"block_schemas": {"id": {"any_": ["{second.id}"]}}}), post("/block_schemas/filter", {"limit": 201}),
        post("/block_schemas/filter", {"block_schemas": {"operator": "or_", "id": {"any_": ["{second.id}"]}, "version": {"any_": ["none"]}}}),
        post("/block_schemas/filter", {"block_schemas": {"zzz": 1}}), get("/block_capabilities/"),
        post("/block_types/filter", {**ONE_OF_MINE, "block_schemas": {"version": {"any_": ["2"]}}}),
        post("/block_types/filter", {**ONE_OF_MINE, "block_schemas": {"version": {"any_": ["3"]}}}),
        get("/block_types/slug/secret", "secret"),
        post("/block_schemas/filter", {"block_schemas": {"block_type_id": {"any_": ["{secret.id}"]}}, "limit": 1}),
        delete("/block_schemas/{second.id}"), delete("/block_schemas/{second.id}"), get("/block_schemas/{second.id}"), delete("/block_types/{a.id}"),
    ],
    "nested block schemas": [
        *TYPE_A, post(TYPES, kind("b"), "b"), post(TYPES, kind("c"), "c"), post(SCHEMAS, schema("c", OTHER), "other"),
        post(SCHEMAS, schema("b", {**INNER, "definitions": FIELDS["definitions"]}, version="9"), "inner"),
        post(SCHEMAS, schema("c", {
            "title": "Outer", "properties": {"b": {"$ref": "#/definitions/Inner"}}, "secret_fields": ["b.key"],
            "block_schema_references": {"b": {"block_schema_checksum": "{inner.checksum}", "block_type_slug": "{tag.text}-b"}},
            "definitions": {"Inner": INNER, **FIELDS["definitions"]}}), "outer"),
        get("/block_schemas/{outer.id}"),
        post(SCHEMAS, schema("c", {
            "title": "Fresh", "properties": {"b": {"$ref": "#/definitions/Fresh"}},
            "block_schema_references": {"b": {"block_schema_checksum": "sha256:fresh", "block_type_slug": "{tag.text}-b"}},
            "definitions": {"Fresh": {**INNER, "title": "Fresh"}, **FIELDS["definitions"]}}), "fresh"),
        get("/block_schemas/{fresh.id}"),
        post(SCHEMAS, schema("c", {
            "title": "Union", "properties": {"b": {"anyOf": [{"$ref": "#/definitions/One"}, {"$ref": "#/definitions/Two"}]}},
            "block_schema_references": {"b": [{"block_schema_checksum": "sha256:one", "block_type_slug": "{tag.text}-b"},
                                              {"block_schema_checksum": "sha256:two", "block_type_slug": "{tag.text}-c"}]},
            "definitions": {"One": {"title": "One", "block_type_slug": "{tag.text}-b"}, "Two": {"title": "Two", "block_type_slug": "{tag.text}-c"}}}), "union"),
        post("/block_schemas/filter", {"block_schemas": {"block_type_id": {"any_": ["{c.id}"]}}}),
        post(SCHEMAS, schema("c", {"title": "No type", "block_schema_references": {"b": {"block_schema_checksum": "x", "block_type_slug": "none-such"}}})),
        post(SCHEMAS, schema("c", {"title": "No definition", "properties": {"b": {"$ref": "#/definitions/None"}}, "definitions": {"Unit": {"a": 1}},
                                   "block_schema_references": {"b": {"block_schema_checksum": "x", "block_type_slug": "{tag.text}-b"}}})),
        post(SCHEMAS, schema("c", {"title": "No definitions", "properties": {"b": {"$ref": "#/definitions/None"}},
                                   "block_schema_references": {"b": {"block_schema_checksum": "x", "block_type_slug": "{tag.text}-b"}}})),
        post(SCHEMAS, schema("c", {"definitions": []})),
        delete("/block_types/{b.id}"), get("/block_schemas/{inner.id}"), get("/block_schemas/{outer.id}"), get("/block_schemas/{union.id}"),
        delete("/block_types/{c.id}"), get("/block_schemas/{outer.id}"), delete("/block_types/{a.id}"),
    ],
    "block documents": [
        *TYPE_A, *TYPE_B, post(DOCUMENTS, document("one", SECRETS), "one"), post(DOCUMENTS, document("one", {})),
        post(DOCUMENTS, document(None, {"token": "x"}, is_anonymous=True), "hidden"), post(DOCUMENTS, document(None, {})), post(DOCUMENTS, {}),
        post(DOCUMENTS, {**document("x", {}), "name": "Not Allowed"}), post(DOCUMENTS, {**document("x", {}), "name": "a/b"}),
        post(DOCUMENTS, {**document("no-type", {}), "block_type_id": NOWHERE}), post(DOCUMENTS, {**document("no-schema", {}), "block_schema_id": NOWHERE}),
        post(DOCUMENTS, document("x", [])), post(DOCUMENTS, document("x", {}, zzz=1)), post(DOCUMENTS, document("empty", {}), "empty"),
        post(DOCUMENTS, document("two", {"token": None, "extra": "flat"}), "two"),
        get("/block_documents/{one.id}"), get("/block_documents/{one.id}?include_secrets=true"), get("/block_documents/{one.id}?include_secrets=1"),
        get("/block_documents/{one.id}?include_secrets=zzz"), get("/block_documents/" + NOWHERE), get("/block_documents/{two.id}"),
        get("/block_types/slug/{tag.text}-a/block_documents"), get("/block_types/slug/{tag.text}-a/block_documents?include_secrets=true"),
        get("/block_types/slug/{tag.text}-a/block_documents/name/{tag.text}-one"),
        get("/block_types/slug/{tag.text}-a/block_documents/name/{tag.text}-one?include_secrets=true"),
        get("/block_types/slug/{tag.text}-a/block_documents/name/{hidden.name}"), get("/block_types/slug/{tag.text}-b/block_documents/name/{tag.text}-one"),
        post("/block_documents/filter", MINE), post("/block_documents/filter", {**MINE, "sort": "NAME_DESC", "limit": 1, "include_secrets": True}),
        post("/block_documents/filter", {**MINE, "sort": "BLOCK_TYPE_AND_NAME_ASC", "offset": 1}), post("/block_documents/filter", {"sort": "UP"}),
        post("/block_documents/filter", {"block_documents": {"block_type_id": {"any_": ["{a.id}"]}, "is_anonymous": {"eq_": True}}}),
        post("/block_documents/filter", {"block_documents": {"block_type_id": {"any_": ["{a.id}"]}, "is_anonymous": None}, "sort": "NAME_DESC"}),
        post("/block_documents/filter", {"block_documents": {"id": {"any_": ["{hidden.id}"]}}}),
        post("/block_documents/filter", {**ONE_OF_MINE, "block_documents": {
            "operator": "or_", "name": {"any_": ["{tag.text}-one"]}, "is_anonymous": {"eq_": None}, "id": {"any_": ["{hidden.id}"]}}}),
        post("/block_documents/filter", {"block_types": {"slug": {"any_": ["{tag.text}-a"]}}}), post("/block_documents/filter", {"block_types": {"slug": {"any_": ["{tag.text}-b"]}}}),
        post("/block_documents/filter", {**MINE, "block_schemas": {"block_capabilities": {"all_": ["none"]}}}),
        post("/block_documents/filter", {**MINE, "block_schemas": {"id": {"any_": ["{a_schema.id}"]}}}),
        post("/block_documents/filter", {"limit": 201}), post("/block_documents/filter", {"block_documents": {"zzz": 1}}),
        post("/block_documents/count", MINE), post("/block_documents/count", ALL_MINE), post("/block_documents/count", {**MINE, "block_types": {"slug": {"any_": []}}}),
        delete("/block_documents/{two.id}"), delete("/block_documents/{two.id}"), get("/block_documents/{two.id}"),
        delete("/block_types/{a.id}"), get("/block_documents/{one.id}"), post("/block_documents/count", MINE),
    ],
    "changes of block documents": [
        *TYPE_A, *TYPE_B, post(DOCUMENTS, document("one", SECRETS), "one"), post(SCHEMAS, schema("a", {**FIELDS, "title": "A2"}), "newer"),
        patch("/block_documents/{one.id}", {"data": {"size": 2, "token": STARS, "deep": {"password": STARS, "user": "v"}}}),
        get("/block_documents/{one.id}?include_secrets=true"),
        patch("/block_documents/{one.id}", {"data": {"extra": {"x": STARS, "deep": {"z": STARS}, "list": "new"}}}), get("/block_documents/{one.id}?include_secrets=true"),
        patch("/block_documents/{one.id}", {"data": {"token": "other"}, "block_schema_id": "{newer.id}"}), get("/block_documents/{one.id}?include_secrets=true"),
        patch("/block_documents/{one.id}", {"block_schema_id": "{a_schema.id}"}), get("/block_documents/{one.id}"),
        patch("/block_documents/{one.id}", {"data": {"size": 3}, "block_schema_id": "{b_schema.id}"}),
        patch("/block_documents/{one.id}", {"data": {"size": 3}, "block_schema_id": NOWHERE}),
        patch("/block_documents/{one.id}", {"data": {"token": STARS, "fresh": [1]}, "merge_existing_data": False}), get("/block_documents/{one.id}?include_secrets=true"),
        patch("/block_documents/{one.id}", {}), patch("/block_documents/{one.id}", {"data": None}), patch("/block_documents/{one.id}", {"zzz": 1}),
        patch("/block_documents/{one.id}", {"merge_existing_data": None}), patch("/block_documents/" + NOWHERE, {"data": {}}),
        get("/block_documents/{one.id}?include_secrets=true"), patch("/block_documents/{one.id}", {"merge_existing_data": False}),
        get("/block_documents/{one.id}?include_secrets=true"), patch("/block_documents/{one.id}", {"data": {"extra": {"new": STARS}}}),
        delete("/block_types/{a.id}"), delete("/block_types/{b.id}"),
    ],
    "block documents in block documents": [
        *TYPE_A, *TYPE_B, post(DOCUMENTS, document("leaf", {"key": "k", "open": "o"}, "b"), "leaf"), post(DOCUMENTS, document("leaf2", {"key": "k2"}, "b"), "leaf2"),
        post(DOCUMENTS, document("middle", {"token": "t", "leaf": reference("leaf")}), "middle"),
        post(DOCUMENTS, document("top", {"middle": reference("middle"), "again": reference("leaf"), "deep": {"in": reference("leaf")}}), "top"),
        get("/block_documents/{top.id}"), get("/block_documents/{top.id}?include_secrets=true"), post("/block_documents/filter", MINE),
        post(DOCUMENTS, document("no-id", {"x": {"$ref": {}}})), post(DOCUMENTS, document("bad-id", {"x": {"$ref": {"block_document_id": "zzz"}}})),
        post(DOCUMENTS, document("odd-ref", {"x": {"$ref": "zzz"}})), post(DOCUMENTS, document("gone", {"x": {"$ref": {"block_document_id": NOWHERE}}})),
        patch("/block_documents/{leaf.id}", {"data": {"up": reference("top")}}), patch("/block_documents/{leaf.id}", {"data": {"self": reference("leaf")}}),
        patch("/block_documents/{middle.id}", {"data": {"leaf": reference("leaf2")}}), get("/block_documents/{top.id}"),
        patch("/block_documents/{middle.id}", {"data": {"token": "u"}}), get("/block_documents/{middle.id}?include_secrets=true"),
        patch("/block_documents/{middle.id}", {"data": {"leaf": reference("leaf"), "other": reference("leaf2")}}), get("/block_documents/{middle.id}"),
        patch("/block_documents/{middle.id}", {"block_schema_id": "{a_schema.id}"}), get("/block_documents/{middle.id}"),
        delete("/block_documents/{leaf.id}"), get("/block_documents/{top.id}"), get("/block_documents/{middle.id}?include_secrets=true"),
        post(DOCUMENTS, document("d0", {}, "b"), "d0"),
        *(post(DOCUMENTS, document(f"d{depth}", {"x": reference(f"d{depth - 1}")}, "b"), f"d{depth}") for depth in range(1, 52)),
        get("/block_documents/{d3.id}"), patch("/block_documents/{leaf2.id}", {"data": {"x": reference("d49")}}),
        patch("/block_documents/{leaf2.id}", {"data": {"x": reference("d50")}}),
        delete("/block_types/{b.id}"), get("/block_documents/{top.id}"), delete("/block_types/{a.id}"),
    ],
    "default result storage": [
        post(TYPES, kind("s"), "s"), post(SCHEMAS, schema("s", {"title": "{tag.text}-s"}, capabilities=["write-path"]), "s_schema"),
        *TYPE_B, post(DOCUMENTS, document("store", {"basepath": "/tmp"}, "s"), "store"), post(DOCUMENTS, document("plain", {}, "b"), "plain"),
        delete("/admin/storage"), get("/admin/storage"), put("/admin/storage", {"default_result_storage_block_id": "{store.id}"}), get("/admin/storage"),
        put("/admin/storage", {"default_result_storage_block_id": "{plain.id}"}), put("/admin/storage", {"default_result_storage_block_id": NOWHERE}),
        put("/admin/storage", {}), get("/admin/storage"), delete("/block_documents/{plain.id}"), get("/admin/storage"),
        delete("/block_documents/{store.id}"), get("/admin/storage"),
        post(DOCUMENTS, document("store", {"basepath": "/tmp"}, "s"), "again"), put("/admin/storage", {"default_result_storage_block_id": "{again.id}"}),
        delete("/block_types/{s.id}"), get("/admin/storage"), delete("/block_types/{b.id}"),
    ],
    "events of blocks": [
        *TYPE_A, post(DOCUMENTS, document("one", SECRETS), "one"), patch("/block_documents/{one.id}", {"data": {"open": "other"}}),
        patch("/block_types/{a.id}", {"description": "New"}), delete("/block_documents/{one.id}"), delete("/block_types/{a.id}"),
    ],
    "collection views": [
        get("/collections/views/aggregate-worker-metadata"), get("/collections/views/none-such"), get("/collections/views/demo-flows"),
    ],
}
