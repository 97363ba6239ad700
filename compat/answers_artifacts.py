"""Artifacts, task workers and the validation of values against JSON Schema."""

from wire import NOWHERE, delete, get, patch, post

EXPECTED_DIFFERENCES = {
    "POST /ui/schemas/validate {\"schema\": {\"properties\": {\"a\": {\"$ref\": \"#/definitions/Missing\"}}}":
        "another library tells of a reference to nowhere in other words",
}

FORM = {
    "type": "object", "required": ["a", "b"],
    "properties": {
        "a": {"type": "integer", "minimum": 3}, "b": {"type": "string", "minLength": 2, "pattern": "^x"},
        "c": {"type": "array", "items": {"type": "object", "properties": {"d": {"enum": ["p", "q"]}}, "additionalProperties": False}},
        "e": {"anyOf": [{"type": "integer"}, {"type": "boolean"}]},
    },
}

KEY = "{tag.text}-report"
KEYED = {"artifacts": {"key": {"like_": "{tag.text}"}}}
SETTING = [
    post("/flows/", {"name": "{tag.text}", "tags": ["{tag.text}"]}, "flow"),
    post("/flow_runs/", {"flow_id": "{flow.id}", "name": "run", "tags": ["{tag.text}"], "state": {"type": "RUNNING"}}, "run"),
    post("/task_runs/", {"flow_run_id": "{run.id}", "task_key": "t", "dynamic_key": "0", "name": "task-0",
                         "state": {"type": "RUNNING"}}, "task"),
]


def artifact(key: str | None, data, **more) -> dict:
    return {"key": key, "type": "markdown", "description": "About sales", "data": data, **more}


STORED = [
    post("/artifacts/", artifact(KEY, "# One", flow_run_id="{run.id}", task_run_id="{task.id}"), "first"),
    post("/artifacts/", artifact(KEY, {"rows": [[1, None, "ü"], 2.5]}, type="table", flow_run_id="{run.id}",
                                 metadata_={"owner": "data", "long": "y" * 501}), "second"),
    post("/artifacts/", artifact("{tag.text}-other", None, flow_run_id=NOWHERE), "other"),
    post("/artifacts/", {"type": "progress", "data": 0.5, "flow_run_id": "{run.id}", "task_run_id": "{task.id}"}, "keyless"),
]

