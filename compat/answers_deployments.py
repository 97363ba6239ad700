"""Deployments, their schedules and the runs that are made of them."""

from wire import NOWHERE, delete, get, patch, post

FLOW = "{flow.id}"
ID = "/deployments/{deployment.id}"
MINE = {"flows": {"id": {"any_": [FLOW]}}}
SCHEMA = {"type": "object", "properties": {
    "n": {"type": "integer", "default": 1}, "region": {"anyOf": [{"type": "string"}, {"type": "null"}]},
    "mode": {"enum": ["fast", "slow"], "type": "string"}, "who": {"$ref": "#/definitions/Who"}},
    "required": ["region"], "definitions": {"Who": {"type": "object", "properties": {"age": {"type": "integer", "minimum": 0}}, "required": ["age"]}}}
SEND = {"name": "{tag.text}-d", "flow_id": FLOW}
CRON = {"cron": "0 9 * * *", "timezone": "Europe/Berlin"}
HOURLY = {"interval": 3600, "anchor_date": "2026-01-01T00:00:00+02:00"}

SETTING = [post("/flows/", {"name": "{tag.text}-flow", "labels": {"team": "data"}}, "flow")]

EXPECTED_DIFFERENCES = {
    'POST /deployments/ {"name": "a/b"': "Prefect answers 500: a name of which no address can be made is refused",
    "PATCH /deployments/{deployment.id} {\"work_pool_name\": \"none-such\"}": "Prefect answers 500: an unknown pool is not found",
    'POST /deployments/{deployment.id}/schedules [{"schedule": {"cron": "0 9 * * *", "timezone": "Europe/Berlin"}, "slug": "a"}]':
        "over SQLite, Prefect names the database instead of the slugs",
}


def run(body: dict | None = None, name: str | None = None):
    return post(ID + "/create_flow_run", body or {}, name)


def bad(**fields):
    return post("/deployments/", {"name": "{tag.text}-bad", "flow_id": FLOW, **fields})


SCENARIOS = {
    "deployments": [
        post("/deployments/", SEND, "deployment"), post("/deployments/", SEND),
        post("/deployments/", {
            **SEND, "version": "1", "description": "Loads.", "tags": ["{tag.text}", "etl"], "labels": {"a": 1}, "parameters": {"region": "eu"},
            "parameter_openapi_schema": SCHEMA, "enforce_parameter_schema": True, "pull_steps": [{"step": {"x": 1}}], "path": "/opt", "entrypoint": "f.py:f",
            "paused": True, "job_variables": {"image": "x"}, "concurrency_options": {"collision_strategy": "CANCEL_NEW"}, "version_info": {"type": "git", "version": "1"}}),
        get(ID), post("/deployments/", {**SEND, "description": None}), get(ID), get("/deployments/" + NOWHERE),
        get("/deployments/name/{tag.text}-flow/{tag.text}-d"), get("/deployments/name/{tag.text}-flow/none"), get("/deployments/name/none/{tag.text}-d"),
        post("/deployments/", {"name": "{tag.text}-x", "flow_id": NOWHERE}), post("/deployments/", {"name": "a/b", "flow_id": FLOW}), post("/deployments/", {}),
        bad(zzz=1), bad(tags=None), bad(parameters=None), bad(parameters=[1]), bad(concurrency_limit=0), bad(concurrency_limit=1, global_concurrency_limit_id=NOWHERE),
        bad(global_concurrency_limit_id=NOWHERE), bad(work_pool_name="none-such"), bad(work_pool_name="none-such", work_queue_name="q"),
        bad(storage_document_id=NOWHERE), bad(infrastructure_document_id=NOWHERE), bad(concurrency_options={"collision_strategy": "X"}),
        bad(concurrency_options={"collision_strategy": "ENQUEUE", "grace_period_seconds": 3}), bad(paused="perhaps"), bad(pull_steps=[1]),
        bad(enforce_parameter_schema=True, parameter_openapi_schema={"type": "nonsense"}),
        bad(enforce_parameter_schema=True, parameter_openapi_schema=SCHEMA, parameters={"n": "no"}),
        bad(enforce_parameter_schema=True, parameter_openapi_schema=SCHEMA, parameters={"region": 1}),
        bad(enforce_parameter_schema=True, parameter_openapi_schema=SCHEMA, parameters={"who": {"age": -1}}),
        bad(enforce_parameter_schema=True, parameter_openapi_schema=SCHEMA, parameters={"mode": "odd", "who": 1}),
        bad(enforce_parameter_schema=True, parameter_openapi_schema={"type": "object", "properties": {}, "additionalProperties": False}, parameters={"b": 1, "a": 2}),
        post("/deployments/", {"name": "{tag.text}-null", "flow_id": FLOW, "parameter_openapi_schema": None, "pull_steps": None, "labels": None, "worker_pool_name": "old"}, "null"),
        patch("/deployments/{null.id}", {"parameters": {"a": 1}}), patch("/deployments/{null.id}", {"enforce_parameter_schema": False, "parameters": {"a": 1}}),
        get("/deployments/{null.id}"), delete("/deployments/{null.id}"), delete("/deployments/{null.id}"), delete("/deployments/" + NOWHERE),
    ],
    "deployment changes": [
        post("/deployments/", {**SEND, "parameter_openapi_schema": SCHEMA, "concurrency_limit": 2}, "deployment"),
        patch(ID, {"description": "x", "tags": ["b"], "paused": True, "version": "2", "path": "/p", "entrypoint": "e", "pull_steps": [], "job_variables": {"a": 1}}),
        get(ID), patch(ID, {}), patch(ID, {"job_variables": None, "parameters": {"region": "us"}}), get(ID),
        patch(ID, {"parameters": {"n": "no"}}), patch(ID, {"parameters": {"n": {"__prefect_kind": "json", "value": "7"}}}), get(ID),
        patch(ID, {"parameters": {"n": {"__prefect_kind": "workspace_variable", "variable_name": "none-such"}}}),
        patch(ID, {"parameters": {"n": {"__prefect_kind": "none"}}}), patch(ID, {"enforce_parameter_schema": False}), patch(ID, {"parameters": {"n": "no"}}),
        patch(ID, {"parameter_openapi_schema": {}}), patch(ID, {"name": "new"}), patch(ID, {"tags": None}), patch(ID, {"concurrency_limit": -1}), patch(ID, {"work_pool_name": "none-such"}),
        patch(ID, {"global_concurrency_limit_id": NOWHERE}), patch(ID, {"concurrency_limit": 1, "global_concurrency_limit_id": NOWHERE}),
        patch(ID, {"concurrency_limit": 5}), get(ID), get("/v2/concurrency_limits/deployment:{deployment.id}"),
        patch(ID, {"concurrency_limit": None}), get(ID), get("/v2/concurrency_limits/deployment:{deployment.id}"),
        post("/v2/concurrency_limits/", {"name": "{tag.text}-limit", "limit": 3}, "limit"), patch(ID, {"global_concurrency_limit_id": "{limit.id}"}), get(ID),
        patch(ID, {"global_concurrency_limit_id": None}), get(ID), patch(ID, {"concurrency_options": {"collision_strategy": "ENQUEUE", "grace_period_seconds": 60}}), get(ID),
        patch("/deployments/" + NOWHERE, {"description": "x"}), post(ID + "/pause_deployment"), post(ID + "/resume_deployment"), get(ID),
        post(f"/deployments/{NOWHERE}/pause_deployment"), post(f"/deployments/{NOWHERE}/resume_deployment"), patch(ID, {"work_pool_name": None}),
    ],
    "deployment schedules": [
        post("/deployments/", {**SEND, "schedules": [{"schedule": CRON, "slug": "a"}, {"schedule": HOURLY, "slug": "b", "active": False, "max_scheduled_runs": 3, "parameters": {"x": 1}}]}, "deployment"),
        get(ID + "/schedules"), get(f"/deployments/{NOWHERE}/schedules"),
        post("/deployments/", {**SEND, "name": "{tag.text}-e", "schedules": [{"schedule": CRON, "slug": "a"}, {"schedule": CRON, "slug": "a"}]}),
        bad(schedules=[{"schedule": {"cron": "nonsense"}}]), bad(schedules=[{"schedule": {"interval": 0}}]), bad(schedules=[{}]), bad(schedules=[{"schedule": CRON, "max_scheduled_runs": 51}]),
        bad(schedules=[{"schedule": CRON, "max_scheduled_runs": 0}]),
        post(ID + "/schedules", [{"schedule": {"rrule": "DTSTART:20260101T000000\nFREQ=DAILY"}, "slug": "c", "max_scheduled_runs": 7}], "added"),
        post(ID + "/schedules", [{"schedule": CRON, "slug": "a"}]), post(ID + "/schedules", []), post(ID + "/schedules", [{"active": True}]), post(f"/deployments/{NOWHERE}/schedules", [{"schedule": CRON}]),
        get(ID + "/schedules"), patch(ID + "/schedules/{added.0.id}", {"active": False}), patch(ID + "/schedules/{added.0.id}", {"parameters": {"y": 2}, "slug": "d"}),
        get(ID + "/schedules"), patch(ID + "/schedules/{added.0.id}", {"slug": "a"}), patch(ID + "/schedules/" + NOWHERE, {"active": True}), patch(f"/deployments/{NOWHERE}/schedules/{NOWHERE}", {}),
        patch(ID + "/schedules/{added.0.id}", {"schedule": None, "zzz": 1}), patch(ID, {"schedules": [{"slug": "a", "active": False}]}), get(ID + "/schedules"),
        patch(ID, {"schedules": [{"slug": "new", "schedule": CRON}]}), patch(ID, {"schedules": [{"slug": "newer"}]}), patch(ID, {"schedules": [{"schedule": CRON}]}),
        patch(ID, {"schedules": [{"slug": "z", "replaces": "a"}]}), patch(ID, {"schedules": [{"slug": "y", "replaces": "z"}, {"slug": "x", "replaces": "z"}]}),
        patch(ID, {"schedules": [{"slug": "b", "replaces": "z"}]}), patch(ID, {"schedules": [{"slug": "b", "replaces": "z"}, {"slug": "z", "replaces": "b"}]}), patch(ID, {"schedules": [{"slug": "z", "active": False}]}),
        patch(ID, {"schedules": []}), get(ID + "/schedules"), delete(ID + "/schedules/{added.0.id}"), delete(ID + "/schedules/{added.0.id}"), delete(f"/deployments/{NOWHERE}/schedules/{NOWHERE}"),
        post(ID + "/schedules", [{"schedule": CRON}]), patch(ID, {"schedules": [{"schedule": HOURLY}]}), get(ID + "/schedules"), patch(ID, {"schedules": []}), get(ID + "/schedules"),
        patch(ID, {"schedules": [{"schedule": {"cron": "x"}}]}), patch(ID, {"schedules": None}),
    ],
    "deployment runs": [
        post("/variables/", {"name": "{tag.text}-v", "value": {"k": [1]}}),
        post("/deployments/", {**SEND, "version": "7", "tags": ["t"], "labels": {"own": True}, "parameters": {"region": "eu"}, "parameter_openapi_schema": SCHEMA}, "deployment"),
        run({"name": "first"}, "run"), get("/flow_runs/{run.id}"), run({"name": "named", "parameters": {"n": 2}, "labels": {"mine": 1}, "context": {"c": 1}, "job_variables": {"j": 1}, "empirical_policy": {"retries": 2}}),
        run({"name": "once", "idempotency_key": "{tag.text}"}), run({"name": "twice", "idempotency_key": "{tag.text}"}), run({"name": "due", "state": {"type": "SCHEDULED", "name": "AwaitingRetry", "state_details": {"scheduled_time": "2026-01-01T00:00:00Z"}}}),
        run({"name": "p", "state": {"type": "PENDING"}}), run({"parameters": {"n": "no"}}), run({"parameters": {"region": 5}}), run({"parameters": {"mode": "odd"}}), run({"name": "free", "parameters": {"n": "no"}, "enforce_parameter_schema": False}),
        run({"parameters": {"who": {"age": -1}}}), run({"parameters": {"who": {}}}), run({"parameters": {"n": None, "mode": None}}),
        run({"name": "v", "parameters": {"x": {"__prefect_kind": "workspace_variable", "variable_name": "{tag.text}-v"}}}), run({"parameters": {"x": {"__prefect_kind": "workspace_variable", "variable_name": "none"}}}),
        run({"name": "j", "parameters": {"x": {"__prefect_kind": "json", "value": "[1, 2]"}}}), run({"work_queue_name": "q"}), run({"zzz": 1}), run({"parent_task_run_id": NOWHERE}),
        post(f"/deployments/{NOWHERE}/create_flow_run", {}), post(ID + "/create_flow_run/bulk", [{"name": "x"}, {"parameters": {"n": "no"}}, {"work_queue_name": "q"}, {"parameters": {"x": {"__prefect_kind": "none"}}}]),
        post(ID + "/create_flow_run/bulk", []), post(f"/deployments/{NOWHERE}/create_flow_run/bulk", []), post(ID + "/create_flow_run/bulk", [{}] * 101), post(ID + "/create_flow_run/bulk", {}),
        post("/deployments/get_scheduled_flow_runs", {"deployment_ids": ["{deployment.id}"], "scheduled_before": "2026-06-01T00:00:00Z"}),
        post("/deployments/get_scheduled_flow_runs", {"deployment_ids": [], "limit": 0}), post("/deployments/get_scheduled_flow_runs", {}),
        post("/deployments/get_scheduled_flow_runs", {"deployment_ids": [NOWHERE], "limit": 201}),
        post("/flow_runs/filter", {"deployments": {"id": {"any_": ["{deployment.id}"]}}, "flow_runs": {"name": {"any_": ["named"]}}}),
        post("/flow_runs/count", {"deployments": {"name": {"any_": ["{tag.text}-d"]}}}), post("/task_runs/count", {"deployments": {"id": {"any_": ["{deployment.id}"]}}}),
        patch("/flow_runs/{run.id}", {"job_variables": {"a": 1}}), delete(ID), post("/flow_runs/count", MINE),
    ],
    "lists of deployments": [
        post("/deployments/", {**SEND, "tags": ["{tag.text}", "red"], "paused": True}, "deployment"), post("/deployments/", {"name": "{tag.text}-e", "flow_id": FLOW, "tags": ["{tag.text}"]}, "other"),
        *[post("/deployments/filter", {**MINE, **more}) for more in (
            {}, {"sort": "NAME_DESC", "limit": 1}, {"offset": 1}, {"limit": 201}, {"limit": -1}, {"limit": 0}, {"sort": "UP"}, {"deployments": {"zzz": 1}},
            {"deployments": {"name": {"like_": "-E"}}}, {"deployments": {"name": {"any_": ["{tag.text}-d"]}}}, {"deployments": {"id": {"not_any_": ["{other.id}"]}}},
            {"deployments": {"flow_or_deployment_name": {"like_": "{tag.text}-FLOW"}}}, {"deployments": {"flow_or_deployment_name": {"like_": "-e"}}},
            {"deployments": {"paused": {"eq_": True}}}, {"deployments": {"paused": {"eq_": False}}}, {"deployments": {"tags": {"all_": ["red", "{tag.text}"]}}},
            {"deployments": {"tags": {"any_": ["red"]}}}, {"deployments": {"tags": {"is_null_": True}}}, {"deployments": {"work_queue_name": {"any_": ["x"]}}},
            {"deployments": {"concurrency_limit": {"is_null_": True}}}, {"deployments": {"operator": "or_", "name": {"any_": ["{tag.text}-d"]}, "paused": {"eq_": False}}},
            {"deployments": {"operator": "or_", "name": {"any_": ["{tag.text}-d"], "like_": "-e"}, "paused": {"eq_": True}}}, {"deployments": {"operator": "or_", "name": {"any_": ["none"]}, "paused": {}}},
            {"deployments": {"operator": "or_", "name": {"any_": ["none"]}, "flow_or_deployment_name": {}}},
            {"flow_runs": {"name": {"any_": ["none"]}}}, {"task_runs": {"name": {"any_": ["none"]}}}, {"work_pools": {"name": {"any_": ["none"]}}}, {"work_pool_queues": {"name": {"any_": ["none"]}}})],
        post("/deployments/paginate", {**MINE, "limit": 1, "page": 2}), post("/deployments/paginate", {**MINE, "limit": 0}), post("/deployments/paginate", {"page": 0}), post("/deployments/count", MINE),
        post("/deployments/count", {**MINE, "deployments": {"paused": {"eq_": True}}}), post("/flows/filter", {"deployments": {"name": {"any_": ["{tag.text}-e"]}}}),
        post("/flows/filter", {"flows": {"operator": "and_", "deployment": {"is_null_": False}, "name": {"like_": "{tag.text}"}}}),
        post("/flows/filter", {"flows": {"deployment": {"is_null_": True}, "name": {"like_": "{tag.text}"}}}), post("/ui/flows/count-deployments", {"flow_ids": [FLOW, NOWHERE]}),
        post("/deployments/{other.id}/create_flow_run", {"name": "x"}), post("/deployments/filter", {"flow_runs": {"name": {"any_": ["x"]}}, **MINE}),
        get(ID + "/work_queue_check"), get(f"/deployments/{NOWHERE}/work_queue_check"),
        post("/deployments/bulk_delete", {"deployments": {"id": {"any_": ["{other.id}"]}}}), post("/deployments/bulk_delete", {"deployments": {"id": {"any_": [NOWHERE]}}}),
        post("/deployments/bulk_delete", {"limit": 51}), post("/deployments/count", MINE), delete("/flows/{flow.id}"), get(ID), post("/deployments/count", MINE),
    ],
}