SCENARIOS = {
    "artifacts: create and read": [
        *STORED,
        post("/artifacts/", {}), post("/artifacts/", {"key": "Not Allowed"}), post("/artifacts/", {"key": ""}, "empty"),
        delete("/artifacts/{empty.id}"),
        post("/artifacts/", {"zzz": 1}), post("/artifacts/", {"type": 3, "metadata_": {"a": 1}, "flow_run_id": "x"}),
        post("/artifacts/", {"metadata_": ["a"]}), post("/artifacts/", {"metadata_": {"a": "x" * 500}}),
        post("/artifacts/"), post("/artifacts", {}),
        get("/artifacts/{first.id}"), get("/artifacts/{second.id}"), get("/artifacts/{keyless.id}"), get("/artifacts/" + NOWHERE),
        get("/artifacts/not-an-id"), get("/artifacts/" + KEY + "/latest"), get("/artifacts/none-such/latest"),
        get("/flow_runs/{run.id}/graph-v2"),
    ],
    "artifacts: lists": [
        *STORED,
        post("/artifacts/filter", {**KEYED, "sort": "CREATED_DESC"}), post("/artifacts/filter", {**KEYED, "sort": "UPDATED_DESC", "limit": 1}),
        post("/artifacts/filter", {**KEYED, "sort": "CREATED_DESC", "offset": 1}), post("/artifacts/count", KEYED),
        post("/artifacts/filter", {"artifacts": {"key": {"any_": ["{tag.text}-other"]}}, "sort": "KEY_ASC"}),
        post("/artifacts/filter", {"artifacts": {"id": {"any_": ["{first.id}"]}}}), post("/artifacts/filter", {"artifacts": {"id": {"any_": []}}}),
        post("/artifacts/filter", {"artifacts": {"key": {"exists_": False}, "flow_run_id": {"any_": ["{run.id}"]}, "type": {"any_": ["progress"]}}}),
        post("/artifacts/filter", {"artifacts": {"key": {"exists_": True}, "task_run_id": {"any_": ["{task.id}"]}}}),
        post("/artifacts/filter", {"artifacts": {"type": {"not_any_": ["markdown"]}, "flow_run_id": {"any_": ["{run.id}"]}}, "sort": "CREATED_DESC"}),
        post("/artifacts/filter", {"artifacts": {"operator": "or_", "id": {"any_": ["{first.id}"]}, "key": {"any_": ["{tag.text}-other"]}}, "sort": "CREATED_DESC"}),
        post("/artifacts/filter", {"flow_runs": {"id": {"any_": ["{run.id}"]}}, "sort": "CREATED_DESC"}),
        post("/artifacts/filter", {"task_runs": {"id": {"any_": ["{task.id}"]}}, "sort": "CREATED_DESC"}),
        post("/artifacts/filter", {"flows": {"name": {"any_": ["{tag.text}"]}}, "sort": "CREATED_DESC"}),
        post("/artifacts/filter", {**KEYED, "deployments": {"name": {"any_": ["none"]}}}),
        post("/artifacts/count", {"flow_runs": {"id": {"any_": ["{run.id}"]}}}),
        post("/artifacts/filter", {"limit": 201}), post("/artifacts/filter", {"limit": -1}), post("/artifacts/filter", {"offset": -1}),
        post("/artifacts/filter", {"sort": "UP"}), post("/artifacts/filter", {"artifacts": {"zzz": 1}}), post("/artifacts/filter", {"limit": 0}),
        post("/artifacts/filter", {"artifacts": {"latest_id": {"any_": []}}}), post("/artifacts/count", {"artifacts": {"id": {"any_": ["x"]}}}),
    ],
    "artifacts: latest": [
        *STORED,
        post("/artifacts/latest/filter", {**KEYED, "sort": "KEY_ASC"}), post("/artifacts/latest/filter", {**KEYED, "sort": "KEY_DESC", "limit": 1}),
        post("/artifacts/latest/filter", {**KEYED, "sort": "CREATED_DESC", "offset": 1}), post("/artifacts/latest/count", KEYED),
        post("/artifacts/latest/filter", {"artifacts": {"latest_id": {"any_": ["{second.id}", "{first.id}"]}}}),
        post("/artifacts/latest/filter", {**KEYED, "flow_runs": {"id": {"any_": ["{run.id}"]}}}),
        post("/artifacts/latest/filter", {"task_runs": {"id": {"any_": ["{task.id}"]}}}),
        post("/artifacts/latest/filter", {"artifacts": {"key": {"any_": [KEY], "exists_": True}, "type": {"any_": ["table"]}}}),
        post("/artifacts/latest/count", {**KEYED, "flows": {"name": {"any_": ["{tag.text}"]}}}),
        post("/artifacts/latest/filter", {"artifacts": {"id": {"any_": []}}}), post("/artifacts/latest/filter", {"limit": 201}),
        post("/artifacts/latest/filter", {"sort": "NAME_ASC"}), post("/artifacts/latest/count", {"artifacts": {"zzz": 1}}),
    ],
    "artifacts: change and delete": [
        *STORED,
        patch("/artifacts/{first.id}", {"data": [1, 2]}), get("/artifacts/{first.id}"), get("/artifacts/" + KEY + "/latest"),
        patch("/artifacts/{second.id}", {"description": None, "metadata_": {"a": "z" * 600}}), get("/artifacts/" + KEY + "/latest"),
        patch("/artifacts/{second.id}", {"data": None}), get("/artifacts/{second.id}"), patch("/artifacts/{second.id}", {"metadata_": None}),
        patch("/artifacts/{second.id}", {}), patch("/artifacts/{second.id}", None), patch("/artifacts/" + NOWHERE, {"data": 1}), patch("/artifacts/{second.id}", {"key": "x"}),
        patch("/artifacts/{second.id}", {"metadata_": {"a": 1}}), get("/artifacts/{second.id}"),
        delete("/artifacts/{second.id}"), get("/artifacts/" + KEY + "/latest"), delete("/artifacts/{second.id}"),
        post("/artifacts/latest/filter", KEYED | {"sort": "KEY_ASC"}), get("/flow_runs/{run.id}/graph-v2"),
        delete("/artifacts/{first.id}"), get("/artifacts/" + KEY + "/latest"), post("/artifacts/latest/count", KEYED),
        post("/artifacts/", artifact(KEY, "again"), "again"), get("/artifacts/" + KEY + "/latest"),
        delete("/artifacts/{keyless.id}"), delete("/flow_runs/{run.id}"), delete("/artifacts/{other.id}"), post("/artifacts/count", KEYED),
    ],
    "artifacts outlive their runs": [
        *STORED, delete("/task_runs/{task.id}"), get("/artifacts/{first.id}"), delete("/flow_runs/{run.id}"), get("/artifacts/{first.id}"),
        get("/artifacts/" + KEY + "/latest"), post("/artifacts/count", {"artifacts": {"flow_run_id": {"any_": ["{run.id}"]}}}),
        post("/artifacts/count", {"flow_runs": {"id": {"any_": ["{run.id}"]}}}),
    ],
    "artifacts: events of collections": [
        *STORED, delete("/artifacts/{second.id}"), delete("/artifacts/{first.id}"),
    ],
    "task workers": [
        post("/task_workers/filter", {"task_worker_filter": {"task_keys": ["{tag.text}"]}}),
        post("/task_workers/filter", {"task_worker_filter": {"task_keys": ["{tag.text}"], "zzz": 1}}),
        post("/task_workers/filter", {"task_worker_filter": {}}), post("/task_workers/filter", {"task_worker_filter": {"task_keys": "x"}}),
        get("/task_workers/filter"),
    ],
    "values and schemas": [
        post("/ui/schemas/validate", {"schema": FORM, "values": {}}),
        post("/ui/schemas/validate", {"schema": FORM, "values": {"a": 3, "b": "xx", "c": [{"d": "p"}]}}),
        post("/ui/schemas/validate", {"schema": FORM, "values": {"a": 2, "b": "xx", "c": [{"d": "p"}, {"d": "r"}, {"d": "q", "u": 1}]}}),
        post("/ui/schemas/validate", {"schema": FORM, "values": {"a": 3, "b": "xx", "e": "no"}}),
        post("/ui/schemas/validate", {"schema": FORM, "values": {"a": 3, "b": {"__prefect_kind": "none"}}}),
        post("/ui/schemas/validate", {"schema": FORM, "values": {"a": {"__prefect_kind": "json", "value": "5"}, "b": "xx"}}),
        post("/ui/schemas/validate", {"schema": FORM, "values": {"a": 3, "b": {"__prefect_kind": "workspace_variable", "variable_name": "nope"}}}),
        post("/ui/schemas/validate", {"schema": {"type": "nope"}, "values": {}}),
        post("/ui/schemas/validate", {"schema": 1, "values": []}), post("/ui/schemas/validate", {}),
        post("/ui/schemas/validate", {"schema": {"minProperties": 1}, "values": {}}),
        post("/ui/schemas/validate", {"schema": {"properties": {"a": {"$ref": "#/definitions/X"}}, "definitions": {"X": {"$ref": "#/definitions/X"}}},
                                      "values": {"a": 1}}),
        post("/ui/schemas/validate", {"schema": {"properties": {"a": {"$ref": "#/definitions/Missing"}}}, "values": {"a": 1}}),
    ],
}
